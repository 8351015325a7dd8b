/// Reads rows of named fields one at a time, from bytes that arrive in pieces of any size.
///
/// It holds one row and the last piece, however long the input is. The code that reads the bytes drives it:
///
///     while true {
///       while let row = try reader.next() { … }
///       if reader.isFinished { break }
///       if let piece = try read() { reader.append(piece) } else { reader.finish() }
///     }
///
/// The input is UTF-8; a byte order mark at its start is skipped. Lines end at LF or CRLF, in CSV also at a bare CR.
public struct RowReader: Sendable {
  /// The most bytes a row may have.
  public static let rowLimit = 1 << 20

  /// Whether the last byte has been appended.
  public private(set) var isFinished = false
  /// How the rows are written; nil until enough bytes have arrived to tell.
  public private(set) var format: RowFormat?
  private var parser: (any RowParser)?
  /// What arrived before the format was known.
  private var undecided: [UInt8] = []

  /// Reads that format or, for nil, the one that the content looks like.
  public init(format: RowFormat?) {
    if let format { choose(format) }
  }

  /// The columns that all rows have: the header of a CSV, or `to` of lines; nil before the header, and for JSON.
  public var columns: ColumnSet? { parser?.columns }

  /// Adds the next bytes of the input.
  public mutating func append(_ piece: some Collection<UInt8>) {
    guard parser == nil else {
      parser?.append(piece)
      return
    }
    undecided += piece
    choose(RowFormat(contentStartingWith: undecided, isWhole: undecided.count > Self.rowLimit))
  }

  /// Marks the end of the input.
  public mutating func finish() {
    isFinished = true
    if parser == nil { choose(RowFormat(contentStartingWith: undecided, isWhole: true)) }
    parser?.finish()
  }

  /// The next row; nil while it is incomplete, and after the last one.
  ///
  /// Nil after `finish` means that the whole input was valid.
  public mutating func next() throws(RowError) -> Row? {
    try parser?.next()
  }

  private mutating func choose(_ format: RowFormat?) {
    guard let format else { return }
    self.format = format
    var parser: any RowParser =
      switch format {
      case .csv: CSVRowParser()
      case .json: JSONArrayRowParser()
      case .jsonl: JSONLinesRowParser()
      case .lines: NumberLinesRowParser()
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

/// How the rows of an input are written.
public enum RowFormat: String, CaseIterable, Sendable {
  /// RFC 4180, with the names of the columns in the first record.
  case csv
  /// One array of objects.
  case json
  /// One object per line.
  case jsonl
  /// One phone number per line, in the column `to`.
  case lines

  /// The format that a path's extension names; nil if it names none, and the content decides.
  public init?(path: String) {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    switch name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() {
    case "csv": self = .csv
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonl
    default: return nil
    }
  }

  /// The format of an input that begins with these bytes; nil if more are needed to tell.
  ///
  /// `[` begins a JSON array, and `{` one object per line. Otherwise the first line that isn't blank decides: if it looks
  /// like a phone number, or if there is none, the format is `lines`; anything else is the header of a CSV.
  init?(contentStartingWith bytes: [UInt8], isWhole: Bool) {
    let content = bytes.dropFirst(bytes.byteOrderMarkLength).drop(while: \.isJSONWhitespace)
    switch content.first {
    case "[": self = .json
    case "{": self = .jsonl
    default:
      guard let end = content.firstIndex(where: \.isLineEnd) ?? (isWhole ? content.endIndex : nil) else { return nil }
      self = String(decoding: content[..<end], as: UTF8.self).looksLikeNumber ? .lines : .csv
    }
  }
}

extension String {
  /// Whether it holds only characters found in written phone numbers.
  fileprivate var looksLikeNumber: Bool {
    unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "0"..."9", "+", "-", ".", "(", ")": true
      default: scalar.properties.isWhitespace
      }
    }
  }
}

extension UInt8 {
  /// LF or CR.
  var isLineEnd: Bool { self == 0x0A || self == 0x0D }
}
