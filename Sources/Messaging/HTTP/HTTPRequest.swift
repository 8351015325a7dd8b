import TextFormats

/// An HTTP request as plain values.
public struct HTTPRequest: Hashable, Sendable {
  public var method: HTTPMethod
  public var url: String
  public var body: HTTPBody
  public var authorization: Authorization

  public init(
    _ method: HTTPMethod = .post, url: String, body: HTTPBody = .none, authorization: Authorization = .none
  ) {
    self.method = method
    self.url = url
    self.body = body
    self.authorization = authorization
  }

  /// A POST of a form.
  public init(url: String, form: [FormField], authorization: Authorization = .none) {
    self.init(url: url, body: .form(form), authorization: authorization)
  }

  /// The fields of a form; empty for other bodies.
  public var form: [FormField] {
    if case .form(let fields) = body { fields } else { [] }
  }

  /// Every secret in it, to be masked when the request or its reply is shown.
  public var secrets: [String] {
    form.filter(\.isSecret).map(\.value) + authorization.secrets
  }
}

/// The methods of requests (RFC 9110, 9.3).
public enum HTTPMethod: String, Hashable, Sendable {
  case get = "GET"
  case post = "POST"
  case put = "PUT"
  case delete = "DELETE"
}

/// The body of a request.
public enum HTTPBody: Hashable, Sendable {
  case none
  /// `application/x-www-form-urlencoded`.
  case form([FormField])
  /// `application/json`. Secrets belong in the authorization: nothing in here is masked.
  case json(JSONValue)

  public var contentType: String? {
    switch self {
    case .none: nil
    case .form: "application/x-www-form-urlencoded"
    case .json: "application/json"
    }
  }

  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    switch self {
    case .none: break
    case .form(let fields):
      bytes.reserveCapacity(512)
      for field in fields {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
        bytes.appendFormEncoded(field.name)
        bytes.append(UInt8(ascii: "="))
        bytes.appendFormEncoded(field.value)
      }
    case .json(let value): value.write(to: &bytes)
    }
    return bytes
  }
}

/// A name and value of a form; a secret value is masked wherever the request is shown.
public struct FormField: Hashable, Sendable {
  public var name: String
  public var value: String
  public var isSecret: Bool

  public init(_ name: String, _ value: String, isSecret: Bool = false) {
    self.name = name
    self.value = value
    self.isSecret = isSecret
  }

  /// A field, or none if there is no value: optional fields are omitted, never sent empty.
  public static func optional(_ name: String, _ value: String?) -> [FormField] {
    value.map { [FormField(name, $0)] } ?? []
  }
}

extension [FormField] {
  /// Appends a field, unless there is no value.
  package mutating func append(_ name: String, _ value: String?) {
    if let value { append(FormField(name, value)) }
  }
}

/// A header line of a request or reply (RFC 9110, 5).
public struct HeaderField: Hashable, Sendable {
  /// A token (RFC 9110, 5.6.2); a request with an invalid name is not sent.
  public var name: String
  /// A single line; a request with CR, LF or NUL in it is not sent.
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
