import CommandLineKit
import Messaging
import Platform
import Providers
import TextFormats

extension ConfigurationFile {
  /// More than anybody writes by hand.
  private static let limit = 1 << 20

  /// Reads a file, or standard input for `-`; refuses one that holds secrets and that others can read.
  package init(reading path: String, _ inputs: ConfigurationInputs) throws(ConfigurationError) {
    let bytes = try Self.bytes(of: path, inputs)
    self.init(path: path, bytes: bytes)
    try read(try table(bytes))
    try checkPermissions(inputs)
  }

  private static func bytes(of path: String, _ inputs: ConfigurationInputs) throws(ConfigurationError) -> [UInt8] {
    guard path != "-" || !inputs.inputIsTerminal else { throw ConfigurationError(.inputIsTerminal) }
    do {
      guard path == "-" else { return try inputs.files.read(path, limit) }
      var bytes: [UInt8] = []
      while bytes.count <= limit, let piece = try inputs.readInput() { bytes += piece }
      return bytes
    } catch {
      throw ConfigurationError(.unreadable(path: path, error))
    }
  }

  private func table(_ bytes: [UInt8]) throws(ConfigurationError) -> TOMLTable {
    do {
      return try TOMLTable(parsing: bytes)
    } catch {
      throw ConfigurationError(.syntax(reason: error.reason), at: place(at: error.position))
    }
  }

  private mutating func read(_ table: TOMLTable) throws(ConfigurationError) {
    for entry in table.entries {
      switch entry.key.name {
      case "default_profile":
        guard entry.value.string != nil else { throw wrongType(entry, "a string") }
        defaultProfile = entry
      case "defaults":
        defaults = try self.entries(of: entry)
      case "profiles":
        for profile in try entries(of: entry) {
          let settings = try entries(of: profile)
          profiles.append(Profile(name: profile.key.name, settings: settings, position: profile.key.position))
        }
      default: unknown.append(entry)
      }
    }
  }

  private func entries(of entry: TOMLTable.Entry) throws(ConfigurationError) -> [TOMLTable.Entry] {
    guard let table = entry.value.table else { throw wrongType(entry, "a table") }
    return table.entries
  }

  private func wrongType(_ entry: TOMLTable.Entry, _ expected: String) -> ConfigurationError {
    ConfigurationError(
      .wrongType(setting: entry.key.name, expected: expected, found: entry.value.typeName),
      at: place(at: entry.value.position))
  }

  private func checkPermissions(_ inputs: ConfigurationInputs) throws(ConfigurationError) {
    guard path != "-", holdsInlineSecret, let status = inputs.files.status(path),
      status.kind == .file, status.isReadableByOthers
    else { return }
    throw ConfigurationError(.readableByOthers(path: path))
  }
}

extension ConfigurationFile {
  /// A name in the file that means nothing.
  package struct UnknownName: Hashable, Sendable {
    package var name: String
    package var place: ConfigurationError.Place
    /// A name that was perhaps meant.
    package var nearest: String?
  }

  /// All names that mean nothing; in a profile without a known provider, those that no provider knows.
  package var unknownNames: [UnknownName] {
    unknownNames(in: unknown, known: ["default_profile", "defaults", "profiles"])
      + unknownNames(in: defaults, known: SettingCatalog.writtenNames(of: SettingCatalog.all))
      + profiles.flatMap(unknownNames)
  }

  /// Those that matter to a run with one profile, or with none.
  package func unknownNames(for profile: String?) -> [UnknownName] {
    var part = self
    part.profiles = profiles.filter { $0.name == profile }
    return part.unknownNames
  }

  /// The names in one profile that mean nothing.
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
  /// What stands in a first configuration where nobody but the user knows the value.
  package static let placeholder = "…"

  /// A setting that has no value of its own yet.
  package struct Unfilled: Hashable, Sendable {
    package var name: String
    /// Nil in `[defaults]`.
    package var profile: String?
    package var place: ConfigurationError.Place
  }

  /// The settings that still are as `config init` wrote them, for the user to fill in.
  package var unfilled: [Unfilled] {
    unfilled(in: defaults, of: nil) + profiles.flatMap { unfilled(in: $0.settings, of: $0.name) }
  }

  private func unfilled(in entries: [TOMLTable.Entry], of profile: String?) -> [Unfilled] {
    entries.filter { $0.value.string == Self.placeholder }.map { entry in
      Unfilled(name: entry.key.name, profile: profile, place: place(at: entry.value.position))
    }
  }
}
