import Messaging
import Platform
import TextFormats

/// Reads secrets from their sources.
package struct SecretFetcher {
  package var inputs: ConfigurationInputs
  /// The configuration file; relative paths in it are relative to its directory.
  package var file: ConfigurationFile?
  /// Names of variables that contain secrets, which are hidden from commands.
  package var variables: [String] = []

  /// The secret's text, without one newline at its end.
  package func secret(_ entry: Settings.SecretEntry, of setting: String) throws(ConfigurationError) -> String {
    do throws(ConfigurationError) {
      return try text(entry, of: setting)
    } catch {
      var error = error
      error.place = entry.origin.place(in: file)
      if error.place == nil { error.origin = entry.origin }
      throw error
    }
  }

  private func text(_ entry: Settings.SecretEntry, of setting: String) throws(ConfigurationError) -> String {
    let bytes = try bytes(entry, of: setting)
    guard let text = String(utf8: Self.withoutFinalNewline(bytes)), SenderText.isSafe(text) else {
      throw ConfigurationError(.secretUnsafe(setting: setting))
    }
    guard !text.isEmpty else { throw unavailable(setting, "empty") }
    if let wrapping = SecretText.wrapping(of: text) {
      throw ConfigurationError(.secretWrapped(setting: setting, in: wrapping))
    }
    return text
  }

  private func bytes(_ entry: Settings.SecretEntry, of setting: String) throws(ConfigurationError) -> [UInt8] {
    switch entry.source {
    case .inline(let text): return Array(text.utf8)
    case .variable(let name):
      guard let text = inputs.variables[name] else {
        // The name may be the secret itself, and so must not be shown.
        guard name.looksLikeVariable else { throw unavailable("\(setting)_env", "no such variable is set") }
        throw unavailable("\(setting)_env", "variable \(name) is not set")
      }
      return Array(text.utf8)
    case .file(let path): return try file(path, of: setting, from: entry.origin)
    case .command(let command): return try output(of: command, setting: setting)
    }
  }

  private func file(_ path: String, of setting: String, from origin: Origin) throws(ConfigurationError) -> [UInt8] {
    let path = ConfigurationFolder(inputs, file?.folder).path(path, from: origin)
    let file: LoadedFile
    do {
      file = try inputs.files.readJudged(path, 65_536)
    } catch {
      throw ConfigurationError(.fileUnusable(setting: "\(setting)_file", path: path, reason: error.reason))
    }
    if let distrust = file.distrust { throw ConfigurationError(.untrustedFile(path: path, distrust, isSecret: true)) }
    return file.bytes
  }

  private func output(of command: String, setting: String) throws(ConfigurationError) -> [UInt8] {
    let output: Subprocess.Output
    do {
      output = try inputs.runShell(command, .seconds(30), variables)
    } catch {
      throw unavailable("\(setting)_command", error.reason)
    }
    guard output.status == .exited(0) else {
      let words = output.lastWords(of: command, hiding: knownSecrets)
      throw unavailable("\(setting)_command", "the command \(output.status.words)\(words.map { ": \($0)" } ?? "")")
    }
    return output.stdout
  }

  /// The secrets of all profiles and variables, except those that a command prints.
  private var knownSecrets: [String] {
    let names = Set(SettingCatalog.all.filter { $0.kind == .secret }.map(\.name))
    let written = ([file?.defaults ?? []] + (file?.profiles.map(\.settings) ?? [])).joined()
      .filter { names.contains($0.key.name) }.compactMap(\.value.string)
    return written + (variables + SecretVariables.names(in: inputs.variables)).compactMap { inputs.variables[$0] }
  }

  private func unavailable(_ setting: String, _ reason: String) -> ConfigurationError {
    ConfigurationError(.secretUnavailable(setting: setting, reason: reason))
  }

  private static func withoutFinalNewline(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    guard bytes.last == UInt8(ascii: "\n") else { return bytes[...] }
    let line = bytes.dropLast()
    return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
  }
}

extension String {
  /// Whether it is written like the name of a variable, in uppercase. Otherwise, it may be the secret itself.
  package var looksLikeVariable: Bool {
    utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
  }
}

/// Text that is around a secret by mistake: editors, spreadsheets, and shells add it.
package enum SecretText {
  /// Words for it that follow `there`; nil if the secret has a valid start and end.
  package static func wrapping(of text: String) -> String? {
    let ends = [text.unicodeScalars.first, text.unicodeScalars.last].compactMap(\.self)
    if ends.contains("\u{FEFF}") { return "is a byte order mark (U+FEFF)" }
    if ends.contains(where: \.properties.isWhitespace) { return "are spaces" }
    if let hidden = ends.first(where: {
      $0.properties.isDefaultIgnorableCodePoint || $0.properties.generalCategory == .control
    }) {
      return "are invisible characters (U+\(String(hidden.value, radix: 16, uppercase: true)))"
    }
    let quotes: [Unicode.Scalar: Unicode.Scalar] = [
      "\"": "\"", "'": "'", "`": "`", "“": "”", "„": "“", "‘": "’", "«": "»",
    ]
    return text.unicodeScalars.count > 1 && quotes[ends[0]] == ends[1] ? "are quotes" : nil
  }
}

/// Resolves paths in a configuration.
package struct ConfigurationFolder {
  private let home: String?
  private let folder: String?

  package init(_ inputs: ConfigurationInputs, _ folder: String?) {
    home = inputs.variables["HOME"]
    self.folder = folder
  }

  /// Resolves `~/` to the home directory, and other relative paths in a file to the file's directory.
  package func path(_ written: String, from origin: Origin) -> String {
    if written.hasPrefix("~/"), let home { return home + written.dropFirst() }
    guard !written.hasPrefix("/"), let folder else { return written }
    switch origin {
    case .profile, .defaults, .topLevel: return "\(folder)/\(written)"
    case .option, .variable, .onlyProfile, .builtIn: return written
    }
  }
}

extension Subprocess.Output {
  /// The most characters of a program's error output that an error quotes.
  private static var longest: Int { 200 }

  /// The last line that a command wrote to standard error; nil if there is none. Masks known secrets, the command's
  /// output, which may be one, and anything that looks like one.
  func lastWords(of command: String, hiding secrets: [String]) -> String? {
    let line = stderr.split(separator: UInt8(ascii: "\n")).compactMap { String(utf8: $0) }.last
    let printed = String(decoding: stdout, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
    let programs = command.split(whereSeparator: \.isWhitespace).compactMap { $0.split(separator: "/").last }
    let words = line?.masking(secrets + printed).hidingUserInformation.hidingCredentials(exceptAfter: Set(programs))
    return words.map { $0.count > Self.longest ? "\($0.prefix(Self.longest))…" : $0 }
  }
}

extension String {
  /// Masks the text after words that precede a secret: `PASSWORD=`, `key:`, `--token`, `Bearer`.
  ///
  /// Programs start their errors with their name and a colon, so `names` before a colon don't count.
  fileprivate func hidingCredentials(exceptAfter names: Set<Substring>) -> String {
    var rest = self[...]
    while let start = rest.firstIndex(where: \.isPartOfWord) {
      let word = rest[start...].prefix(while: \.isPartOfWord)
      rest = rest[word.endIndex...]
      let value = rest.drop { "\"']".contains($0) }.drop(while: \.isWhitespace)
      guard let sign = value.first, word.announcesSecret(before: sign, names) else { continue }
      let hidden = "=:".contains(sign) ? value.dropFirst() : value
      if hidden.allSatisfy(\.isWhitespace) { return self }
      return "\(self[..<hidden.startIndex])\(hidden.first?.isWhitespace == true ? " " : "")\(SecretMask.mask)"
    }
    return self
  }
}

extension Substring {
  fileprivate func announcesSecret(before sign: Character, _ names: Set<Substring>) -> Bool {
    let isTelling = SecretNameMatcher.isSecret(self) || lowercased().contains("authorization")
    switch sign {
    case "=": return isTelling || allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
    case ":": return isTelling && !names.contains(self)
    default: return isTelling && hasPrefix("-") || ["bearer", "basic"].contains(lowercased())
    }
  }
}

extension Character {
  fileprivate var isPartOfWord: Bool { isLetter || isNumber || self == "_" || self == "-" }
}
