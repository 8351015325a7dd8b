import CommandLineKit
import Messaging
import Providers
import TextFormats

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
