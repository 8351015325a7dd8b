extension [UInt8] {
  /// 3 where the bytes start with U+FEFF in UTF-8, else 0.
  var byteOrderMarkLength: Int {
    starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The bytes before an offset without a byte order mark at the start, which no editor shows as a column.
  func droppingByteOrderMark(upTo offset: Int) -> ArraySlice<UInt8> {
    self[..<offset].dropFirst(byteOrderMarkLength)
  }
}
