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
  private let options: RowOptions
  private var parser: (any RowParser)?
  /// What arrived before the format was known.
  private var undecided: [UInt8] = []
  private var comments = CommentFilter()

  /// Reads that format or, for nil, the one that the content looks like.
  public init(format: RowFormat? = nil, options: RowOptions = RowOptions()) {
    self.options = options
    if let format { choose(format) }
  }

  /// The columns that all rows have: the header of a CSV, or `to` of lines; nil before the header, and for JSON.
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

  /// The next row; nil while it is incomplete, and after the last one. After an error that is of one row
  /// (`RowError.isOfOneRow`) the rows behind it can be read.
  ///
  /// Nil after `finish` means that the rest of the input was valid.
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

/// Leaves out comments: what follows a `#` that stands first on its line, or behind nothing but a number and a space. The
/// line breaks stay, so that lines keep their numbers.
///
/// Behind a tab it is one only if no other tab follows: it may as well be a field of which others come after it.
private struct CommentFilter: Sendable {
  private enum Place { case start, afterNumber, afterSpace, afterTab, inText, inComment, perhapsInComment }

  private var place = Place.start
  /// How much of a byte order mark at the start has been passed.
  private var marks = 0
  /// What may be a comment.
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
