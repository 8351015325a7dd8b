/// What authenticates the requests of a profile.
public enum Credentials: Hashable, Sendable {
  case none
  /// Fields at the beginning of every form.
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
  /// Adds the credentials. Form fields are only added to a form.
  mutating func authorize(by credentials: Credentials) {
    switch credentials {
    case .none: break
    case .form(let fields): if case .form(let own) = body { body = .form(fields + own) }
    case .authorization(let authorization): self.authorization = authorization
    }
  }
}

extension APICall {
  /// The call with the profile's credentials in its request.
  public consuming func authorized(by credentials: Credentials) -> APICall {
    request.authorize(by: credentials)
    return self
  }
}

/// How a request is authenticated.
public enum Authorization: Hashable, Sendable {
  /// The body contains the key, or none is needed.
  case none
  /// HTTP Basic (RFC 7617).
  case basic(user: String, password: String)
  /// A bearer token (RFC 6750) that is signed when the request is sent.
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

/// A token that a program must sign: the adapter specifies what and how, and the caller runs the program.
///
/// It can be reused until it expires, so two tokens are equal if they are for the same account and key.
public struct SignedToken: Hashable, Sendable {
  /// Identifies its account and key.
  public let id: String
  /// Passed to the program through a pipe, as file descriptor 3.
  public let privateKey: String
  /// Describes the signature of a token issued at `now`, in Unix seconds.
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

/// A signature to make, and the token to make from it.
public struct SignatureRequest: Sendable {
  /// The program and its arguments. It reads `input` from standard input and the key from file descriptor 3, and
  /// writes the signature to standard output.
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

/// Base64 (RFC 4648).
public enum Base64 {
  /// With `+`, `/` and padding (section 4).
  public static func encoded(_ bytes: some Sequence<UInt8>) -> String {
    text(of: bytes, alphabet: letters + [UInt8]("+/".utf8), padding: true)
  }

  /// With `-` and `_`, without padding (section 5).
  public static func urlEncoded(_ bytes: some Sequence<UInt8>) -> String {
    text(of: bytes, alphabet: letters + [UInt8]("-_".utf8), padding: false)
  }

  private static let letters = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

  private static func text(of bytes: some Sequence<UInt8>, alphabet: [UInt8], padding: Bool) -> String {
    var text: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in bytes {
      (bits, count) = (bits << 8 | Int(byte), count + 8)
      while count >= 6 {
        count -= 6
        text.append(alphabet[bits >> count & 63])
      }
      bits &= (1 << count) - 1
    }
    if count > 0 { text.append(alphabet[bits << (6 - count) & 63]) }
    if padding { while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) } }
    return String(decoding: text, as: UTF8.self)
  }
}

/// Comparison of secrets.
public enum ConstantTime {
  /// Whether both have the same bytes, in a time that reveals only whether the lengths differ.
  public static func areEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
