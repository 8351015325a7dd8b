import TextFormats

/// Whose messages are meant: a provider, where its API is, and what requests prove themselves with.
///
/// The ids that a provider hands out say something only together with the account.
public struct Account: Hashable, Sendable {
  /// The provider's name, such as `smsit`.
  public let provider: String
  /// Written in one way, see `canonical`.
  public let baseURL: String
  private let credentials: Credentials

  public init(provider: String, baseURL: String, credentials: Credentials) {
    self.provider = provider
    self.baseURL = Self.canonical(baseURL)
    self.credentials = credentials
  }

  /// What tells this credential from others: 32 bytes of HMAC-SHA256, which only who knows the key can make, and which
  /// nobody can turn back.
  public func fingerprint(keyedBy key: [UInt8]) -> [UInt8] {
    HMAC.sha256(of: credentials.identity.flatMap(Self.withLength), key: key)
  }

  /// No two lists of such fields are the same bytes.
  private static func withLength(_ field: String) -> [UInt8] {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: field.utf8.count).littleEndian) { Array($0) } + field.utf8
  }

  /// An address in the one way to write it: scheme and host in lower case, without a default port or a slash at the end.
  static func canonical(_ address: String) -> String {
    guard let schemeEnd = address.firstRange(of: "://") else { return address }
    let scheme = address[..<schemeEnd.lowerBound].lowercased()
    let rest = address[schemeEnd.upperBound...]
    let authority = rest.prefix { $0 != "/" }
    var path = rest[authority.endIndex...]
    while path.last == "/" { path.removeLast() }
    return "\(scheme)://\(host(authority.lowercased(), defaultPort: scheme == "http" ? 80 : 443))\(path)"
  }

  /// `HOST:PORT` without the port where it is the default one.
  private static func host(_ authority: String, defaultPort: Int) -> String {
    guard let colon = authority.lastIndex(of: ":"), let port = Int(authority[authority.index(after: colon)...]) else {
      return authority
    }
    return port == defaultPort ? String(authority[..<colon]) : "\(authority[...colon])\(port)"
  }
}

extension Credentials {
  /// What distinguishes them, field after field. Of a token it is the account and the key's ID, not the key.
  fileprivate var identity: [String] {
    switch self {
    case .none: []
    case .form(let fields): ["form"] + fields.flatMap { [$0.name, $0.value] }
    case .authorization(.none): []
    case .authorization(.basic(let user, let password)): ["basic", user, password]
    case .authorization(.token(let token)): ["token", token.id]
    }
  }
}
