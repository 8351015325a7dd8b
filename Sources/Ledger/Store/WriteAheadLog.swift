import Platform

/// What a write-ahead log contains after the part that SQLite trusts ("WAL-Reset", "Checksum Algorithm" in
/// https://www.sqlite.org/fileformat2.html#the_write_ahead_log).
///
/// SQLite reads frames as long as their salts and checksums match. What follows may be from before the log was
/// restarted, with other salts, or from an unfinished transaction, without a last frame. A complete transaction with
/// the current salts was written, and is lost.
enum WriteAheadLog {
  private static let headerSize = 32
  private static let frameHeaderSize = 24

  /// Returns the number of transactions that are complete but follow damage; 0 if there is no log.
  ///
  /// A log that is being written to may seem to have some.
  static func lostTransactions(_ path: String) -> Int {
    guard let file = try? Files.openForReading(path) else { return 0 }
    defer { file.close() }
    return (try? lostTransactions(file)) ?? 0
  }

  private static func lostTransactions(_ file: FileDescriptor) throws(SystemError) -> Int {
    let header = try file.read(upTo: headerSize, at: 0)
    // A power failure can leave a file without content.
    guard header.count == headerSize, header.contains(where: { $0 != 0 }) else { return 0 }
    guard let log = LogHeader(header) else { return .max }
    let size = frameHeaderSize + log.pageSize
    var (believed, before, lost) = (true, log.checksum, 0)
    var offset = headerSize
    while case let frame = try file.read(upTo: size, at: offset), frame.count == size {
      offset += size
      guard frame[8..<16] == log.salts else {
        believed = false
        continue
      }
      let stored = Checksum(frame.word(16), frame.word(20))
      let isWhole = log.checksum(of: frame, after: before) == stored
      believed = believed && isWhole
      // The last frame of a transaction gives the size of the database in pages.
      if !believed, isWhole, frame.word(4) != 0 { lost += 1 }
      before = stored
    }
    return lost
  }
}

private struct Checksum: Equatable {
  var first: UInt32
  var second: UInt32

  init(_ first: UInt32, _ second: UInt32) {
    (self.first, self.second) = (first, second)
  }

  /// Adds words of either byte order, two at a time.
  mutating func add(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) {
    bytes.withUnsafeBytes { bytes in
      for offset in stride(from: 0, to: bytes.count & ~7, by: 8) {
        let words = (
          bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self),
          bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
        )
        first &+= (isBigEndian ? UInt32(bigEndian: words.0) : UInt32(littleEndian: words.0)) &+ second
        second &+= (isBigEndian ? UInt32(bigEndian: words.1) : UInt32(littleEndian: words.1)) &+ first
      }
    }
  }
}

private struct LogHeader {
  let pageSize: Int
  let salts: ArraySlice<UInt8>
  let checksum: Checksum
  private let isBigEndian: Bool

  /// Nil if it is damaged.
  init?(_ bytes: [UInt8]) {
    guard bytes.word(0) & ~1 == 0x377F_0682 else { return nil }
    isBigEndian = bytes.word(0) & 1 == 1
    pageSize = Int(bytes.word(8))
    salts = bytes[16..<24]
    var sum = Checksum(0, 0)
    sum.add(bytes[..<24], isBigEndian: isBigEndian)
    checksum = sum
    guard sum == Checksum(bytes.word(24), bytes.word(28)), 512...65_536 ~= pageSize else { return nil }
  }

  func checksum(of frame: [UInt8], after before: Checksum) -> Checksum {
    var sum = before
    sum.add(frame[..<8], isBigEndian: isBigEndian)
    sum.add(frame[24...], isBigEndian: isBigEndian)
    return sum
  }
}

extension [UInt8] {
  /// The big-endian number at an offset.
  fileprivate func word(_ offset: Int) -> UInt32 {
    self[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
