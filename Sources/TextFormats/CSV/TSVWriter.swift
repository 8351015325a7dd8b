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
