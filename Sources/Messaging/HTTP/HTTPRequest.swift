/// One HTTP request as plain values. All five APIs take POST with `application/x-www-form-urlencoded`.
public struct HTTPRequest: Hashable, Sendable {
  public var url: String
  public var form: [FormField]
  public var authorization: Authorization

  public init(url: String, form: [FormField], authorization: Authorization = .none) {
    self.url = url
    self.form = form
    self.authorization = authorization
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

  /// A field, or nothing where there is no value: optional fields are left out, never sent empty.
  public static func optional(_ name: String, _ value: String?) -> [FormField] {
    value.map { [FormField(name, $0)] } ?? []
  }
}

/// How a request proves who sends it.
public enum Authorization: Hashable, Sendable {
  /// The form holds the key, or nothing is needed.
  case none
  /// HTTP Basic (RFC 7617).
  case basic(user: String, password: String)
  /// A JSON Web Token signed with a service account's key when the request leaves.
  case serviceAccount(ServiceAccount)
}

/// A Voximplant service account, from its JSON key file.
public struct ServiceAccount: Hashable, Sendable {
  public var accountID: String
  public var keyID: String
  /// The RSA private key in PEM.
  public var privateKey: String

  public init(accountID: String, keyID: String, privateKey: String) {
    self.accountID = accountID
    self.keyID = keyID
    self.privateKey = privateKey
  }
}
