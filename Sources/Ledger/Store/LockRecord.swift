/// The content of `ledger.lock`: which ledger it belongs to, and how many writes that had when it was last written.
///
/// It is written after each write to the ledger. So it may be behind the ledger, by an interrupted write or by what a
/// power failure undid; a ledger that is behind it has lost writes.
struct LockRecord: Hashable {
  /// The maximum size of a record, in bytes.
  static let mostBytes = 128

  /// The ledger's own random id, in hexadecimal.
  var ledger: String
  /// The number of writes to the ledger so far.
  var writes: Int
  /// The mark of the lock file that it was written to, as a copy is not a lock.
  var file: String

  init(ledger: String, writes: Int, file: String) {
    (self.ledger, self.writes, self.file) = (ledger, writes, file)
  }

  /// A line of words; the last one is a digest, which shows whether the line is complete.
  var bytes: [UInt8] {
    let line = line
    return Array("\(line) \(Self.digest(line))\n".utf8)
  }

  private var line: String { "sms-ledger \(ledger) \(writes) \(file)" }

  /// Nil for anything but the output of `bytes`.
  init?(_ bytes: [UInt8]) {
    let words = bytes.prefix { $0 != UInt8(ascii: "\n") }.split(separator: UInt8(ascii: " "))
      .map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 5, let writes = Int(words[2]) else { return nil }
    self.init(ledger: words[1], writes: writes, file: words[3])
    guard bytes.starts(with: self.bytes) else { return nil }
  }

  private static func digest(_ line: String) -> String {
    var digest = FieldDigest()
    digest.add(line)
    return String(digest.value, radix: 16)
  }
}
