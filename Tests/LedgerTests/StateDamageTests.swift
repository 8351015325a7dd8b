import Messaging
import Platform
import TestSupport
import Testing
import TextFormats

@testable import Ledger

/// After a kill the truth is in the log: whatever happens to the state files then, nothing of it is forgotten unnoticed.
@Suite(.ownThread) struct StateDamageTests {
  static let damages = [
    Damage("log removed", "ledger.db-wal") { _ in nil },
    Damage("log emptied", "ledger.db-wal") { _ in [] },
    Damage("log cut in its header", "ledger.db-wal") { Array($0.prefix(20)) },
    Damage("log cut in a frame", "ledger.db-wal") { Array($0.dropLast(1)) },
    Damage("log cut at a frame", "ledger.db-wal") { Array($0.prefix(32 + 4120)) },
    Damage("log of zeros", "ledger.db-wal") { $0.map { _ in 0 } },
    Damage("log of another ledger") { folder, other in
      try overwrite("\(folder)/ledger.db-wal", try contents("\(other)/ledger.db-wal"))
    },
    Damage("lock removed", "ledger.lock") { _ in nil },
    Damage("lock emptied", "ledger.lock") { _ in [] },
    Damage("lock damaged", "ledger.lock") { $0.flipped(at: 15) },
    Damage("log and lock removed") { folder, _ in
      for name in ["ledger.db-wal", "ledger.lock"] { try Files.remove("\(folder)/\(name)") }
    },
    Damage("all but the ledger removed") { folder, _ in
      for name in ["ledger.db-wal", "ledger.db-shm", "ledger.lock"] { try? Files.remove("\(folder)/\(name)") }
    },
    Damage("ledger removed", "ledger.db") { _ in nil },
    Damage("ledger emptied", "ledger.db") { _ in [] },
    Damage("ledger and log removed") { folder, _ in
      for name in ["ledger.db", "ledger.db-wal"] { try Files.remove("\(folder)/\(name)") }
    },
    Damage("another ledger") { folder, other in
      for name in ["ledger.db", "ledger.db-wal"] {
        try overwrite("\(folder)/\(name)", try contents("\(other)/\(name)"))
      }
    },
    Damage("database of another program") { folder, _ in
      try Files.remove("\(folder)/ledger.db-wal")
      try Files.remove("\(folder)/ledger.db")
      let database = try Database(path: "\(folder)/ledger.db")
      try database.execute("CREATE TABLE job (id); CREATE TABLE message (id); PRAGMA application_id = 77")
    },
  ]

  @Test("Damage is refused with 10, left as it is, and explained", arguments: damages, [true, false])
  func refused(damage: Damage, isOld: Bool) throws {
    try withTwoStates { folder, other in
      try leaveKilled(other, isOld: isOld)
      try leaveKilled(folder, isOld: isOld)
      try damage.strike(folder, other)
      let (log, database) = (left("\(folder)/ledger.db-wal"), left("\(folder)/ledger.db"))
      for _ in 0..<2 {
        let error = #expect(throws: LedgerError.self) { try ledger(folder) }
        #expect(error?.exitCode == .io && error?.isDamage == true && error?.hint == "run: sms doctor")
      }
      #expect(left("\(folder)/ledger.db-wal") == log)
      #expect(left("\(folder)/ledger.db") == database)
      #expect(isExplained(folder))
    }
  }

  /// The bytes of a file, which SQLite may make anew and empty.
  private func left(_ path: String) -> [UInt8] { (try? contents(path)) ?? [] }

  private func isExplained(_ folder: String) -> Bool {
    do {
      let condition = try Ledger.examine(folder: folder)
      return condition.distrust != nil || !condition.damages.isEmpty
    } catch {
      return error.isDamage
    }
  }

  @Test("Whichever byte of the log changes, nothing that was claimed is planned again", arguments: [true, false])
  func everyFrame(isOld: Bool) throws {
    try withState { folder in
      try leaveKilled(folder, isOld: isOld)
      let path = "\(folder)/ledger.db-wal"
      let log = try contents(path)
      var offsets = [0, 5, 9, 17, 30]
      for frame in stride(from: 32, to: log.count, by: 4120) {
        offsets += [1, 7, 9, 20, 24, 2000].map { frame + $0 }
      }
      for offset in offsets {
        try overwrite(path, log.flipped(at: offset))
        let statuses = try? ledger(folder).statuses("spring")
        #expect(statuses == nil, "byte \(offset) of \(log.count)")
      }
    }
  }

  @Test("An older copy of the ledger is refused, although it is sound")
  func restored() throws {
    try withState { folder in
      _ = try ledger(folder).begin("spring")
      let old = try contents("\(folder)/ledger.db")
      try #require(try ledger(folder).reopen("spring").job).claim(1)
      try overwrite("\(folder)/ledger.db", old)
      #expect(throws: LedgerError.lostWrites(2, "\(folder)/ledger.db")) { try ledger(folder) }
    }
  }

  private static let files = ["ledger.db", "ledger.db-wal", "ledger.lock"]

  /// Copies files of a ledger to another folder, where they are made anew.
  private func copy(_ names: [String] = files, from folder: String, to other: String) throws {
    try Files.makeFolders(other)
    for name in names { try Files.replace("\(other)/\(name)", try contents("\(folder)/\(name)")) }
  }

  @Test("A copy of the whole folder can be read; no job goes on or begins before it is trusted")
  func copied() throws {
    try withTwoStates { folder, other in
      try leaveKilled(folder)
      try copy(from: folder, to: other)
      for _ in 0..<2 {
        let ledger = try ledger(other)
        #expect(try ledger.statuses("spring") == ["accepted", "unknown", "unknown", "planned", "planned", "planned"])
        let error = #expect(throws: LedgerError.self) { try ledger.reopen("spring") }
        #expect(error?.isDamage == true && error?.message.contains("'spring'") == true)
      }
      #expect(throws: LedgerError.self) { try ledger(other).begin("autumn", Plan(first: 50)) }
      #expect(try Ledger.examine(folder: other).unfinished.map(\.name).contains("spring"))
      #expect(try Ledger.repair(folder: other) == 4)
      try ledger(other).begin("autumn", Plan(first: 50)).claim(1)
    }
  }

  @Test("Put back as it was before a job was begun, it doesn't take the job for a new one")
  func putBackWithoutTheJob() throws {
    try withTwoStates { folder, other in
      try run(ledger(folder), 1).claim(1)
      try copy(from: folder, to: other)
      try leaveKilled(folder)
      for name in Self.files { try Files.remove("\(folder)/\(name)") }
      try copy(from: other, to: folder)
      let moved = LedgerError.moved("\(folder)/ledger.db", job: nil)
      for _ in 0..<2 { #expect(throws: moved) { try ledger(folder).begin("spring", Plan(count: 6)) } }
      #expect(try Ledger.examine(folder: folder).distrust == moved)
      try run(ledger(folder), 1).claim(1)
      #expect(try Ledger.repair(folder: folder) == 0)
      #expect(try ledger(folder).begin("spring").rows(.planned) == [1, 2, 3])
    }
  }

  @Test(
    "A copy of the ledger alone, or of it and its log, is refused", arguments: [["ledger.db"], Array(files.prefix(2))])
  func copiedInPart(names: [String]) throws {
    try withTwoStates { folder, other in
      try leaveKilled(folder, isOld: false)
      try copy(names, from: folder, to: other)
      #expect(throws: LedgerError.missingLock("\(other)/ledger.lock")) { try ledger(other) }
    }
  }

  @Test("Files that were put back by others with the same inodes, or one of them, are a copy", arguments: files)
  func putBack(name: String) throws {
    try withState { folder in
      try leaveKilled(folder)
      // As if the file that was put back had got the inode of the one that was removed.
      let path = "\(folder)/\(name)"
      let mark = try #require(Files.mark(path))
      let other = FileMark(inode: mark.inode, birth: (mark.birth ?? 0) - 1).text
      if name == "ledger.lock" {
        var record = try #require(LockRecord(try contents(path)))
        record.file = other
        try overwrite(path, record.bytes)
      } else {
        let database = try Database(path: "\(folder)/ledger.db")
        database.keepLogOnClose(true)
        try database.setFile(other)
      }
      for _ in 0..<2 {
        #expect(throws: LedgerError.moved("\(folder)/ledger.db", job: "spring")) { try ledger(folder).reopen("spring") }
        #expect(try Ledger.examine(folder: folder).distrust == .moved("\(folder)/ledger.db", job: "spring"))
      }
      #expect(try Ledger.repair(folder: folder) == 4)
      #expect(try ledger(folder).reopen("spring").word == "again")
      #expect(Set(try ledger(folder).statuses("spring")) == ["accepted", "unknown"])
    }
  }

  @Test("What is over in a copy can be looked at, but not sent again")
  func copiedWhenDone() throws {
    try withTwoStates { folder, other in
      let job = try ledger(folder).begin("spring", Plan(count: 1))
      try job.claim(1)
      try job.settle(.unknown, 1)
      try copy(from: folder, to: other)
      let again = try #require(try ledger(other).reopen("spring").job)
      #expect(try again.replanUnknown() == 1)
      #expect(throws: LedgerError.moved("\(other)/ledger.db", job: "spring")) { try again.claim(1) }
    }
  }

  @Test("Once repaired, nothing is sent that may have been sent, and what was done is known as far as it is left")
  func repaired() throws {
    try withState { folder in
      try leaveKilled(folder)
      let path = "\(folder)/ledger.db-wal"
      let log = try contents(path)
      try overwrite(path, log.flipped(at: log.count - 2000))
      #expect(throws: LedgerError.self) { try ledger(folder) }
      // The row of the other job, and what 'spring' still had to send as far as is known.
      #expect(try Ledger.repair(folder: folder) > 3)
      let next = try ledger(folder)
      let statuses = try next.statuses("spring")
      #expect(Set(statuses).isSubset(of: ["accepted", "unknown"]), "\(statuses)")
      #expect(try next.record("spring")?.counts == (try next.recount("spring")))
      #expect(try next.reopen("spring").job?.rows(.planned).isEmpty == true)
      #expect(try Ledger.examine(folder: folder).distrust == nil)
    }
  }

  @Test("A ledger of which nothing is left can't be repaired; moved away, it makes room for a new one")
  func beyondRepair() throws {
    try withState { folder in
      try leaveKilled(folder)
      try Files.remove("\(folder)/ledger.db")
      #expect(throws: LedgerError.self) { try Ledger.repair(folder: folder) }
      for name in ["ledger.db-wal", "ledger.db-shm", "ledger.lock"] { try? Files.remove("\(folder)/\(name)") }
      #expect(try ledger(folder).jobs(JobQuery()).isEmpty)
    }
  }

  private func withTwoStates(_ body: (_ folder: String, _ other: String) throws -> Void) throws {
    try withTemporaryFolder { parent in try body("\(parent)/one", "\(parent)/two") }
  }
}
