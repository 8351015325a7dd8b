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
    .file(path: path, position: position, line: ConfigurationLine(bytes.line(at: position)).shown)
  }

  /// Whether it contains a secret itself, not only where to get one.
  package var holdsInlineSecret: Bool {
    let secrets = Set(SettingCatalog.all.filter { $0.kind == .secret }.map(\.name))
    return ([defaults] + profiles.map(\.settings)).joined().contains { secrets.contains($0.key.name) }
  }
}

extension ConfigurationFile {
  /// In bytes; more than anyone writes by hand.
  private static let limit = 1 << 20

  /// Reads a file, or standard input for `-`; refuses a file with secrets that others can read.
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

  private func checkPermissions(_ inputs: ConfigurationInputs) throws(ConfigurationError) {
    guard path != "-", holdsInlineSecret, let status = inputs.files.status(path),
      status.kind == .file, status.isReadableByOthers
    else { return }
    throw ConfigurationError(.readableByOthers(path: path))
  }
}

/// A line of a configuration file.
package struct ConfigurationLine {
  private let bytes: ArraySlice<UInt8>

  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
  }

  /// As an error message shows it: the value of a secret is masked, and what is not text is left out.
  package var shown: String {
    guard let line = try? String(utf8: bytes) else { return "" }
    let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, Self.namesSecret(parts[0]) else { return line }
    return "\(parts[0])= ********"
  }

  /// Whether the last word before the `=` is the name of a secret, quoted or not.
  private static func namesSecret(_ key: Substring) -> Bool {
    let words = key.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    guard let name = words.last else { return false }
    return SettingCatalog.all.contains { $0.kind == .secret && $0.name == name }
  }
}
