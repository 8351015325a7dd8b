import Platform

/// Judges whether a ledger is still intact, by its lock file, which counts its writes, and by its write-ahead log.
///
/// SQLite silently drops a log from the first bad checksum on, and would thus forget what was sent.
struct LedgerVerifier {
  let path: String
  /// Nil if there is no lock file and none can be created.
  let locks: JobLocks?
  /// Whether the ledger is only read: then it needs no lock file.
  var onlyReads = false

  /// Must be called before SQLite opens the files, as it creates missing ones, and removes the log of an empty
  /// database.
  func requireLedger() throws(LedgerError) {
    guard Files.identity(path)?.size ?? 0 == 0 else { return }
    let hasLog = Files.identity("\(path)-wal")?.size ?? 0 > 0
    guard telling(locks?.record()) == nil, !hasLog else { throw .missingLedger(path) }
  }

  /// Must be called before writing. Returns the ledger's metadata; nil for version 1 or an empty file.
  @discardableResult
  func check(_ database: Database) throws(LedgerError) -> LedgerMetadata? {
    // The order matters: to create a ledger, the lock file is written first, then the mark; later, the ledger is
    // written before the lock file.
    let isMarked = database.isMarked
    let lock = locks?.record()
    guard lock != nil || !isMarked || onlyReads else { throw .missingLock(lockPath) }
    try requireWhole(database)
    let record = telling(lock)
    let version = try database.requireOurs(path)
    let stamp = version >= LedgerSchema.firstWithStamp ? try database.stamp(version) : nil
    if let record {
      guard let stamp else { throw .lostWrites(record.writes, path) }
      guard record.ledger == stamp.id else { throw .otherLedger(path) }
      guard record.writes <= stamp.writes else { throw .lostWrites(record.writes - stamp.writes, path) }
      guard record.writes < stamp.writes else { return stamp }
    }
    try checkLog(database, hasRecord: record != nil)
    return stamp
  }

  func believes(_ database: Database) -> Bool {
    do throws(LedgerError) {
      try check(database)
      return true
    } catch {
      return false
    }
  }

  /// SQLite takes the size of the file from the log, which doesn't show whether the file was cut. The file is also
  /// too short if a run was killed while it wrote the log back; but then the log has all that is missing.
  private func requireWhole(_ database: Database) throws(LedgerError) {
    guard let header = DatabaseHeader(of: database), header.size > Files.identity(path)?.size ?? 0 else { return }
    guard try database.texts("PRAGMA quick_check(1)") == ["ok"] else { throw .cut(path) }
  }

  /// A record without writes is from a ledger that was still empty.
  private func telling(_ record: LockRecord?) -> LockRecord? { record.flatMap { $0.writes > 0 ? $0 : nil } }

  private var lockPath: String { locks?.path ?? "\(path.dropLast(3))lock" }

  /// Looks for transactions after a damaged part. With a lock file, one of them may be what a power failure left of
  /// the last, which had not taken effect yet.
  private func checkLog(_ database: Database, hasRecord: Bool) throws(LedgerError) {
    let innocent = hasRecord ? 1 : 0
    guard WriteAheadLog.lostTransactions("\(path)-wal") > innocent else { return }
    // A process may have been writing to it. Now none can.
    if database.isWritable { try database.execute("BEGIN IMMEDIATE") }
    defer { if database.isWritable { try? database.execute("ROLLBACK") } }
    guard WriteAheadLog.lostTransactions("\(path)-wal") <= innocent else { throw .damagedLog("\(path)-wal") }
  }
}

/// What a ledger records about itself.
struct LedgerMetadata: Hashable {
  /// Its own random id, in hexadecimal.
  var id: String
  /// The number of writes so far.
  var writes: Int
  /// The mark of its file when it was created or last trusted; empty if it was seen elsewhere since.
  var file: String?

  /// Whether the file is a different one than recorded.
  func isMoved(to mark: FileMark?) -> Bool { file.map { mark?.matches($0) != true } ?? false }
}

extension Database {
  /// Reads the metadata of a ledger with that version; throws if it is damaged.
  func stamp(_ version: Int = LedgerSchema.migrations.count) throws(LedgerError) -> LedgerMetadata {
    let isWhole = version >= LedgerSchema.firstWithSums ? DigestedTable.ledger.isWhole() : "1"
    let select = try prepare("SELECT hex(id) AS id, writes, file, " + isWhole + " AS is_whole FROM ledger")
    guard try select.next(), select.int("is_whole") == 1, let id = select.text("id"), let writes = select.int("writes")
    else { throw .damagedTable(DigestedTable.ledger.name) }
    return LedgerMetadata(id: id, writes: writes, file: select.text("file"))
  }

  /// Returns the version of a ledger that this program can use, 0 for an empty file.
  ///
  /// Judged by its header; files of version 1 have no mark there, but have tables with our names.
  func requireOurs(_ path: String) throws(LedgerError) -> Int {
    if try number("PRAGMA application_id") == LedgerSchema.applicationID { return try knownVersion }
    try execute("BEGIN")
    defer { try? execute("COMMIT") }
    let mark = try number("PRAGMA application_id")
    if mark == LedgerSchema.applicationID { return try knownVersion }
    let version = try number("PRAGMA user_version")
    let tables = Set(try texts("SELECT name FROM sqlite_schema WHERE type = 'table'"))
    let isEmpty = version == 0 && tables.isEmpty
    guard mark == 0, isEmpty || version == 1 && tables.isSuperset(of: ["job", "message"]) else { throw .foreign(path) }
    return version
  }

  private var knownVersion: Int {
    get throws(LedgerError) {
      let version = try number("PRAGMA user_version")
      guard 1...LedgerSchema.migrations.count ~= version else { throw .otherSchema(version) }
      return version
    }
  }

  private func number(_ sql: String) throws(LedgerError) -> Int { try numbers(sql).first ?? 0 }
}

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
