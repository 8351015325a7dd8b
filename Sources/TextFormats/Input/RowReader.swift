/// Reads rows of named fields one at a time from bytes that arrive in pieces of any size.
///
/// Holds one row and the last piece, however long the input is. It is driven by the code that reads the bytes:
///
///     while true {
///       while let row = try reader.next() { … }
///       if reader.isFinished { break }
///       if let piece = try read() { reader.append(piece) } else { reader.finish() }
///     }
///
/// The input is UTF-8; a leading byte order mark is skipped. Lines end at LF or CRLF, in CSV also at a bare CR.
public struct RowReader: Sendable {
  /// The maximum size of a row, in bytes.
  public static let rowLimit = 1 << 20

  /// Whether the last byte has been appended.
  public private(set) var isFinished = false
  /// The format of the rows; nil until enough bytes have arrived to tell.
  public private(set) var format: RowFormat?
  private let options: RowOptions
  private var parser: (any RowParser)?
  /// The bytes that arrived before the format was known.
  private var undecided: [UInt8] = []
  private var comments = CommentFilter()

  /// Reads the given format or, if nil, the one that the content looks like.
  public init(format: RowFormat? = nil, options: RowOptions = RowOptions()) {
    self.options = options
    if let format { choose(format) }
  }

  /// The columns of all rows: the header of a CSV file, or `to` for lines; nil before the header, and for JSON.
  public var columns: ColumnSet? { parser?.columns }

  /// Adds the next bytes of the input.
  public mutating func append(_ piece: some Collection<UInt8>) {
    guard options.isStopList else { return take(piece) }
    take(comments.withoutComments(piece))
  }

  private mutating func take(_ piece: some Collection<UInt8>) {
    guard parser == nil else {
      parser?.append(piece)
      return
    }
    undecided += piece
    choose(options.format(contentStartingWith: undecided, isWhole: undecided.count > Self.rowLimit))
  }

  /// Marks the end of the input.
  public mutating func finish() {
    isFinished = true
    if parser == nil { choose(options.format(contentStartingWith: undecided, isWhole: true)) }
    parser?.finish()
  }

  /// Returns the next row; nil if it is incomplete, and after the last one. After an error that affects only one row
  /// (`RowError.isOfOneRow`), the rows after it can be read.
  ///
  /// Nil after `finish` means that the rest of the input is valid.
  public mutating func next() throws(RowError) -> Row? {
    try parser?.next()
  }

  private mutating func choose(_ format: RowFormat?) {
    guard let format else { return }
    self.format = format
    var parser: any RowParser =
      switch format {
      case .csv: CSVRowParser(options)
      case .xlsx: CSVRowParser(options.ofSheet)
      case .json: JSONRowParser()
      case .jsonl: JSONLinesRowParser()
      case .lines: NumberLinesRowParser()
      case .vcf: VCardRowParser(options)
      }
    parser.append(undecided)
    undecided = []
    self.parser = parser
  }
}

/// Reads the rows of one format.
protocol RowParser: Sendable {
  var columns: ColumnSet? { get }
  mutating func append(_ piece: some Collection<UInt8>)
  mutating func finish()
  mutating func next() throws(RowError) -> Row?
}

/// Removes comments: text after a `#` at the beginning of a line, or after only a number and a space. The line breaks
/// remain, so that line numbers don't change.
///
/// After a tab, it is only a comment if no further tab follows: it may also be a field followed by others.
private struct CommentFilter: Sendable {
  private enum Place { case start, afterNumber, afterSpace, afterTab, inText, inComment, perhapsInComment }

  private var place = Place.start
  /// How many bytes of a leading byte order mark have been passed.
  private var marks = 0
  /// Bytes that may be a comment.
  private var held: [UInt8] = []

  mutating func withoutComments(_ piece: some Collection<UInt8>) -> [UInt8] {
    var rest: [UInt8] = []
    rest.reserveCapacity(piece.count)
    for byte in piece {
      if isByteOrderMark(byte) {
        rest.append(byte)
      } else {
        take(byte, into: &rest)
      }
    }
    return rest
  }

  private mutating func take(_ byte: UInt8, into rest: inout [UInt8]) {
    let before = place
    place = place(after: byte)
    if place == .perhapsInComment { return held.append(byte) }
    if before == .perhapsInComment {
      if !byte.isLineEnd { rest += held }
      held = []
    }
    if place != .inComment { rest.append(byte) }
  }

  private mutating func isByteOrderMark(_ byte: UInt8) -> Bool {
    guard marks < 3 else { return false }
    let isMark = byte == [0xEF, 0xBB, 0xBF][marks]
    marks = isMark ? marks + 1 : 3
    return isMark
  }

  private func place(after byte: UInt8) -> Place {
    if byte.isLineEnd { return .start }
    switch (place, byte) {
    case (.inText, _), (.inComment, _): return place
    case (.perhapsInComment, _): return byte == UInt8(ascii: "\t") ? .inText : place
    case (.start, "#"), (.afterSpace, "#"): return .inComment
    case (.afterTab, "#"): return .perhapsInComment
    case (_, "\t"): return .afterTab
    case (.start, " "), (.afterTab, " "): return place
    case (_, " "): return .afterSpace
    case (_, "0"..."9"), (_, "+"), (_, "-"), (_, "."), (_, "("), (_, ")"), (_, "/"): return .afterNumber
    default: return .inText
    }
  }
}

/// The format of the rows of an input.
public enum RowFormat: String, CaseIterable, Sendable {
  /// RFC 4180, with column names in the first record.
  case csv
  /// Objects, or strings with numbers, in arrays or consecutive.
  case json
  /// One object, or one string with a number, per line.
  case jsonl
  /// One phone number per line, in the column `to`.
  case lines
  /// vCards, versions 2.1, 3 and 4.
  case vcf
  /// An Excel sheet whose first row names the columns. The code that opens the file converts it to CSV.
  case xlsx

  /// The format for a path's extension; nil if there is none, so that the content decides.
  public init?(path: String) {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    switch name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() {
    case "csv", "tsv": self = .csv
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonl
    case "vcf": self = .vcf
    case "xlsx": self = .xlsx
    default: return nil
    }
  }
}

/// How to read rows, as far as the user specifies it.
public struct RowOptions: Sendable {
  /// The delimiter of a CSV file; nil for the one in its header.
  public var delimiter: UInt8?
  /// A delimiter that the header may have, in addition to the usual ones.
  public var likelyDelimiter: UInt8?
  /// Possible names of the column with the number, to choose between several delimiters in a header.
  public var numberColumns: [String] = []
  /// The column names of a CSV file without a header.
  public var columns: [String]?
  /// Whether a column must hold the text of each message.
  public var hasText = false
  /// Whether a cell is a phone number in the user's notation, possibly without a country code.
  package var isPhoneNumber: @Sendable (String) -> Bool = { _ in false }
  /// The format to assume, for example from the extension, for content that looks like several.
  public var likelyFormat: RowFormat?

  /// Whether only the numbers matter, as in a list of numbers never to send to: then `#` begins a comment, and all
  /// numbers of a vCard count.
  public var isStopList = false
  /// Whether the CSV was converted from a spreadsheet.
  private(set) var isSheet = false

  public init() {}

  /// The same for the CSV that a sheet is converted to.
  var ofSheet: RowOptions {
    var options = self
    options.delimiter = UInt8(ascii: ",")
    options.isSheet = true
    return options
  }

  /// The same for an input that probably has this format; nil if unknown.
  public func likely(_ format: RowFormat?) -> RowOptions {
    var options = self
    options.likelyFormat = format
    return options
  }

  /// Returns the format of an input that begins with these bytes; nil if more are needed.
  ///
  /// `[` begins a JSON array, `BEGIN:VCARD` a vCard, and `{` JSON, with one object per line if the first line is one.
  /// Two quoted strings separated only by space are also JSON. Otherwise, the first line that isn't blank decides: if
  /// it looks like one or more phone numbers, or if there is none, the format is `lines`; anything else is the header
  /// of a CSV file.
  func format(contentStartingWith bytes: [UInt8], isWhole: Bool) -> RowFormat? {
    if delimiter != nil || columns != nil { return .csv }
    let content = bytes.dropFirst(bytes.byteOrderMarkLength).drop {
      $0.isJSONWhitespace || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",")
    }
    if content.first == UInt8(ascii: "[") { return .json }
    guard let end = content.firstIndex(where: \.isLineEnd) ?? (isWhole ? content.endIndex : nil) else { return nil }
    let line = content[..<end]
    if line.starts(with: "BEGIN:VCARD".utf8, by: { $0 & 0xDF == $1 & 0xDF }) { return .vcf }
    if line.first == UInt8(ascii: "{") {
      return (try? JSONValue(parsing: line)) != nil ? .jsonl : likelyFormat ?? .json
    }
    if line.holdsJSONTexts { return .json }
    let text = String(decoding: line, as: UTF8.self)
    if likelyFormat ?? .csv == .csv, holdsOnlyNumbers(text) { return .lines }
    if let likelyFormat { return likelyFormat }
    return text.looksLikeNumber ? .lines : .csv
  }
}

extension RowOptions {
  /// Whether a line is several phone numbers. Digits without a `+` may be something else, so they must be readable.
  fileprivate func holdsOnlyNumbers(_ line: String) -> Bool {
    let parts = line.split { ",;".contains($0) }.map { String($0.drop(while: \.isWhitespace)) }.filter { !$0.isEmpty }
    return parts.count > 1 && parts.allSatisfy { $0.looksLikeNumber && ($0.first == "+" || isPhoneNumber($0)) }
  }
}

extension String {
  /// Whether it only contains characters used in written phone numbers.
  fileprivate var looksLikeNumber: Bool {
    unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "0"..."9", "+", "-", ".", "(", ")", "/": true
      default: scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
      }
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether this line contains several consecutive JSON strings.
  fileprivate var holdsJSONTexts: Bool {
    guard first == UInt8(ascii: "\"") else { return false }
    var parser = JSONParser(Array(self))
    var count = 0
    while let value = try? parser.value(depth: 0), value.text != nil {
      count += 1
      parser.skipWhitespace()
      if parser.next == nil { return count > 1 }
    }
    return false
  }
}

extension UInt8 {
  /// LF or CR.
  var isLineEnd: Bool { self == 0x0A || self == 0x0D }
}
