/// Reads rows of named fields one at a time, from bytes that arrive in pieces of any size.
///
/// It holds one row and the last piece, however long the input is. Whoever reads the bytes drives it:
///
///     while true {
///       while let row = try reader.next() { … }
///       if reader.isFinished { break }
///       if let piece = try read() { reader.append(piece) } else { reader.finish() }
///     }
///
/// The input is UTF-8; a byte order mark at its start is skipped. Lines end at LF or CRLF, in CSV also at a bare CR.
public struct RowReader: Sendable {
  /// A row that is not whole after this many bytes is refused.
  public static let rowLimit = 1 << 20

  /// Whether the last byte has been appended.
  public private(set) var isFinished = false
  /// How the rows are written; nil until enough has arrived to tell.
  public private(set) var format: RowFormat?
  private var parser: (any RowParser)?
  /// What arrived while the format was not known.
  private var undecided: [UInt8] = []

  /// Reads that format, or for nil the one that the content looks like.
  public init(format: RowFormat?) {
    if let format { choose(format) }
  }

  /// The columns that all rows have: those of a CSV's header, `to` of lines; nil before the header, and for JSON.
  public var columns: ColumnSet? { parser?.columns }

  /// Adds the bytes that follow those appended before.
  public mutating func append(_ piece: some Collection<UInt8>) {
    guard parser == nil else {
      parser?.append(piece)
      return
    }
    undecided += piece
    choose(RowFormat(contentStartingWith: undecided, isWhole: undecided.count > Self.rowLimit))
  }

  /// Says that no more bytes follow.
  public mutating func finish() {
    isFinished = true
    if parser == nil { choose(RowFormat(contentStartingWith: undecided, isWhole: true)) }
    parser?.finish()
  }

  /// The next row; nil while it has not arrived whole, and for good after the last one.
  ///
  /// That the input is whole and sound is certain when nil comes after `finish`.
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

/// What `RowReader` needs of the reader of one format.
protocol RowParser: Sendable {
  var columns: ColumnSet? { get }
  mutating func append(_ piece: some Collection<UInt8>)
  mutating func finish()
  mutating func next() throws(RowError) -> Row?
}
