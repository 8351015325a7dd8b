import Messaging
import Providers
import TextFormats

/// A line of a configuration file, made safe to be shown in an error message, even if the file is malformed.
///
/// Masks everything after the name of a secret, or after what may be meant as one, including continuation lines;
/// the content of a string that doesn't end on the line; a line that doesn't look like a setting; and a password in
/// a URL.
package struct ConfigurationLine {
  private static let mask = "********"

  private let bytes: [UInt8]
  private let line: Int

  /// `line` starts at 1.
  package init(_ bytes: [UInt8], line: Int) {
    self.bytes = bytes
    self.line = line
  }

  /// Empty if it isn't valid UTF-8.
  package var shown: String {
    guard let text = text else { return "" }
    var statement = TOMLStatementScan()
    var isTorn = false
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).prefix(line - 1) {
      let isStatement = line.looksLikeTOMLStatement
      // Resets brackets that were never closed, unless they may contain a secret.
      if isStatement, !statement.mayGoOn { statement = TOMLStatementScan() }
      statement.take(line)
      isTorn = isTorn && !isStatement || statement.mayGoOn
    }
    guard !statement.isInString, !(statement.isOpen && SecretNameMatcher.isSecretNamed(in: statement.text[...])),
      text.utf8.looksLikeTOMLStatement || !isTorn && SecretNameMatcher.begins(text)
    else { return Self.mask }
    return masked(text, after: statement).hidingUserInformation
  }

  /// Whether all or part of it is hidden.
  var isMasked: Bool { text != shown }

  /// The line without leading blanks, and the offset of a column, which starts at 1. Positions in masked text are lost.
  func shown(at column: Int) -> ShownLine {
    let (shown, text) = (shown.unicodeScalars, (text ?? "").unicodeScalars)
    let same = zip(shown, text).prefix { $0 == $1 }.count
    let blanks = shown.prefix { $0 == " " || $0 == "\t" }.count
    let offset = same == text.count ? column - 1 : min(column - 1, same)
    return ShownLine(text: String(shown.dropFirst(blanks)), offset: max(0, offset - blanks))
  }

  private var text: String? { String(utf8: bytes.line(at: TextPosition(line: line, column: 1))) }

  private func masked(_ text: String, after statement: TOMLStatementScan) -> String {
    var text = text
    if let end = SecretNameMatcher.endOfSecretName(in: text[...]) {
      text = text[..<end] + text[end...].maskedValue
    }
    var scan = statement
    scan.take(text.utf8)
    guard let opening = scan.openString else { return text }
    return String(decoding: Array(text.utf8).prefix(opening), as: UTF8.self) + Self.mask
  }
}

/// A line as an error shows it.
package struct ShownLine: Hashable, Sendable {
  package var text: String
  /// The number of Unicode scalars before the place of the error.
  package var offset: Int
}

extension TOMLStatementScan {
  /// Whether the next line, if it isn't valid on its own, may continue a secret or a string.
  fileprivate var mayGoOn: Bool { openString != nil || SecretNameMatcher.isSecretNamed(in: text[...]) }
}

extension Substring {
  /// Masks the text after a secret's name, except a closing quote and the `=` or `:`.
  fileprivate var maskedValue: String {
    let closed = prefix { "\"'".contains($0) }
    let blank = self[closed.endIndex...].prefix(while: \.isWhitespace)
    let sign = self[blank.endIndex...].prefix(1).filter { "=:".contains($0) }
    let value = self[blank.endIndex...].dropFirst(sign.count)
    guard value.contains(where: { !$0.isWhitespace && $0 != "]" }) else { return String(self) }
    return "\(closed)\(sign.isEmpty ? "" : blank)\(sign) ********"
  }
}

/// Recognizes names of secrets in a configuration file, even if they are misspelled.
enum SecretNameMatcher {
  private static let secrets = SettingCatalog.all.filter { $0.kind == .secret }.map(\.name)
  private static let others = Set(SettingCatalog.all.filter { $0.kind != .secret }.map(\.name))
  private static let telling = ["key", "pass", "secret", "token", "pwd"]

  static func isSecretNamed(in text: Substring) -> Bool { endOfSecretName(in: text) != nil }

  /// The end of the first name of a secret.
  static func endOfSecretName(in text: Substring) -> Substring.Index? {
    var rest = text
    while let start = rest.firstIndex(where: \.isPartOfName) {
      let word = rest[start...].prefix(while: \.isPartOfName)
      if isSecret(word) { return word.endIndex }
      rest = rest[word.endIndex...]
    }
    return nil
  }

  private static let topLevel = ["default_profile", StateDirectory.setting, "defaults", "profiles"]
  private static let known = Set(SettingCatalog.writtenNames(of: SettingCatalog.all) + topLevel)

  /// Whether an invalid line starts like a statement. If it doesn't, it may be part of a secret.
  static func begins(_ text: String) -> Bool {
    let line = text.drop(while: \.isWhitespace)
    let name = line.prefix(while: \.isPartOfName)
    let rest = line[name.endIndex...]
    return line.isEmpty || "[#".contains(line[line.startIndex]) || known.contains(name.lowercased())
      || rest.hasPrefix(" =") && rest.count <= " = [".count
  }

  /// Whether it is the name of a secret, or may be meant as one.
  static func isSecret(_ word: Substring) -> Bool {
    // An escape can stand for any character.
    if word.contains("\\") { return true }
    let name = word.lowercased().replacing("-", with: "_")
    guard !others.contains(name) else { return false }
    return telling.contains(where: name.contains) || secrets.contains { editDistance(name, $0) <= 1 }
  }
}

extension Character {
  fileprivate var isPartOfName: Bool {
    if isLetter || isNumber || self == "_" || self == "-" || self == "\\" { return true }
    // A control character within a name doesn't end it.
    return unicodeScalars.contains { $0.properties.generalCategory == .control } && !isWhitespace
  }
}

/// Collects the errors of a configuration, so that all are reported together.
struct ConfigurationMistakes {
  private(set) var errors: [ConfigurationError] = []

  /// Returns the result of a step; nil if it throws, and then the error is added.
  mutating func attempt<Value>(_ step: () throws(ConfigurationError) -> Value) -> Value? {
    do throws(ConfigurationError) {
      return try step()
    } catch {
      add(error)
      return nil
    }
  }

  /// Adds an error and those attached to it, without duplicates: an error in `[defaults]` affects every profile.
  mutating func add(_ error: ConfigurationError) {
    for error in error.all where !errors.contains(where: error.isSame) { errors.append(error) }
  }

  /// Throws the first error with the others attached: first those in the file, in order, then the rest.
  func check() throws(ConfigurationError) {
    let sorted = errors.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
      .map(\.element)
    guard var first = sorted.first else { return }
    first.others = Array(sorted.dropFirst())
    throw first
  }
}

extension ConfigurationError {
  /// Each error that was found, starting with this one.
  package var all: [ConfigurationError] {
    var alone = self
    alone.others = []
    return [alone] + others
  }

  /// The errors that make the configuration unusable; nil for none.
  package var withoutWarnings: ConfigurationError? { .joined(all.filter { !$0.problem.isUnknownName }) }

  /// All of these as one error, sorted by their places in the file; nil for none.
  package static func joined(_ errors: [ConfigurationError]) -> ConfigurationError? {
    var mistakes = ConfigurationMistakes()
    for error in errors { mistakes.add(error) }
    do throws(ConfigurationError) { try mistakes.check() } catch { return error }
    return nil
  }

  /// Whether it is an error in the file, not in an option or a variable.
  var isFileFault: Bool {
    if case .noProfileChosen = problem { return true }
    if case .file = place { return true }
    return false
  }

  fileprivate func isSame(as other: ConfigurationError) -> Bool {
    place == other.place && problem.message == other.problem.message
  }

  /// The line and column as one number.
  fileprivate var order: Int {
    guard case .file(_, let position, _) = place else { return .max }
    return position.line << 20 + min(position.column, 1 << 20 - 1)
  }

  /// Adds the file's unknown names, because one of them may be the cause: those that affect this profile, or all
  /// with nil.
  func withUnknownNames(in file: ConfigurationFile?, profile: String?) -> ConfigurationError {
    let unknown = file.map { file in profile.map { file.unknownNames(for: $0) } ?? file.unknownNames } ?? []
    let told = all.map { $0.withSlip(among: unknown) }
    // A name that isn't similar to any known one may be anything, even part of a secret.
    let untold = unknown.filter { name in name.nearest != nil && !told.contains { $0.slip == name } }
    return .joined(
      told + untold.map { ConfigurationError(.unknownName($0.name, nearest: $0.nearest), at: $0.place) }) ?? self
  }
}

extension ConfigurationFile {
  /// Invalid values in `[defaults]` and all profiles. Omits missing values, because they may be in the part that
  /// can't be parsed.
  func valueMistakes(_ inputs: ConfigurationInputs) -> [ConfigurationError] {
    let profiles: [Profile?] = profiles.isEmpty ? [nil] : profiles
    return profiles.flatMap { profile in
      SettingLayers(globals: nil, variables: [:], file: self, profile: profile).valueMistakes(inputs)
    }
  }
}

extension SettingLayers {
  fileprivate func valueMistakes(_ inputs: ConfigurationInputs) -> [ConfigurationError] {
    do throws(ConfigurationError) {
      _ = try checkedSettings(inputs, checksFiles: true)
    } catch {
      return error.all.filter { !$0.problem.isAbsence && !$0.problem.isUnknownName }
    }
    return []
  }
}

extension ConfigurationError.Problem {
  /// Whether something is missing.
  fileprivate var isAbsence: Bool {
    switch self {
    case .providerMissing, .settingsMissing: true
    default: false
    }
  }

  /// Whether it would be only a warning on its own.
  fileprivate var isUnknownName: Bool { if case .unknownName = self { true } else { false } }
}
