import Messaging
import TextFormats

/// Checks that involve several settings of a profile.
struct SettingsCheck {
  var settings: Settings
  var layers: SettingLayers
  /// Whether the provider, and so its requirements, are known.
  var isOfKnownProvider: Bool

  func run(noting mistakes: inout ConfigurationMistakes) {
    _ = mistakes.attempt { () throws(ConfigurationError) in try checkAddress() }
    guard isOfKnownProvider else { return }
    _ = mistakes.attempt { () throws(ConfigurationError) in try checkProvider() }
    _ = mistakes.attempt { () throws(ConfigurationError) in try checkCredentials() }
  }

  /// A provider named by a variable must not get the credentials of another provider's profile.
  private func checkProvider() throws(ConfigurationError) {
    guard let named = layers.profile?.provider, let profile = settings.profile,
      case .variable(let variable) = settings.entries[CommonSettings.provider.name]?.origin,
      named != settings.descriptor.name
    else { return }
    throw ConfigurationError(
      .providerContradicted(profile: profile.name, named: settings.descriptor.name, provider: named),
      at: .variable(variable))
  }

  private func checkAddress() throws(ConfigurationError) {
    guard let address = settings.string(CommonSettings.baseURL.name) else { return }
    let allowsHTTP = settings.boolean(CommonSettings.allowHTTP.name) ?? false
    _ = try BaseURL(address, allowsHTTP: allowsHTTP, at: settings.place(of: CommonSettings.baseURL.name))
  }

  /// Exactly one of the provider's sets of credentials must be complete.
  private func checkCredentials() throws(ConfigurationError) {
    let sets = settings.descriptor.credentials
    let complete = sets.filter { $0.allSatisfy(layers.isWritten) }
    guard let last = complete.last else {
      throw ConfigurationError(
        .settingsMissing(sets: sets, provider: settings.descriptor.title, profile: settings.profile?.name),
        at: layers.profile.flatMap { layers.file?.place(at: $0.position) })
    }
    guard complete.count == 1 else {
      throw ConfigurationError(
        .credentialsTogether(sets: complete, provider: settings.descriptor.title),
        at: last.first.flatMap(settings.place))
    }
  }
}

/// Why a URL can't be a provider's base URL.
package enum BaseURLProblem: Hashable, Sendable {
  /// Not `https://HOST…` or `http://HOST…` in plain ASCII.
  case malformed
  case userInformation
  /// A query or fragment would end up in the middle of each call's URL.
  case queryOrFragment
  /// http to a host other than this machine, without `allow_http`.
  case insecure(host: String)

  var reason: String {
    switch self {
    case .malformed: "not a URL"
    case .userInformation: "must not contain a user name or password"
    case .queryOrFragment: "must not contain ? or #"
    case .insecure(let host): "http would send the key to \(host) unencrypted"
    }
  }

  var hint: String {
    switch self {
    case .malformed, .queryOrFragment: "write it like https://example.com/api"
    case .userInformation: "remove them; credentials have settings of their own"
    case .insecure: "use https, or set allow_http = true"
    }
  }
}

/// The URL that the paths of calls are appended to.
package struct BaseURL: Hashable, Sendable {
  /// Without a trailing slash.
  package let text: String
  /// Whether the host is a loopback address.
  package let isOnThisMachine: Bool

  /// Takes https, or http for loopback hosts, or http for any with `allowsHTTP`; `place` is where it was written.
  package init(
    _ address: String, allowsHTTP: Bool, at place: ConfigurationError.Place? = nil
  ) throws(ConfigurationError) {
    func error(_ problem: BaseURLProblem) -> ConfigurationError {
      ConfigurationError(.baseURL(setting: CommonSettings.baseURL.name, problem), at: place)
    }
    guard let schemeEnd = address.firstRange(of: "://") else { throw error(.malformed) }
    let scheme = address[..<schemeEnd.lowerBound].lowercased()
    let rest = address[schemeEnd.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else { throw error(.userInformation) }
    guard !rest.contains("?"), !rest.contains("#") else { throw error(.queryOrFragment) }
    guard ["http", "https"].contains(scheme), let host = Self.host(of: authority), Self.isPlain(rest) else {
      throw error(.malformed)
    }
    isOnThisMachine = Self.isLoopback(host)
    guard scheme == "https" || allowsHTTP || isOnThisMachine else { throw error(.insecure(host: host)) }
    text = String(address[..<(address.lastIndex { $0 != "/" }.map(address.index(after:)) ?? address.endIndex)])
  }

  /// The host of `HOST`, `HOST:PORT`, or `[IPv6]:PORT`, in lowercase; nil for anything else.
  private static func host(of authority: Substring) -> String? {
    let hostEnd: Substring.Index
    if authority.first == "[" {
      guard let bracket = authority.firstIndex(of: "]") else { return nil }
      hostEnd = authority.index(after: bracket)
    } else {
      hostEnd = authority.firstIndex(of: ":") ?? authority.endIndex
    }
    let host = authority[..<hostEnd]
    let allowed =
      host.first == "["
      ? "0123456789abcdefABCDEF:.[]" : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
    guard !host.isEmpty, host.utf8.allSatisfy(allowed.utf8.contains), isPort(authority[hostEnd...]) else { return nil }
    return host.lowercased()
  }

  /// Whether it is empty, or a colon and a port.
  private static func isPort(_ text: Substring) -> Bool {
    guard let colon = text.first else { return true }
    let digits = text.dropFirst()
    guard colon == ":", (1...5).contains(digits.count), digits.utf8.allSatisfy("0123456789".utf8.contains)
    else { return false }
    return Int(digits).map { (1...65_535).contains($0) } ?? false
  }

  /// Whether it is printable ASCII, without characters that URL parsers disagree about.
  private static func isPlain(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }
  }

  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return parts.count == 4 && parts[0] == 127 && !parts.contains(nil)
  }
}
