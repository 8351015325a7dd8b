import Platform

/// The ledger's files as they were when it was opened: where another file takes the place of one, writing would be for
/// nothing.
struct LedgerFiles {
  let path: String
  private let database: FileIdentity?
  private let log: FileIdentity?
  /// Bytes of the log after the last write.
  private var logSize: Int64 = 0

  /// Notes which files they are; the write-ahead log is there once the database has been read.
  init(path: String) {
    self.path = path
    database = Files.identity(path)?.file
    (log, logSize) = Files.identity("\(path)-wal").map { ($0.file, $0.size) } ?? (nil, 0)
  }

  /// The inode of the database; nil where it is gone.
  var inode: Int? { database.map { Int(truncatingIfNeeded: $0.inode) } }

  /// Throws where a path leads to another file by now, or to none; and where the log was cut.
  func requireInPlace() throws(LedgerError) {
    guard Files.identity(path)?.file == database else { throw .replaced(path) }
    guard let log else { return }
    let now = Files.identity("\(path)-wal")
    guard now?.file == log else { throw .replaced("\(path)-wal") }
    if (now?.size ?? 0) < logSize { try requireReadable() }
  }

  /// Notes how long the log is after a write.
  mutating func noteWrite() {
    logSize = Files.identity("\(path)-wal")?.size ?? 0
  }

  /// Another program may have written the log back and cut it: then all of it is in the database.
  private func requireReadable() throws(LedgerError) {
    do throws(LedgerError) {
      let database = try Database(path: path, .existing)
      database.keepLogOnClose(true)
      if try database.texts("PRAGMA quick_check(1)") == ["ok"] { return }
    } catch {}
    throw .replaced("\(path)-wal")
  }
}
