/// What programs write in a cell that has no text.
package enum CellMark: Hashable, Sendable {
  /// A spreadsheet error, such as `#N/A`.
  case error(String)
  /// A formula that was never calculated: libraries save them without a result.
  case notCalculated
  /// `\N`, which PostgreSQL and MySQL write for null.
  case null
  /// A word that databases write for null, but that may also be a text.
  case nullWord(String)

  /// Represents a formula that was never calculated.
  static let uncalculatedText = "#NOT CALCULATED!"
  private static let errors: Set<String> = [
    "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!",
    "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!",
  ]

  /// Nil for any other text.
  @inline(__always)
  package init?(_ cell: String) {
    guard let first = cell.utf8.first else { return nil }
    // Numeric values for speed, as each row's cells are checked: `#`, `\`, `N`, `(`.
    switch first {
    case 0x23, 0x5C, 0x4E, 0x28: self.init(marking: cell)
    default: return nil
    }
  }

  private init?(marking cell: String) {
    switch cell {
    case Self.uncalculatedText: self = .notCalculated
    case "\\N": self = .null
    case "NULL", "(null)", "(NULL)": self = .nullWord(cell)
    default:
      guard Self.errors.contains(cell) else { return nil }
      self = .error(cell)
    }
  }
}

extension String {
  /// Whether it contains `\n`, `\t`, `\r` or `\\`.
  package var hasDatabaseEscape: Bool {
    var isEscaped = false
    for byte in utf8 {
      if isEscaped {
        if "ntr\\".utf8.contains(byte) { return true }
        isEscaped = false
      } else {
        isEscaped = byte == UInt8(ascii: "\\")
      }
    }
    return false
  }
}

extension InputError.Problem {
  /// A tab-separated cell contains what a database writes for a line break, a tab or a backslash; or it may be literal.
  package static func databaseEscape(column: String) -> Self {
    Self(
      "\(column) contains escapes such as \\n, as in a database export",
      hint: "export the list as CSV; to send the text as is, add --literal")
  }

  /// A required cell contains an error.
  package static func cellError(_ error: String, column: String) -> Self {
    Self("\(column) contains the spreadsheet error \(error)", hint: "fix the formula, or clear the cell")
  }

  /// A required cell contains a formula without a result.
  package static func notCalculated(column: String) -> Self {
    Self("\(column) is a formula without a result", hint: "open the sheet in a spreadsheet program and save it again")
  }

  /// A required cell contains what a database writes for a missing value.
  package static func nullWord(_ word: String, column: String) -> Self {
    Self(
      "\(column) is '\(word)', as databases write missing values",
      hint: "use COALESCE(column, '') in the query; to send the word, add --literal")
  }
}
