import Platform

/// The lines of a configuration as an error message shows them.
struct ConfigurationLines {
  private let lines: [[UInt8]]

  init(_ lines: [[UInt8]]) {
    self.lines = lines
  }

  /// A line, counted from 1; the value of a secret in it is masked, and so is what can't be shown as text.
  func line(_ number: Int) -> String {
    guard lines.indices.contains(number - 1), let line = try? String(utf8: lines[number - 1]) else { return "" }
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
