import CommandLineKit
import Messaging
import Platform
import Providers
import TextFormats

/// A parsed configuration file: its settings and their places, not yet interpreted.
package struct ConfigurationFile: Sendable {
  /// A table `[profiles.NAME]`.
  package struct Profile: Hashable, Sendable {
    package var name: String
    package var settings: [TOMLTable.Entry]
    package var position: TextPosition

    /// The profile's provider, if it is a string.
    package var provider: String? {
      settings.first { $0.key.name == CommonSettings.provider.name }?.value.string
    }
  }

  package var path: String
  /// The file's content, for error messages.
  package var bytes: [UInt8]
  package var defaultProfile: TOMLTable.Entry?
  /// The setting `state_dir`.
  package var stateDirectory: TOMLTable.Entry?
  package var defaults: [TOMLTable.Entry] = []
  package var profiles: [Profile] = []
  /// Unknown names at the top level.
  package var unknown: [TOMLTable.Entry] = []

  /// Relative paths in the file are relative to this directory.
  package var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A place in the file, with the text of its line.
  package func place(at position: TextPosition) -> ConfigurationError.Place {
    .file(
      path: path, position: position, line: ConfigurationLine(bytes, line: position.line).shown(at: position.column))
  }

  /// Whether it contains a secret itself, not only the source of one.
  package var holdsInlineSecret: Bool { names(anyOf: Set(Self.secrets)) }

  private static let secrets = SettingCatalog.all.filter { $0.kind == .secret }.map(\.name)

  private func names(anyOf names: Set<String>) -> Bool {
    ([defaults] + profiles.map(\.settings)).joined().contains { names.contains($0.key.name) }
  }
}

extension ConfigurationFile {
  /// In bytes; larger than any file written by hand.
  private static let limit = 1 << 20
  /// Parsing ends after this many errors.
  private static let mostSyntaxErrors = 20

  /// Reads a file, or standard input if the path is `-`. Throws if it contains secrets that other users can read,
  /// or if they may have changed settings that affect who gets a secret.
  package init(reading path: String, _ inputs: ConfigurationInputs) throws(ConfigurationError) {
    let file = try Self.readFile(path, inputs)
    self.init(path: path, bytes: file.bytes)
    var mistakes = ConfigurationMistakes()
    let (table, errors) = TOMLTable.recovered(from: bytes, mostErrors: Self.mostSyntaxErrors)
    for error in errors { mistakes.add(syntaxError(error)) }
    read(table, noting: &mistakes)
    _ = mistakes.attempt { () throws(ConfigurationError) in try check(file) }
    guard !mistakes.errors.isEmpty else { return }
    for error in valueMistakes(inputs) { mistakes.add(error) }
    do throws(ConfigurationError) {
      try mistakes.check()
    } catch {
      throw error.withUnknownNames(in: self, profile: nil)
    }
  }

  private static func readFile(_ path: String, _ inputs: ConfigurationInputs) throws(ConfigurationError) -> LoadedFile {
    guard path != "-" || !inputs.inputIsTerminal else { throw ConfigurationError(.inputIsTerminal) }
    do {
      guard path == "-" else { return try inputs.files.readJudged(path, limit) }
      var bytes: [UInt8] = []
      while bytes.count <= limit, let piece = try inputs.readInput() { bytes += piece }
      return LoadedFile(bytes: bytes)
    } catch {
      throw ConfigurationError(.unreadable(path: path, error))
    }
  }

  /// If the line must be masked, the error's reason must not quote it either.
  private func syntaxError(_ error: TOMLError) -> ConfigurationError {
    let line = ConfigurationLine(bytes, line: error.position.line)
    return ConfigurationError(
      .syntax(reason: line.isMasked ? error.generalReason : error.reason), at: place(at: error.position))
  }

  private mutating func read(_ table: TOMLTable, noting mistakes: inout ConfigurationMistakes) {
    for entry in table.entries {
      switch entry.key.name {
      case "default_profile": defaultProfile = mistakes.attempt { () throws(ConfigurationError) in try string(entry) }
      case StateDirectory.setting:
        stateDirectory = mistakes.attempt { () throws(ConfigurationError) in try folder(entry) }
      case "defaults":
        defaults = mistakes.attempt { () throws(ConfigurationError) in try entries(of: entry) } ?? []
      case "profiles":
        for entry in mistakes.attempt({ () throws(ConfigurationError) in try entries(of: entry) }) ?? [] {
          if let settings = mistakes.attempt({ () throws(ConfigurationError) in try entries(of: entry) }) {
            profiles.append(Profile(name: entry.key.name, settings: settings, position: entry.key.position))
          }
        }
      default: unknown.append(entry)
      }
    }
  }

  private func string(_ entry: TOMLTable.Entry) throws(ConfigurationError) -> TOMLTable.Entry {
    guard entry.value.string != nil else { throw wrongType(entry, "a string") }
    return entry
  }

  private func folder(_ entry: TOMLTable.Entry) throws(ConfigurationError) -> TOMLTable.Entry {
    guard let path = try string(entry).value.string, !path.isEmpty, !path.utf8.contains(0) else {
      throw ConfigurationError(
        .invalidValue(setting: entry.key.name, reason: "not a path", hint: "use the path of a folder"),
        at: place(at: entry.value.position))
    }
    return entry
  }

  private func entries(of entry: TOMLTable.Entry) throws(ConfigurationError) -> [TOMLTable.Entry] {
    guard let table = entry.value.table else { throw wrongType(entry, "a table") }
    return table.entries
  }

  private func wrongType(_ entry: TOMLTable.Entry, _ expected: String) -> ConfigurationError {
    ConfigurationError(
      .wrongType(setting: entry.key.name, expected: expected, found: entry.value.typeWithArticle),
      at: place(at: entry.value.position))
  }

  private func check(_ file: LoadedFile) throws(ConfigurationError) {
    // Someone who can change one of these could get a secret or run a command.
    let deciding = Self.secrets + Self.secrets.map { "\($0)_command" } + [CommonSettings.baseURL.name]
    if let distrust = file.distrust, names(anyOf: Set(deciding)) {
      throw ConfigurationError(.untrustedFile(path: path, distrust, isSecret: holdsInlineSecret))
    }
    if holdsInlineSecret, let status = file.status, status.kind == .file, status.isReadableByOthers {
      throw ConfigurationError(.readableByOthers(path: path))
    }
  }
}
