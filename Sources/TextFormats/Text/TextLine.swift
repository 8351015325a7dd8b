extension [UInt8] {
  /// The line that a position is on, for showing it: without its line break and a byte order mark.
  public func line(at position: TextPosition) -> ArraySlice<UInt8> {
    let lines = dropFirst(byteOrderMarkLength).split(separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.indices.contains(position.line - 1) else { return [] }
    let line = lines[position.line - 1]
    return line.last == 0x0D ? line.dropLast() : line
  }
}
