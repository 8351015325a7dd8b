/// Writes CSV records (RFC 4180) with LF line ends; fields are only quoted if necessary.
public struct CSVWriter: Sendable {
  /// Whether cells that a spreadsheet would run as formulas are prefixed with `'`.
  public var disarmsFormulas: Bool

  public init(disarmsFormulas: Bool = false) {
    self.disarmsFormulas = disarmsFormulas
  }

  /// Appends a record and its line end.
  public func write(_ fields: [String], to output: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { output += "," }
      append(field, to: &output)
    }
    // An empty line would not be a record.
    if fields == [""] { output += "\"\"" }
    output += "\n"
  }

  private func append(_ field: String, to output: inout [UInt8]) {
    var text = disarmsFormulas && field.isFormula ? "'\(field)" : field
    text.withUTF8 { bytes in
      if bytes.contains(where: \.needsQuotes) {
        output.appendQuoted(bytes)
      } else {
        output.append(contentsOf: bytes)
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    self += "\""
    for byte in text {
      if "\"" ~= byte { append(byte) }
      append(byte)
    }
    self += "\""
  }
}

extension UInt8 {
  fileprivate var needsQuotes: Bool {
    switch self {
    case ",", "\"", "\n", "\r": true
    default: false
    }
  }
}

extension String {
  /// Whether a spreadsheet would take it as a formula (OWASP, "CSV Injection"); a `+` with only digits is not one.
  var isFormula: Bool {
    switch unicodeScalars.first {
    case "+": unicodeScalars.count == 1 || !unicodeScalars.dropFirst().allSatisfy { ("0"..."9").contains($0) }
    case "=", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    default: false
    }
  }
}

/// Writes records as lines of tab-separated cells. Tabs, line feeds, carriage returns and backslashes in a cell are
/// written as `\t`, `\n`, `\r` and `\\`, so that each record is one line.
public struct TSVWriter: Sendable {
  /// Whether cells that a spreadsheet would run as formulas are prefixed with `'`.
  public var disarmsFormulas: Bool

  public init(disarmsFormulas: Bool = false) {
    self.disarmsFormulas = disarmsFormulas
  }

  /// Appends a record and its line end.
  public func write(_ cells: [String], to output: inout [UInt8]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { output += "\t" }
      let text = disarmsFormulas && cell.isFormula ? "'\(cell)" : cell
      for byte in text.utf8 { Self.append(byte, to: &output) }
    }
    output += "\n"
  }

  private static func append(_ byte: UInt8, to output: inout [UInt8]) {
    switch byte {
    case "\t": output += "\\t"
    case "\n": output += "\\n"
    case "\r": output += "\\r"
    case "\\": output += "\\\\"
    default: output.append(byte)
    }
  }
}
