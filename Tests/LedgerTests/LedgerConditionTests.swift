import Messaging
import Platform
import TestSupport
import Testing

@testable import Ledger

@Suite(.ownThread) struct LedgerConditionTests {
  @Test("A ledger in use is sound, and nothing in it or beside it changes", arguments: [false, true])
  func sound(hasLog: Bool) throws {
    try withState { folder in
      _ = try ledger(folder).begin("spring")
      if hasLog {
        try run(try ledger(folder), 1).claim(1)
      }
      let before = FileWalk.files(under: folder)
      let bytes = try Files.read(Ledger.path(in: folder), limit: 1 << 24)
      let condition = try Ledger.examine(folder: folder)
      #expect(condition.schemaVersion == LedgerSchema.migrations.count)
      #expect(condition.usesWriteAheadLog && condition.isWritable && condition.damages.isEmpty)
      #expect(FileWalk.files(under: folder) == before)
      #expect(try Files.read(Ledger.path(in: folder), limit: 1 << 24) == bytes)
    }
  }

  @Test("What a dead run left is not touched: only a run has a say in it")
  func deadRun() throws {
    try withState { folder in
      let job = try ledger(folder).begin("spring")
      _ = try Ledger.examine(folder: folder)
      _ = job
      #expect(try ledger(folder).jobs(JobQuery()).count == 1)
    }
  }

  @Test("One that is not there is not made")
  func missing() throws {
    try withState { folder in
      #expect(throws: LedgerError.self) { try Ledger.examine(folder: folder) }
      #expect(Files.status(folder) == nil)
      try Files.makeFolders(folder)
      #expect(throws: LedgerError.self) { try Ledger.examine(folder: folder) }
      #expect(FileWalk.files(under: folder).isEmpty)
    }
  }

  @Test("Rubbish, a hole, and a newer version are found out")
  func damaged() throws {
    try withState { folder in
      try Files.makeFolders(folder)
      try Files.replace(Ledger.path(in: folder), Array(repeating: 0x41, count: 5000))
      #expect(throws: LedgerError.self) { try Ledger.examine(folder: folder) }
      try Files.remove(Ledger.path(in: folder))
      _ = try ledger(folder).begin("spring")
      var bytes = try Files.read(Ledger.path(in: folder), limit: 1 << 24)
      bytes.replaceSubrange(8192..<8292, with: Array(repeating: 0xFF, count: 100))
      try Files.replace(Ledger.path(in: folder), bytes)
      let damages = (try? Ledger.examine(folder: folder).damages) ?? ["it can't be read"]
      #expect(!damages.isEmpty)
    }
    try withState { folder in
      try ledger(folder).database.execute("PRAGMA user_version = 99")
      #expect(throws: LedgerError.otherSchema(99).at(Ledger.path(in: folder))) { try Ledger.examine(folder: folder) }
    }
  }
}
