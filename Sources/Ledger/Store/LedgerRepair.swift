import Platform

extension Ledger {
  /// Believes a ledger as it is from now on, whatever was lost; what unfinished jobs still had to send becomes `unknown`, as
  /// it may have been sent. The number of these messages.
  ///
  /// Fails where another process works on a job, where the database is damaged, and where there is none of ours.
  public static func repair(folder: String) throws(LedgerError) -> Int {
    let path = path(in: folder)
    do throws(LedgerError) {
      let locks: JobLocks
      do { locks = try JobLocks(folder: folder, canWrite: true) } catch { throw .unusable(error, folder: folder) }
      guard locks.isFolderFree else { throw .lockReplaced(locks.path) }
      let database = try Database(path: path, .existing)
      // What could not be read again is not kept either.
      guard try database.requireOurs(path) > 0, try database.texts("PRAGMA quick_check(1)") == ["ok"] else {
        throw .beyondRepair(path)
      }
      try database.execute(LedgerSchema.connection)
      try database.migrate(inode: LedgerFiles(path: path).inode)
      let record = locks.record()
      let messages = try database.transaction { () throws(LedgerError) in
        try database.settleIn(writes: record?.writes ?? 0, inode: LedgerFiles(path: path).inode)
        return try database.doubtUnfinished()
      }
      let stamp = try database.stamp()
      locks.adopt(ledger: stamp.id, writes: stamp.writes, replacing: true)
      return messages
    } catch {
      throw error.inside(path)
    }
  }
}

extension Database {
  fileprivate func settleIn(writes: Int, inode: Int?) throws(LedgerError) {
    let sql = "UPDATE ledger SET writes = max(writes, :writes) + 1, inode = :inode"
    try run(sql, [":writes": writes, ":inode": inode])
  }

  fileprivate func doubtUnfinished() throws(LedgerError) -> Int {
    var messages = 0
    for job in try numbers(JobSQL.unfinished) {
      messages += try run(JobSQL.doubt, [":job": job])
      try run(JobSQL.recount, [":job": job])
    }
    return messages
  }
}
