import Messaging
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Ledger

/// A ledger is opened by many programs, of which each may be the first.
@Suite(.ownThread) struct OpeningTests {
  @Test("Folder and files are for their user only, those beside the database too")
  func modes() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      let job = try ledger.begin()
      #expect(Files.status(folder)?.mode == 0o700)
      for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.lock"] {
        #expect(Files.status("\(folder)/\(name)")?.mode == 0o600, "\(name)")
      }
      _ = job
    }
  }

  @Test("Files that were there with wider rights are narrowed")
  func narrowed() throws {
    try withState { folder in
      let names = ["ledger.db", "ledger.lock"].map { "\(folder)/\($0)" }
      try Files.makeFolders(folder)
      for name in names { try Files.replace(name, [], mode: 0o644) }
      let ledger = try ledger(folder)
      #expect((names + ["\(folder)/ledger.db-wal"]).map { Files.status($0)?.mode } == [0o600, 0o600, 0o600])
      _ = ledger
    }
  }

  @Test("What is kept is there for the next program")
  func kept() throws {
    try withState { folder in
      _ = try ledger(folder).begin("spring", Plan(body: "naïve 👩‍👩‍👧 \0 ' \r\n", from: "SHOP"))
      let job = try #require(try ledger(folder).reopen("spring").job)
      let row = try #require(try job.planned(after: 0, limit: 9).first)
      #expect(Array(row.message.body.utf8) == Array("naïve 👩‍👩‍👧 \0 ' \r\n".utf8))
      #expect((row.message.to.e164, row.message.from, row.row) == ("+15551000001", "SHOP", 1))
      #expect(!job.isNew)
    }
  }

  @Test(
    "A ledger of a newer program is refused, and left as it is",
    arguments: [LedgerSchema.migrations.count + 1, 1000, -1])
  func newerSchema(version: Int) throws {
    try withState { folder in
      let path = try ledger(folder).path
      try Database(path: path).execute("PRAGMA user_version = \(version)")
      let error = #expect(throws: LedgerError.self) { try ledger(folder) }
      #expect(error?.action == .open && error?.path == path)
      #expect(error?.reason.contains("\(version)") == true)
      #expect(try Database(path: path).numbers("PRAGMA user_version") == [version])
    }
  }

  @Test("What is no database is an error that names it, and is left as it is")
  func noDatabase() throws {
    try withState { folder in
      try Files.makeFolders(folder)
      let text = Array(String(repeating: "This is somebody's diary.\n", count: 100).utf8)
      try Files.replace("\(folder)/ledger.db", text)
      let error = #expect(throws: LedgerError.self) { try ledger(folder) }
      #expect(error?.path == "\(folder)/ledger.db" && error?.code == 26)
      #expect(try Files.read("\(folder)/ledger.db", limit: 1 << 20) == text)
    }
  }

  @Test("A ledger cut short is an error when it is read, not a trap", arguments: [100, 4096, 8192, 20_000])
  func cutShort(length: Int) throws {
    try withState { folder in
      _ = try ledger(folder).begin("spring", Plan(count: 500))
      let path = "\(folder)/ledger.db"
      try Files.replace(path, Array(try Files.read(path, limit: 1 << 20).prefix(length)))
      #expect(throws: LedgerError.self) { _ = try ledger(folder).reopen("spring").job?.planned(after: 0, limit: 500) }
    }
  }

  @Test("A folder that can't be made, or is a file, is an error that names it")
  func noFolder() throws {
    try withTemporaryFolder { folder in
      try Files.replace("\(folder)/file", [])
      for path in ["\(folder)/file", "\(folder)/file/below", "/dev/null/state"] {
        let error = #expect(throws: LedgerError.self) { try ledger(path) }
        #expect(error?.action == .open && error?.path?.hasPrefix(path) == true, "\(path)")
      }
    }
  }

  @Test("Of many who make the ledger at the same time each gets it, and each has its job in it")
  func allAtOnce() throws {
    try withState { folder in
      let count = 8
      let outcomes = Mutex<[Result<String, LedgerError>]>([])
      for index in 0..<count {
        try DetachedThread.start {
          let outcome = Result { () throws(LedgerError) -> String in
            let rows: JobPlan
            do { rows = try Plan(first: 100 * index).rows() } catch { throw .damagedRow(index) }
            let ledger = try Ledger(folder: folder) { noon }
            return try ledger.open(request("job\(index)"), rows).word
          }
          outcomes.withLock { $0.append(outcome) }
        }
      }
      while outcomes.withLock({ $0.count }) < count { SystemClock.sleep(for: .milliseconds(5)) }
      #expect(outcomes.withLock { $0 } == Array(repeating: .success("new"), count: count))
      #expect(try ledger(folder).jobs(JobQuery()).count == count)
    }
  }
}
