/// What programs write into a cell that has no text of its own.
package enum CellMark: Hashable, Sendable {
  /// An error of a spreadsheet, such as `#N/A`.
  case error(String)
  /// A formula that was never calculated: libraries save those without a result.
  case notCalculated
  /// `\N`, as PostgreSQL and MySQL write what is null.
  case null
  /// A word that databases write for what is null, and that may be a text.
  case nullWord(String)

  /// Stands for a formula that was never calculated.
  static let uncalculatedText = "#NOT CALCULATED!"
  private static let errors: Set<String> = [
    "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!",
    "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!",
  ]

  /// Nil for any text but these.
  @inline(__always)
  package init?(_ cell: String) {
    guard let first = cell.utf8.first else { return nil }
    // Numbers, as each row's cells come here: `#`, `\`, `N`, `(`.
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
  /// Whether there is `\n`, `\t`, `\r` or `\\` in it.
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
  /// A cell between tabs holds what a database writes for a line break, a tab or a backslash, or just that.
  package static func databaseEscape(column: String) -> Self {
    Self(
      "\(column) contains escapes such as \\n, as in a database export",
      hint: "export the list as CSV; to send the text as is, add --literal")
  }

  /// A cell that is needed holds an error.
  package static func cellError(_ error: String, column: String) -> Self {
    Self("\(column) contains the spreadsheet error \(error)", hint: "fix the formula, or clear the cell")
  }

  /// A cell that is needed holds a formula without a result.
  package static func notCalculated(column: String) -> Self {
    Self("\(column) is a formula without a result", hint: "open the sheet in a spreadsheet program and save it again")
  }

  /// A cell that is needed holds what a database writes for a missing value.
  package static func nullWord(_ word: String, column: String) -> Self {
    Self(
      "\(column) is '\(word)', as databases write missing values",
      hint: "use COALESCE(column, '') in the query; to send the word, add --literal")
  }
}
