import CommandLineKit
import Messaging
import Providers
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

  /// Accepts https; http for loopback hosts, or for any host with `allowsHTTP`. `place` is where the URL is written.
  /// It is looked up only for an error, because its line must be masked.
  package init(
    _ address: String, allowsHTTP: Bool, at place: @autoclosure () -> ConfigurationError.Place? = nil
  ) throws(ConfigurationError) {
    func error(_ problem: BaseURLProblem) -> ConfigurationError {
      ConfigurationError(.baseURL(setting: CommonSettings.baseURL.name, problem), at: place())
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

extension ConfigurationFile {
  /// An unknown name in the file.
  package struct UnknownName: Hashable, Sendable {
    package var name: String
    package var place: ConfigurationError.Place
    /// The known name that was probably meant.
    package var nearest: String?
  }

  /// All unknown names; in a profile without a known provider, those that no provider has.
  package var unknownNames: [UnknownName] {
    unknownNames(in: unknown, known: ["default_profile", StateDirectory.setting, "defaults", "profiles"])
      + unknownNames(in: defaults, known: SettingCatalog.writtenNames(of: SettingCatalog.all))
      + profiles.flatMap(unknownNames)
  }

  /// The unknown names that affect a run with this profile, or without one for nil.
  package func unknownNames(for profile: String?) -> [UnknownName] {
    var part = self
    part.profiles = profiles.filter { $0.name == profile }
    return part.unknownNames
  }

  /// The unknown names in one profile.
  private func unknownNames(in profile: Profile) -> [UnknownName] {
    let settings =
      profile.provider.flatMap { ProviderRegistry.provider(named: $0) }.map(SettingCatalog.settings)
      ?? SettingCatalog.all
    return unknownNames(in: profile.settings, known: SettingCatalog.writtenNames(of: settings))
  }

  private func unknownNames(in entries: [TOMLTable.Entry], known: [String]) -> [UnknownName] {
    entries.filter { !known.contains($0.key.name) }.map { entry in
      UnknownName(
        name: entry.key.name, place: place(at: entry.key.position), nearest: nearest(to: entry.key.name, among: known))
    }
  }
}

extension ConfigurationFile {
  /// The value in an initial configuration that the user must replace.
  package static let placeholder = "…"

  /// A setting that still has the placeholder as its value.
  package struct Unfilled: Hashable, Sendable {
    package var name: String
    /// Nil in `[defaults]`.
    package var profile: String?
    package var place: ConfigurationError.Place
  }

  /// The settings in which the placeholder of `config init` is still unchanged.
  package var unfilled: [Unfilled] {
    unfilled(in: defaults, of: nil) + profiles.flatMap { unfilled(in: $0.settings, of: $0.name) }
  }

  private func unfilled(in entries: [TOMLTable.Entry], of profile: String?) -> [Unfilled] {
    entries.filter { $0.value.string == Self.placeholder }.map { entry in
      Unfilled(name: entry.key.name, profile: profile, place: place(at: entry.value.position))
    }
  }
}

/// A variable whose name is probably a misspelling.
package struct UnknownVariable: Hashable, Sendable {
  package var name: String
  /// The variable that is probably meant.
  package var nearest: String
}

extension ConfigurationSource {
  /// Unknown variables that start with `SMS_` and are similar to a known one, sorted by name.
  ///
  /// Variables that the configuration takes secrets from belong to the user, and so do those whose names start with
  /// a known one, such as `SMS_KEY2`.
  package var unknownVariables: [UnknownVariable] {
    let own = "SMS_"
    let others = ["config", "profile", StateDirectory.setting, "pager", "send_key"]
    let known = (SettingCatalog.writtenNames(of: SettingCatalog.all) + others).map { $0.uppercased() }
    let given = inputs.variables.filter { $0.key.hasPrefix(own) && !$0.value.isEmpty }.map(\.key).sorted()
    let misspelled: [UnknownVariable] = given.compactMap { name in
      let rest = String(name.dropFirst(own.count))
      guard !known.contains(where: rest.hasPrefix) else { return nil }
      return nearest(to: rest, among: known).map { UnknownVariable(name: name, nearest: own + $0) }
    }
    guard !misspelled.isEmpty else { return [] }
    let secrets = secretVariables
    return misspelled.filter { !secrets.contains($0.name) }
  }

  /// The variables that the file or another variable names as the source of a secret.
  private var secretVariables: Set<String> {
    let file = (try? self.file()) ?? nil
    let written = ([file?.defaults ?? []] + (file?.profiles.map(\.settings) ?? [])).joined()
      .filter { $0.key.name.hasSuffix("_env") }.compactMap(\.value.string)
    let named = inputs.variables.filter { $0.key.hasPrefix("SMS_") && $0.key.hasSuffix("_ENV") }.map(\.value)
    return Set(written + named)
  }
}

extension ConfigurationError {
  /// Adds the misspelled name that probably caused the error.
  func withSlip(among unknownNames: [ConfigurationFile.UnknownName]) -> ConfigurationError {
    let missing = problem.missingNames
    var error = self
    error.slip = error.slip ?? unknownNames.first { unknown in unknown.nearest.map(missing.contains) ?? false }
    return error
  }
}

extension ConfigurationError.Problem {
  /// The names that were missing; any one of them would have been enough.
  fileprivate var missingNames: [String] {
    switch self {
    case .noProfileChosen(known: []), .unknownProfile(_, known: []): ["profiles"]
    case .noProfileChosen: ["default_profile"]
    case .providerMissing: [CommonSettings.provider.name]
    case .settingsMissing(let sets, _, _):
      SettingCatalog.writtenNames(of: SettingCatalog.all.filter { sets.joined().contains($0.name) })
    default: []
    }
  }
}
