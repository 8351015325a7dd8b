/// Why an input can't be read as rows of named fields, and where.
public struct RowError: Error, Hashable, Sendable {
  /// What is wrong at the error's position.
  public enum Reason: Hashable, Sendable {
    /// The first `offset` bytes of the input, including a byte order mark, are valid UTF-8; the next one, which is
    /// part of `field`, isn't.
    case invalidUTF8(offset: Int, field: [UInt8])
    /// The same if the bytes look like another encoding; `reading` is their text in it.
    case otherEncoding(offset: Int, name: String, reading: String)
    /// A row did not end within this many bytes; in CSV, often because of an unclosed quote.
    case rowTooLong(limit: Int)
    /// Two columns of a header, or two members of an object, have the same name.
    case repeatedColumn(String)

    /// The first line of a CSV file contains a phone number, so it is a row and not a header; its cells, and whether
    /// one of them must be the text.
    case headerMissing([String], hasText: Bool)
    /// The first line of a CSV file can be split by any of these.
    case severalDelimiters([UInt8])
    /// Text after a closing quote.
    case strayQuote
    /// Text after a quote that closes in a later line, and may thus have swallowed rows; the position is that of the
    /// opening quote.
    case strayQuoteInLaterLine
    /// The text of this property of a vCard is in an unreadable encoding.
    case unreadableProperty(String)
    /// A vCard has no `END:VCARD`.
    case unterminatedCard
    /// The input ends inside a quoted field; the position is that of the opening quote.
    case unterminatedQuote
    /// A row has text in more fields than there are columns in the header.
    case extraField(fields: Int, columns: Int)
    /// A row of a sheet has text beyond the last named column.
    case extraCell(columns: Int)

    case invalidJSON(JSONError.Kind)
    /// A line or element that is JSON, but neither an object nor a string.
    case notAnObject
    /// A requested field contains an array or an object.
    case nestedValue(column: String)
  }

  public var reason: Reason
  /// 1 for the first row of data; nil if the error is in the header, or in the input as a whole.
  public var row: Int?
  public var position: TextPosition
  /// Whether it is confined to its line, so that rows can be read after it.
  var isOfOneLine = false

  public init(_ reason: Reason, row: Int?, position: TextPosition) {
    self.reason = reason
    self.row = row
    self.position = position
  }
}

extension RowError {
  /// Whether the rows after this one can be read even though this one can't.
  package var isOfOneRow: Bool {
    guard row != nil else { return false }
    switch reason {
    case .rowTooLong, .headerMissing, .severalDelimiters, .strayQuoteInLaterLine: return false
    case .invalidJSON: return isOfOneLine
    case .invalidUTF8(_, let field): return isOfOneLine || !field.isEmpty
    case .repeatedColumn, .otherEncoding, .strayQuote, .unterminatedCard, .unterminatedQuote, .extraField, .extraCell,
      .unreadableProperty, .notAnObject, .nestedValue:
      return true
    }
  }

  /// The problem with a row; a stop list has no options to specify how it is written.
  package func problem(ofStopList isStopList: Bool) -> InputError.Problem {
    switch reason {
    case .headerMissing(let cells, _) where isStopList: .headerMissing(cells, isStopList: true)
    case .severalDelimiters(let delimiters) where isStopList: .severalDelimiters(delimiters, isStopList: true)
    default: problem
    }
  }

  /// What is wrong and what to do about it, without the place.
  package var problem: InputError.Problem {
    switch reason {
    case .invalidUTF8(let offset, _): .notUTF8(offset: offset)
    case .otherEncoding(let offset, let name, let reading): .notUTF8(offset: offset, name, reading)
    case .rowTooLong(let limit):
      .init("longer than \(limit >> 10) KB", hint: "check whether a closing quote is missing")
    case .repeatedColumn(let name): .init("duplicate column '\(name)'", hint: "rename one of them, or remove it")
    case .headerMissing(let cells, let hasText): .headerMissing(cells, hasText: hasText)
    case .severalDelimiters(let delimiters): .severalDelimiters(delimiters)
    case .strayQuote:
      .init(
        "text after a closing quote (column \(position.column))",
        hint: "inside quotes, double a quote: \"a \"\"word\"\" here\"")
    case .strayQuoteInLaterLine:
      .init(
        "the quote at column \(position.column) closes on a later line, in the middle of a field",
        hint: "close the quote at the end of its field; inside quotes, double a quote")
    case .unterminatedCard:
      .init("missing END:VCARD", hint: "export the list again; it may have been cut off")
    case .unreadableProperty(let name):
      .init("\(name) isn't valid UTF-8", hint: "export the list again as vCard 3.0, vCard 4.0, or CSV")
    case .unterminatedQuote:
      .init("unclosed quote", hint: "close it at the end of its field; inside quotes, double a quote")
    case .extraField(let fields, let columns):
      .init(
        "\(counted(fields, "field")), but only \(counted(columns, "column"))",
        hint: "put text that contains the delimiter in quotes")
    case .extraCell(let columns):
      .init(
        "a cell has text, but its column has no name (named columns: \(columns))",
        hint: "name that column in the first row, or clear the cell")
    case .invalidJSON(let kind): .init(JSONError(kind, offset: 0, position: position).reason, hint: kind.hint)
    case .notAnObject: .init("neither a JSON object nor a string", hint: Self.objectForm)
    case .nestedValue(let column):
      .init("the value of '\(column)' is an array or object, not a string", hint: Self.objectForm)
    }
  }

  private static let objectForm = #"write rows like {"to": "+15550100001", "message": "Hello"}"#
}

extension InputError.Problem {
  fileprivate static func notUTF8(offset: Int) -> Self {
    Self("not valid UTF-8 (byte \(offset))", hint: "add --encoding NAME; 'iconv -l' lists the names")
  }

  fileprivate static func notUTF8(offset: Int, _ encoding: String, _ reading: String) -> Self {
    Self(
      "not valid UTF-8 (byte \(offset)); as \(encoding), it would read '\(reading)'",
      hint: "if that is correct, add --encoding \(encoding)")
  }

  fileprivate static func severalDelimiters(_ delimiters: [UInt8], isStopList: Bool = false) -> Self {
    let names = delimiters.map { $0 == UInt8(ascii: "\t") ? "tab" : String(Unicode.Scalar($0)) }
    return Self(
      "ambiguous delimiter: the first line contains both \(names.map { $0 == "tab" ? "tabs" : "'\($0)'" }.joined(separator: " and "))",
      hint: isStopList
        ? "add a first line that says which, such as sep=\(names.last ?? ";")"
        : "choose one, such as --delimiter \(names.last?.shellQuoted ?? "C")")
  }

  fileprivate static func headerMissing(
    _ cells: [String], hasText: Bool = false, isStopList: Bool = false
  ) -> Self {
    let number = cells.firstIndex(where: \.isWrittenNumber)
    let words = cells.indices.filter { !cells[$0].isWrittenNumber && !cells[$0].allSatisfy(\.isWhitespace) }
    let text = hasText ? words.max { cells[$0].count < cells[$1].count } : nil
    let name = words.first { $0 != text }
    let fields = cells.indices.map { index in
      switch index {
      case number: "to"
      case text: "message"
      case name: "name"
      default: "column\(index + 1)"
      }
    }
    return Self(
      "no header: the first line looks like a row: '\(cells.joined(separator: ", ").prefix(60))'",
      hint: isStopList
        ? "add a first line that names the columns: \(fields.joined(separator: ","))"
        : "name the columns: --fields \(fields.joined(separator: ","))")
  }
}

extension InputError {
  /// The error with the name of the file.
  package init(_ error: RowError, file: String, isStopList: Bool = false) {
    self.init(error.problem(ofStopList: isStopList), at: .row(file: file, row: error.row, line: error.position.line))
  }
}

extension JSONError.Kind {
  fileprivate var hint: String {
    switch self {
    case .elementTooLong: "check whether a closing quote is missing"
    case .invalidUTF8: "save the list as UTF-8"
    default: "check the syntax: jq . FILE"
    }
  }
}

extension RowError {
  /// One example of each reason, and of each kind of JSON error.
  package static var examples: [ExampleMessage] {
    let reasons: [Reason] = [
      .invalidUTF8(offset: 14, field: []), .otherEncoding(offset: 14, name: "windows-1252", reading: "Zoë"),
      .rowTooLong(limit: 1_048_576), .strayQuote, .strayQuoteInLaterLine,
      .unreadableProperty("FN"), .unterminatedCard, .unterminatedQuote, .extraField(fields: 3, columns: 2),
      .extraCell(columns: 2), .notAnObject, .nestedValue(column: "message"),
    ]
    let errors = reasons.map { RowError($0, row: 2, position: TextPosition(line: 3, column: 7)) }
    let ofJSON = JSONError.Kind.examples.map { kind in
      InputError(RowError(.invalidJSON(kind), row: 2, position: TextPosition(line: 3, column: 7)), file: "list.json")
    }
    let header = headerReasons.map { RowError($0, row: nil, position: TextPosition(line: 1, column: 1)) }
    let cells: [InputError.Problem] = [
      .databaseEscape(column: "message"), .cellError("#REF!", column: "to"), .notCalculated(column: "to"),
      .nullWord("NULL", column: "message"),
    ]
    return (errors + header).map { ExampleMessage(InputError($0, file: "list.csv")) }
      + ofJSON.map { ExampleMessage($0) }
      + header.dropFirst().map { ExampleMessage(InputError($0, file: "stop.csv", isStopList: true)) }
      + InputError.examples(cells, at: .row(file: "list.xlsx", row: 2, line: 3))
  }
}

extension RowError {
  private static var headerReasons: [Reason] {
    [
      .repeatedColumn("to"), .headerMissing(["+15550100001", "Ada"], hasText: false),
      .severalDelimiters([UInt8(ascii: ","), UInt8(ascii: ";")]),
    ]
  }
}

extension JSONError.Kind {
  /// One of each case.
  fileprivate static var examples: [Self] {
    [
      .unexpectedEnd, .expectedValue, .expectedName, .expectedColon, .expectedCommaOrBracket, .expectedCommaOrBrace,
      .expectedArray, .trailingContent, .invalidNumber, .controlCharacter(7), .invalidEscape, .loneSurrogate,
      .invalidUTF8, .tooDeep(limit: 64), .elementTooLong(limit: 1_048_576),
    ]
  }
}
