import TextFormats

/// The account that messages belong to: a provider, the address of its API, and the credentials.
///
/// A provider's ids are only meaningful together with the account.
public struct Account: Hashable, Sendable {
  /// The provider's name, such as `smsit`.
  public let provider: String
  /// In canonical form, see `canonical`.
  public let baseURL: String
  private let credentials: Credentials

  public init(provider: String, baseURL: String, credentials: Credentials) {
    self.provider = provider
    self.baseURL = Self.canonical(baseURL)
    self.credentials = credentials
  }

  /// Identifies the credentials: 32 bytes of HMAC-SHA256, which only the key can produce, and which can't be reversed.
  public func fingerprint(keyedBy key: [UInt8]) -> [UInt8] {
    HMAC.sha256(of: credentials.identity.flatMap(Self.withLength), key: key)
  }

  /// No two lists of such fields have the same bytes.
  private static func withLength(_ field: String) -> [UInt8] {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: field.utf8.count).littleEndian) { Array($0) } + field.utf8
  }

  /// The canonical form of a URL: scheme and host in lowercase, without a default port or a trailing slash.
  static func canonical(_ address: String) -> String {
    guard let schemeEnd = address.firstRange(of: "://") else { return address }
    let scheme = address[..<schemeEnd.lowerBound].lowercased()
    let rest = address[schemeEnd.upperBound...]
    let authority = rest.prefix { $0 != "/" }
    var path = rest[authority.endIndex...]
    while path.last == "/" { path.removeLast() }
    return "\(scheme)://\(host(authority.lowercased(), defaultPort: scheme == "http" ? 80 : 443))\(path)"
  }

  /// `HOST:PORT`, without the port if it is the default.
  private static func host(_ authority: String, defaultPort: Int) -> String {
    guard let colon = authority.lastIndex(of: ":"), let port = Int(authority[authority.index(after: colon)...]) else {
      return authority
    }
    return port == defaultPort ? String(authority[..<colon]) : "\(authority[...colon])\(port)"
  }
}

extension Credentials {
  /// Their distinguishing fields. For a token, these are the account and the key's ID, not the key.
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
