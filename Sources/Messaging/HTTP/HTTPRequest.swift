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

/// A complete HTTP reply; if it was cut off, there is a `ProviderError` instead.
public struct HTTPResponse: Hashable, Sendable {
  public var status: Int
  /// The value of a `Retry-After` header (RFC 9110, 10.2.3) in seconds; a date is converted.
  public var retryAfter: Int?
  /// The server's time, from a `Date` header (RFC 9110, 6.6.1); nil if missing or unreadable.
  public var date: Timestamp?
  public var body: [UInt8]

  public init(status: Int, retryAfter: Int? = nil, date: Timestamp? = nil, body: [UInt8]) {
    self.status = status
    self.retryAfter = retryAfter
    self.date = date
    self.body = body
  }

  /// Whether the status says that the request was performed: 2xx.
  public var isSuccess: Bool { 200..<300 ~= status }

  /// The error for a status that the adapter doesn't handle, whatever the body says.
  ///
  /// 401 is about the credentials. 429, and 503 with Retry-After, ask to retry later. No others can be trusted: a
  /// gateway in between may have sent them after the provider did its work.
  public var error: ProviderError {
    switch status {
    case 401: error(.credentials, "the provider refused the credentials")
    case 429: error(.busy(retryAfter: retryAfter), "too many requests")
    case 503 where retryAfter != nil: error(.busy(retryAfter: retryAfter), "temporarily unavailable")
    case 300..<400: error(.untrusted, "redirected; redirects are never followed")
    default: error(.untrusted, "unexpected HTTP status \(status)")
    }
  }

  private func error(_ kind: ProviderError.Kind, _ message: String) -> ProviderError {
    ProviderError(kind, message: message, httpStatus: status)
  }
}

// The errors for a missing or incomplete reply.
extension ProviderError {
  /// No byte of the request was sent: name not resolved, no connection, or no TLS. Safe to retry.
  public static func notSent(reason: String) -> ProviderError { ProviderError(.unreachable, message: reason) }

  /// The request was sent, or a part of it; what the server did with it is unknown.
  public static func noReply(reason: String, timedOut: Bool) -> ProviderError {
    ProviderError(timedOut ? .timedOut : .untrusted, message: reason)
  }
}

/// A call to a provider as plain values: the request, and how to read its reply.
public struct APICall<Value: Sendable>: Sendable {
  public var request: HTTPRequest
  /// The statuses that `decode` handles. `HTTPResponse.error` handles all others; with most of them, it is unknown
  /// whether the request was performed. An API that rejects requests with 400 and JSON of its own declares that here.
  public var judgesStatus: @Sendable (Int) -> Bool
  /// Reads a reply with a status that it handles.
  public var decode: @Sendable (HTTPResponse) throws(ProviderError) -> Value

  public init(
    request: HTTPRequest, judgesStatus: @escaping @Sendable (Int) -> Bool = { 200..<300 ~= $0 },
    decode: @escaping @Sendable (HTTPResponse) throws(ProviderError) -> Value
  ) {
    self.request = request
    self.judgesStatus = judgesStatus
    self.decode = decode
  }

  /// Returns the value of a finished exchange. Secrets that the reply repeats are masked before it is read.
  ///
  /// Without `mask`, one is made for the request's secrets, which takes longer than using it.
  public func value(
    of result: Result<HTTPResponse, ProviderError>, masking mask: SecretMask? = nil
  ) throws(ProviderError) -> Value {
    let mask = mask ?? SecretMask(request.secrets)
    switch result {
    case .failure(let error): throw error.masked(by: mask)
    case .success(let response):
      guard judgesStatus(response.status) else { throw response.error }
      do {
        return try decode(response.masked(by: mask, replyTo: request))
      } catch {
        throw error.masked(by: mask)
      }
    }
  }
}

extension APICall {
  /// The same call, whose value includes the server's time, if the reply gives it.
  public var dated: APICall<(value: Value, date: Timestamp?)> {
    APICall<(value: Value, date: Timestamp?)>(request: request, judgesStatus: judgesStatus) {
      [decode] response throws(ProviderError) in (try decode(response), response.date)
    }
  }
}
