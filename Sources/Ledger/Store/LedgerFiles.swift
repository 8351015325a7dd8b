import Platform

/// The ledger's files at the time of opening: if one of them is replaced, further writes would be lost.
struct LedgerFiles {
  let path: String
  private let database: FileIdentity?
  private let log: FileIdentity?
  /// The index of the log, which all processes share. With separate indexes, they would overwrite each other's frames.
  private let index: FileIdentity?
  /// The minimum size of the index in bytes: it is mapped into memory, so the process would die (SIGBUS) if it shrank.
  private let indexSize: Int64
  /// The sizes of both, in bytes, after the last write.
  private var sizes: (database: Int64, log: Int64)

  /// Records which files they are; the write-ahead log exists once the database has been read.
  init(path: String) {
    self.path = path
    let (database, log) = (Files.identity(path), Files.identity("\(path)-wal"))
    let index = Files.identity("\(path)-shm")
    (self.database, self.log, self.index) = (database?.file, log?.file, index?.file)
    indexSize = index?.size ?? 0
    sizes = (database?.size ?? 0, log?.size ?? 0)
  }

  /// Throws if a path now leads to another file or none, or if a file was truncated.
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

  /// Records the sizes of the files after a write.
  mutating func noteWrite() {
    sizes = (Files.identity(path)?.size ?? 0, Files.identity("\(path)-wal")?.size ?? 0)
  }

  /// Another program may have written the log back, or shrunk the database, without losing anything.
  private func requireReadable() throws(LedgerError) {
    do throws(LedgerError) {
      let database = try Database(path: path, .existing)
      database.keepLogOnClose(true)
      if try database.texts("PRAGMA quick_check(1)") == ["ok"] { return }
    } catch {}
    throw .replaced(path)
  }
}
