import TextFormats

extension RowReader {
  /// All rows of an input that arrives in pieces of that many bytes.
  static func rows(
    of bytes: some Collection<UInt8>, format: RowFormat?, pieces: Int = 1 << 16
  ) throws(RowError) -> [Row] {
    var reader = RowReader(format: format)
    var rest = Array(bytes)[...]
    var rows: [Row] = []
    while true {
      while let row = try reader.next() { rows.append(row) }
      if reader.isFinished { return rows }
      if rest.isEmpty { reader.finish() } else { reader.append(rest.prefix(pieces)) }
      rest = rest.dropFirst(pieces)
    }
  }
}
