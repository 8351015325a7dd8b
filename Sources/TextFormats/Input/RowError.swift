/// Why an input is not rows of named fields, and where.
public struct RowError: Error, Hashable, Sendable {
  /// What is wrong at the error's position.
  public enum Reason: Hashable, Sendable {
    /// The first `offset` bytes of the input, including a byte order mark, are UTF-8; the next one, which is part of
    /// `field`, isn't.
    case invalidUTF8(offset: Int, field: [UInt8])
    /// A row did not end within this many bytes; in CSV, often because a quote was left open.
    case rowTooLong(limit: Int)
    /// Two columns of a header, or two members of an object, have the same name.
    case repeatedColumn(String)

    /// The first line of a CSV has a phone number in it, so it is a row and no header; its cells.
    case headerMissing([String])
    /// Text after a closing quote.
    case strayQuote
    /// A vCard has no `END:VCARD`.
    case unterminatedCard
    /// The input ends inside a quoted field; the position is that of the opening quote.
    case unterminatedQuote
    /// A row has text in more fields than the header has columns.
    case extraField(fields: Int, columns: Int)

    case invalidJSON(JSONError.Kind)
    /// A line or element that is JSON, but neither an object nor a text.
    case notAnObject
    /// A requested field holds an array or an object.
    case nestedValue(column: String)
  }

  public var reason: Reason
  /// 1 for the first row of data; nil if the error is in the header, or in the input as a whole.
  public var row: Int?
  public var position: TextPosition
  /// Whether it is in a line of its own, after which rows go on.
  var isOfOneLine = false

  public init(_ reason: Reason, row: Int?, position: TextPosition) {
    self.reason = reason
    self.row = row
    self.position = position
  }
}

extension RowError {
  /// Whether the rows after this one can be read, although this one can't be used.
  package var isOfOneRow: Bool {
    guard row != nil else { return false }
    switch reason {
    case .rowTooLong, .headerMissing: return false
    case .invalidJSON: return isOfOneLine
    case .invalidUTF8(_, let field): return isOfOneLine || !field.isEmpty
    case .repeatedColumn, .strayQuote, .unterminatedCard, .unterminatedQuote, .extraField, .notAnObject, .nestedValue:
      return true
    }
  }

  /// What is wrong, and what to do, without the place.
  package var problem: InputError.Problem {
    switch reason {
    case .invalidUTF8(let offset, let field): .notUTF8(offset: offset, field)
    case .rowTooLong(let limit): .init("a row is longer than \(limit) bytes; perhaps a quote was left open")
    case .repeatedColumn(let name): .init("duplicate column '\(name)'")
    case .headerMissing(let cells): .headerMissing(cells)
    case .strayQuote:
      .init(
        "there is text after a closing quote (column \(position.column))",
        hint: "write a quote inside of quotes twice: \"a \"\"word\"\" here\"")
    case .unterminatedCard:
      .init("the vCard has no END:VCARD", hint: "export the list again: it may have been cut short")
    case .unterminatedQuote: .init("a quote is opened and never closed")
    case .extraField(let fields, let columns):
      .init(
        "it has \(counted(fields, "field")), and there \(columns == 1 ? "is 1 column" : "are \(columns) columns")",
        hint: "put the text in quotes, where it contains the delimiter")
    case .invalidJSON(let kind): .init(JSONError(kind, offset: 0, position: position).reason)
    case .notAnObject: .init("it is neither a JSON object nor a text")
    case .nestedValue(let column): .init("the value of '\(column)' is an array or object, not a text")
    }
  }
}

extension InputError.Problem {
  fileprivate static func notUTF8(offset: Int, _ field: [UInt8]) -> Self {
    guard !field.isEmpty else { return Self("it is not UTF-8 at byte \(offset)", hint: "add --encoding NAME") }
    let encoding = field.contains(0) ? "UTF-16" : "windows-1252"
    let reading = String(windows1252: field.filter { $0 != 0 })
    return Self(
      "it is not UTF-8 at byte \(offset); as \(encoding) it would read '\(reading.prefix(60))'",
      hint: "if that is right, add --encoding \(encoding)")
  }

  fileprivate static func headerMissing(_ cells: [String]) -> Self {
    var names = ["name"]
    let number = cells.firstIndex(where: \.isWrittenNumber)
    let fields = cells.enumerated().map { index, cell in
      if index == number { return "to" }
      if cell.isWrittenNumber { return "column\(index + 1)" }
      return names.popLast() ?? "column\(index + 1)"
    }
    return Self(
      "the first line is a row, not a header: '\(cells.joined(separator: ", ").prefix(60))'",
      hint: "name the columns: --fields \(fields.joined(separator: ","))")
  }
}

extension String {
  /// What bytes 0x80 to 0x9F are in windows-1252; the other bytes are as in Unicode.
  private static let windows1252 = Array("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

  fileprivate init(windows1252 bytes: [UInt8]) {
    var scalars = String.UnicodeScalarView()
    for byte in bytes {
      scalars.append(0x80...0x9F ~= byte ? Self.windows1252[Int(byte) - 0x80] : Unicode.Scalar(byte))
    }
    self.init(scalars)
  }
}

extension InputError {
  /// The same, with the name of the file.
  package init(_ error: RowError, file: String) {
    self.init(error.problem, at: .row(file: file, row: error.row, line: error.position.line))
  }
}
