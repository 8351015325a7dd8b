import Platform

/// The ledger's files as they were when it was opened: where another file takes the place of one, writing would be for
/// nothing.
struct LedgerFiles {
  let path: String
  private let database: FileIdentity?
  private let log: FileIdentity?
  /// The index of the log, which all processes share. Two that have an index each would write over each other's frames.
  private let index: FileIdentity?
  /// Bytes of the index at least: of what is cut off, the process would die (SIGBUS), as it is mapped into memory.
  private let indexSize: Int64
  /// Bytes of both after the last write.
  private var sizes: (database: Int64, log: Int64)

  /// Notes which files they are; the write-ahead log is there once the database has been read.
  init(path: String) {
    self.path = path
    let (database, log) = (Files.identity(path), Files.identity("\(path)-wal"))
    let index = Files.identity("\(path)-shm")
    (self.database, self.log, self.index) = (database?.file, log?.file, index?.file)
    indexSize = index?.size ?? 0
    sizes = (database?.size ?? 0, log?.size ?? 0)
  }

  /// Throws where a path leads to another file by now, or to none; and where one was cut.
  func requireInPlace() throws(LedgerError) {
    let (database, log) = (Files.identity(path), Files.identity("\(path)-wal"))
    guard database?.file == self.database else { throw .replaced(path) }
    guard self.log == nil || log?.file == self.log else { throw .replaced("\(path)-wal") }
    if let index {
      let now = Files.identity("\(path)-shm")
      guard now?.file == index, now?.size ?? 0 >= indexSize else { throw .replaced("\(path)-shm") }
    }
    // SQLite would remove the log of an empty database.
    guard database?.size ?? 0 > 0 || sizes.database == 0 else { throw .replaced(path) }
    if database?.size ?? 0 < sizes.database || log?.size ?? 0 < sizes.log { try requireReadable() }
  }

  /// Notes how long they are after a write.
  mutating func noteWrite() {
    sizes = (Files.identity(path)?.size ?? 0, Files.identity("\(path)-wal")?.size ?? 0)
  }

  /// Another program may have written the log back, or made the database smaller, without losing anything.
  private func requireReadable() throws(LedgerError) {
    do throws(LedgerError) {
      let database = try Database(path: path, .existing)
      database.keepLogOnClose(true)
      if try database.texts("PRAGMA quick_check(1)") == ["ok"] { return }
    } catch {}
    throw .replaced(path)
  }
}
