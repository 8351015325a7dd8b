/// Writes records as lines of cells with tabs between them. A tab, a line break, a carriage return and a backslash in a
/// cell are written as `\t`, `\n`, `\r` and `\\`, so that each record is one line.
public struct TSVWriter: Sendable {
  /// Whether cells that a spreadsheet would run as a formula are disarmed by a `'` before them.
  public var disarmsFormulas: Bool

  public init(disarmsFormulas: Bool = false) {
    self.disarmsFormulas = disarmsFormulas
  }

  /// Appends one record and its line end.
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
