import CommandLineKit
import Messaging
import Platform
import Providers
import TextFormats

/// A configuration file as it was read: its settings and where they are, but not yet what they mean.
package struct ConfigurationFile: Sendable {
  /// One `[profiles.NAME]`.
  package struct Profile: Hashable, Sendable {
    package var name: String
    package var settings: [TOMLTable.Entry]
    package var position: TextPosition

    /// The provider that it names, if it is a string.
    package var provider: String? {
      settings.first { $0.key.name == CommonSettings.provider.name }?.value.string
    }
  }

  package var path: String
  /// The file as it is, for error messages.
  package var bytes: [UInt8]
  package var defaultProfile: TOMLTable.Entry?
  /// Names a folder.
  package var stateDirectory: TOMLTable.Entry?
  package var defaults: [TOMLTable.Entry] = []
  package var profiles: [Profile] = []
  /// Unknown names at the top level.
  package var unknown: [TOMLTable.Entry] = []

  /// Relative paths in the file start from this folder.
  package var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A place in the file, with the line itself.
  package func place(at position: TextPosition) -> ConfigurationError.Place {
    .file(path: path, position: position, line: ConfigurationLine(bytes, line: position.line).shown)
  }

  /// Whether it contains a secret itself, not only where to get one.
  package var holdsInlineSecret: Bool { names(anyOf: Set(Self.secrets)) }

  /// Whether whoever writes it gets a secret, or can have a command run.
  private var decidesOnSecrets: Bool {
    names(anyOf: Set(Self.secrets + Self.secrets.map { "\($0)_command" } + [CommonSettings.baseURL.name]))
  }

  private static let secrets = SettingCatalog.all.filter { $0.kind == .secret }.map(\.name)

  private func names(anyOf names: Set<String>) -> Bool {
    ([defaults] + profiles.map(\.settings)).joined().contains { names.contains($0.key.name) }
  }
}

extension ConfigurationFile {
  /// In bytes; more than anyone writes by hand.
  private static let limit = 1 << 20

  /// Reads a file, or standard input for `-`; refuses one with secrets that others can read, or that they may have
  /// written where it decides who gets a secret.
  package init(reading path: String, _ inputs: ConfigurationInputs) throws(ConfigurationError) {
    let file = try Self.readFile(path, inputs)
    self.init(path: path, bytes: file.bytes)
    try read(try table(bytes))
    try check(file)
  }

  private static func readFile(_ path: String, _ inputs: ConfigurationInputs) throws(ConfigurationError) -> ReadFile {
    guard path != "-" || !inputs.inputIsTerminal else { throw ConfigurationError(.inputIsTerminal) }
    do {
      guard path == "-" else { return try inputs.files.readJudged(path, limit) }
      var bytes: [UInt8] = []
      while bytes.count <= limit, let piece = try inputs.readInput() { bytes += piece }
      return ReadFile(bytes: bytes)
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
      case StateDirectory.setting:
        try checkFolder(entry)
        stateDirectory = entry
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

  private func checkFolder(_ entry: TOMLTable.Entry) throws(ConfigurationError) {
    guard let path = entry.value.string else { throw wrongType(entry, "a string") }
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw ConfigurationError(
        .invalidValue(setting: entry.key.name, reason: "not a path"), at: place(at: entry.value.position))
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

  private func check(_ file: ReadFile) throws(ConfigurationError) {
    if decidesOnSecrets, let distrust = file.distrust {
      throw ConfigurationError(.untrustedFile(path: path, distrust, isSecret: holdsInlineSecret))
    }
    if holdsInlineSecret, let status = file.status, status.kind == .file, status.isReadableByOthers {
      throw ConfigurationError(.readableByOthers(path: path))
    }
  }
}
