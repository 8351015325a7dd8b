import Messaging
import Platform
import TestSupport
import Testing

@testable import Ledger

/// State files that look unusual for innocent reasons: nobody is told that they are damaged.
@Suite(.ownThread) struct SoundStateTests {
  private static let killed = ["accepted", "unknown", "unknown", "planned", "planned", "planned"]

  @Test("Killed at any moment, it goes on", arguments: [true, false])
  func killed(isOld: Bool) throws {
    try withState { folder in
      try leaveKilled(folder, isOld: isOld)
      for _ in 0..<2 { #expect(try ledger(folder).statuses("spring") == Self.killed) }
      #expect(try ledger(folder).reopen("spring").word == "again")
    }
  }

  @Test("A lock file that is older than the ledger is brought up to date")
  func lockBehind() throws {
    try withState { folder in
      try leaveKilled(folder)
      let path = "\(folder)/ledger.lock"
      try setLock(of: folder, behind: 3)
      #expect(try ledger(folder).statuses("spring") == Self.killed)
      try #require(try ledger(folder).reopen("spring").job).claim(4)
      let writes = try ledger(folder).database.stamp().writes
      #expect(LockRecord(try contents(path))?.writes == writes)
    }
  }

  @Test("Killed at any moment while a ledger is made, it is made by the next run", arguments: 0..<4)
  func halfMade(step: Int) throws {
    try withState { folder in
      try Files.makeFolders(folder)
      let path = "\(folder)/ledger.db"
      try Files.keepPrivate(path)
      let locks = try JobLocks(folder: folder, canWrite: true)
      do {
        let database = try Database(path: path)
        database.keepLogOnClose(true)
        if step > 0 { try database.execute("PRAGMA journal_mode = WAL") }
        if step > 1 { try database.migrate(file: Files.mark(path)) }
        if step > 2 { locks.adopt(ledger: try database.stamp().id, writes: 0) }
        #expect(!database.isMarked)
      }
      let ledger = try ledger(folder)
      #expect(ledger.database.isMarked)
      #expect(try ledger.begin("spring").rows(.planned) == [1, 2, 3])
      #expect(try Ledger.examine(folder: folder).distrust == nil)
    }
  }

  @Test("A transaction that was never finished, and what was written over its beginning, are no damage")
  func unfinishedTransaction() throws {
    try withState { folder in
      try leaveKilled(folder)
      let path = "\(folder)/ledger.db"
      let frames = try contents("\(path)-wal").count
      for rows in [400, 40] {
        let database = try Database(path: path)
        database.keepLogOnClose(true)
        // Pages that find no room in memory are in the log before the transaction is over.
        try database.execute("PRAGMA cache_size = 4; BEGIN; CREATE TABLE note (text TEXT)")
        for _ in 0..<rows { try database.execute("INSERT INTO note VALUES (hex(randomblob(2000)))") }
      }
      #expect(try contents("\(path)-wal").count > frames + 100_000)
      #expect(WriteAheadLog.lostTransactions("\(path)-wal") == 0)
      for round in 1...2 {
        try setLock(of: folder, behind: 1)
        let ledger = try ledger(folder)
        ledger.database.keepLogOnClose(true)
        #expect(try ledger.statuses("spring") == Self.killed)
        try ledger.begin("autumn\(round)", Plan(first: 50)).claim(1)
      }
      #expect(WriteAheadLog.lostTransactions("\(path)-wal") == 0)
    }
  }

  @Test("What is left in a log from before it was begun anew is no damage")
  func begunAnew() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      let job = try ledger.begin("spring", Plan(count: 200))
      for row in 1...40 { try job.claim(row) }
      try ledger.database.execute("PRAGMA wal_checkpoint(RESTART)")
      for row in 41...45 { try job.claim(row) }
      #expect(WriteAheadLog.lostTransactions("\(ledger.path)-wal") == 0)
      try setLock(of: folder, behind: 1)
      #expect(try Ledger(folder: folder) { noon }.statuses("spring").count == 200)
      _ = job
    }
  }

  @Test("What a power cut left of the last write, of which nothing had come yet, is no damage")
  func powerCut() throws {
    try withState { folder in
      try leaveKilled(folder)
      let (lock, log) = ("\(folder)/ledger.lock", "\(folder)/ledger.db-wal")
      let bytes = try contents(log)
      // Row 3 had not left yet: the lock file does not know of it.
      try setLock(of: folder, behind: 1)
      let record = try contents(lock)
      for cut in [Array(bytes.dropLast(1)), bytes.flipped(at: bytes.count - 2000)] {
        try overwrite(lock, record)
        try overwrite(log, cut)
        let ledger = try ledger(folder)
        ledger.database.keepLogOnClose(true)
        #expect(try ledger.statuses("spring") == ["accepted", "unknown"] + Array(repeating: "planned", count: 4))
      }
    }
  }

  @Test("Many who write at once are all counted, and none of them is told of damage")
  func allAtOnce() throws {
    try withState { folder in
      let ledgers = try (0..<4).map { _ in try ledger(folder) }
      let jobs = try ledgers.enumerated().map { try $1.begin("job\($0)", Plan(count: 50, first: 100 * $0)) }
      for row in 1...50 {
        for job in jobs { try job.claim(row) }
        _ = try ledger(folder)
      }
      let writes = try ledgers[0].database.stamp().writes
      #expect(writes == 4 + 200)
      #expect(LockRecord(try contents("\(folder)/ledger.lock"))?.writes == writes)
    }
  }

  @Test("A ledger of version 1 becomes one of today, with its unfinished job")
  func versionOne() throws {
    try withState { folder in
      try Files.makeFolders(folder)
      let path = "\(folder)/ledger.db"
      let database = try Database(path: path)
      database.keepLogOnClose(true)
      try database.execute("PRAGMA journal_mode = WAL; \(LedgerSchema.migrations[0]); PRAGMA user_version = 1")
      try database.execute(
        """
        INSERT INTO job (command, name, is_named, provider, input, options, created_at, planned, sending)
          VALUES ('bulk', 'spring', 1, 'smsit', 'x', '{}', 5, 1, 1);
        INSERT INTO message (key, recipient, body, status, left_at)
          VALUES (4294967297, '+15550100001', 'a', 'sending', 5);
        INSERT INTO message (key, recipient, body, status) VALUES (4294967298, '+15550100002', 'b', 'planned');
        """)
      #expect(try ledger(folder).statuses("spring") == ["unknown", "planned"])
      #expect(try ledger(folder).database.numbers("PRAGMA user_version") == [LedgerSchema.migrations.count])
    }
  }

  /// Leaves the lock file as it was before the last writes.
  private func setLock(of folder: String, behind writes: Int) throws {
    let path = "\(folder)/ledger.lock"
    var record = try #require(LockRecord(try contents(path)))
    record.writes -= writes
    try overwrite(path, record.bytes)
  }
}
