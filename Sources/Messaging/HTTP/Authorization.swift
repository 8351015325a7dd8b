/// What proves who sends the requests of a profile.
public enum Credentials: Hashable, Sendable {
  case none
  /// Fields that come first in every form.
  case form([FormField])
  case authorization(Authorization)
}

extension Credentials {
  /// To be masked wherever a request or reply is shown.
  public var secrets: [String] {
    switch self {
    case .none: []
    case .form(let fields): fields.filter(\.isSecret).map(\.value)
    case .authorization(let authorization): authorization.secrets
    }
  }
}

extension HTTPRequest {
  /// Puts the credentials in. A body that is no form can't hold any.
  mutating func authorize(by credentials: Credentials) {
    switch credentials {
    case .none: break
    case .form(let fields): if case .form(let own) = body { body = .form(fields + own) }
    case .authorization(let authorization): self.authorization = authorization
    }
  }
}

extension APICall {
  /// The call as it is made: with the profile's credentials in its request.
  public consuming func authorized(by credentials: Credentials) -> APICall {
    request.authorize(by: credentials)
    return self
  }
}

/// How a request proves who sends it.
public enum Authorization: Hashable, Sendable {
  /// The body holds the key, or nothing is needed.
  case none
  /// HTTP Basic (RFC 7617).
  case basic(user: String, password: String)
  /// A bearer token (RFC 6750) that is signed when the request leaves.
  case token(SignedToken)

  /// To be masked wherever the request is shown.
  var secrets: [String] {
    switch self {
    case .none: []
    case .basic(let user, let password): ["\(user):\(password)", user, password]
    case .token(let token): [token.privateKey]
    }
  }
}

/// A token that a program has to sign: the adapter says what and how, the caller runs the program.
///
/// It can be used again until it expires, so two are equal when they are for the same account and key.
public struct SignedToken: Hashable, Sendable {
  /// The account and key that it is for.
  public let id: String
  /// Goes to the program through a pipe, as file descriptor 3.
  public let privateKey: String
  /// Describes the signature of a token issued at a time, in Unix seconds.
  public let signature: @Sendable (_ now: Int64) -> SignatureRequest

  public init(id: String, privateKey: String, signature: @escaping @Sendable (_ now: Int64) -> SignatureRequest) {
    self.id = id
    self.privateKey = privateKey
    self.signature = signature
  }

  public static func == (one: Self, other: Self) -> Bool {
    one.id == other.id && one.privateKey == other.privateKey
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(privateKey)
  }
}

/// A signature that is needed, and the token that it makes.
public struct SignatureRequest: Sendable {
  /// The program and its arguments: it reads `input` from standard input, the key from file descriptor 3, and writes the
  /// signature to standard output.
  public var command: [String]
  public var input: [UInt8]
  /// Unix seconds.
  public var expiresAt: Int64
  public var token: @Sendable (_ signature: [UInt8]) -> String

  public init(
    command: [String], input: [UInt8], expiresAt: Int64, token: @escaping @Sendable (_ signature: [UInt8]) -> String
  ) {
    self.command = command
    self.input = input
    self.expiresAt = expiresAt
    self.token = token
  }
}
