/// One row of an input: its place, and its fields by the names of their columns.
public struct Row: Hashable, Sendable {
  /// The value of a row in one column.
  public enum Field: Hashable, Sendable {
    case text(String)
    /// A JSON `null`.
    case null
    /// A JSON array or object, which has no text.
    case nested
  }

  /// 1 for the first row of data.
  public var number: Int
  /// Where it starts.
  public var position: TextPosition
  public var columns: ColumnSet
  /// One for each column.
  public var fields: [Field]

  /// The text in the column of that name; nil if the row has no such column, and for a JSON `null`.
  ///
  /// Throws `nestedValue` for a JSON array or object.
  public func text(in column: String) throws(RowError) -> String? {
    guard let index = columns.index(of: column) else { return nil }
    switch fields[index] {
    case .text(let text): return text
    case .null: return nil
    case .nested: throw RowError(.nestedValue(column: column), row: number, position: position)
    }
  }
}

/// The names of columns in their order, shared by all rows that have the same.
public struct ColumnSet: Hashable, Sendable {
  /// The only column of an input with one phone number per line.
  static let to = ColumnSet(names: ["to"])

  public let names: [String]

  /// Which column has that name; nil for none, and for an empty name.
  public func index(of name: String) -> Int? {
    // There are few, so this takes less time than hashing the name.
    name.isEmpty ? nil : names.firstIndex(of: name)
  }

  /// The first name that occurs twice. Several columns may lack a name: nobody can ask for them.
  var repeatedName: String? {
    var seen: Set<String> = []
    return names.first { !$0.isEmpty && !seen.insert($0).inserted }
  }
}

/// Why an input is not rows of named fields, and where.
public struct RowError: Error, Hashable, Sendable {
  /// What is wrong at the error's position.
  public enum Reason: Hashable, Sendable {
    /// The first `offset` bytes of the input, including a byte order mark, are UTF-8; the next one isn't.
    case invalidUTF8(offset: Int)
    /// A row did not end within this many bytes; in CSV, often because a quote was left open.
    case rowTooLong(limit: Int)
    /// Two columns of a header, or two members of an object, have the same name.
    case repeatedColumn(String)

    /// CSV that is empty: not even a header.
    case missingHeader
    /// A double quote inside an unquoted field, or text after a closing quote.
    case strayQuote
    /// The input ends inside a quoted field; the position is that of the opening quote.
    case unterminatedQuote
    /// A row has more or fewer fields than the header has columns.
    case raggedRow(fields: Int, columns: Int)

    case invalidJSON(JSONError.Kind)
    /// A line or element that is JSON, but not an object.
    case notAnObject
    /// A requested field holds an array or an object.
    case nestedValue(column: String)
  }

  public var reason: Reason
  /// 1 for the first row of data; nil if the error is in the header, or in the input as a whole.
  public var row: Int?
  public var position: TextPosition

  public init(_ reason: Reason, row: Int?, position: TextPosition) {
    self.reason = reason
    self.row = row
    self.position = position
  }
}

extension RowError {
  /// What is wrong, without the place.
  package var message: String {
    switch reason {
    case .invalidUTF8(let offset): "it is not UTF-8 at byte \(offset)"
    case .rowTooLong(let limit): "a row is longer than \(limit) bytes; perhaps a quote was left open"
    case .repeatedColumn(let name): "the column '\(name)' is there twice"
    case .missingHeader: "it is empty, and CSV needs at least a header"
    case .strayQuote:
      "a double quote stands where none may be (column \(position.column)); inside quotes write it twice"
    case .unterminatedQuote: "a quote is opened and never closed"
    case .raggedRow(let fields, let columns): "it has \(counted(fields, "field")), and the header has \(columns)"
    case .invalidJSON(let kind): JSONError(kind, offset: 0, position: position).reason
    case .notAnObject: "it is no JSON object"
    case .nestedValue(let column): "the value of '\(column)' is an array or object, and not a text"
    }
  }
}

extension InputError {
  /// The same, with the name of the file.
  package init(_ error: RowError, file: String) {
    self.init(Problem(error.message), at: .row(file: file, row: error.row, line: error.position.line))
  }
}
