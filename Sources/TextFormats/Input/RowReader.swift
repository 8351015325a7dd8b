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
