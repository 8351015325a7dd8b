import Platform

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
