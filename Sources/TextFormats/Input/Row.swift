/// One row of an input: its position, and its fields by column name.
public struct Row: Hashable, Sendable {
  /// The value of a row in a column.
  public enum Field: Hashable, Sendable {
    case text(String)
    /// A JSON number as written.
    case number(String)
    /// A JSON `null`.
    case null
    /// A JSON array or object, which has no text.
    case nested

    /// Whether it contains only white space.
    var isBlank: Bool {
      switch self {
      case .text(let text): text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
      case .null: true
      case .number, .nested: false
      }
    }
  }

  /// From 1, for the first row of data.
  public var number: Int
  /// Where it starts.
  public var position: TextPosition
  public var columns: ColumnSet
  /// One per column.
  public var fields: [Field]

  /// The text in the column with an index; nil for a JSON `null`.
  ///
  /// Throws `nestedValue` for a JSON array or object.
  public func text(at index: Int) throws(RowError) -> String? {
    switch fields[index] {
    case .text(let text), .number(let text): return text
    case .null: return nil
    case .nested: throw RowError(.nestedValue(column: columns.names[index]), row: number, position: position)
    }
  }
}

/// The names of columns in order, shared by all rows that have the same ones.
public struct ColumnSet: Hashable, Sendable {
  /// The only column of an input with one phone number per line.
  static let to = ColumnSet(names: ["to"])

  public let names: [String]
  /// Whether texts may have line breaks and tabs written as `\n` and `\t`, as databases do in tab-separated fields.
  public let mayHaveEscapes: Bool
  /// The names without what people write differently: case, spaces, `_` and `-`.
  private let keys: [String]

  public init(names: [String], mayHaveEscapes: Bool = false) {
    self.names = names
    self.mayHaveEscapes = mayHaveEscapes
    keys = names.map(Self.key)
  }

  public static func == (left: ColumnSet, right: ColumnSet) -> Bool { left.names == right.names }

  public func hash(into hasher: inout Hasher) { hasher.combine(names) }

  /// A name in the form used for comparison: without case, spaces, `_`, `-` and invisible characters.
  public static func key(of name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.lowercased().unicodeScalars.filter { scalar in
          scalar != "_" && scalar != "-" && !scalar.properties.isWhitespace
            && !scalar.properties.isDefaultIgnorableCodePoint
        }))
  }

  /// The columns that a name may mean: the one with exactly this name, otherwise all that differ only in case,
  /// spaces, `_` and `-`. None for an empty name.
  public func indices(of name: String) -> [Int] {
    if let index = names.firstIndex(of: name) { return name.isEmpty ? [] : [index] }
    return indices(like: name)
  }

  /// The columns whose names are equal except for case, spaces, `_` and `-`.
  public func indices(like name: String) -> [Int] {
    let key = Self.key(of: name)
    return key.isEmpty ? [] : keys.indices.filter { keys[$0] == key }
  }

  /// The number of columns up to the last one with a name.
  var namedCount: Int { (names.lastIndex { !$0.allSatisfy(\.isWhitespace) } ?? -1) + 1 }

  /// The first name that occurs twice. Several columns may have no name, as they can't be referred to.
  var repeatedName: String? {
    var seen: Set<String> = []
    return names.first { !$0.isEmpty && !seen.insert($0).inserted }
  }
}

/// What programs write in a cell that has no text.
package enum SpecialCell: Hashable, Sendable {
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
