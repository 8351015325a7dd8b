import Messaging
import Platform
import TestSupport
import Testing

@testable import Ledger

/// Rows that are gone, or back as they were earlier, and indexes that lead to other rows: nothing is taken for new, for
/// unsent or for somebody else's.
@Suite(.ownThread) struct LostRowTests {
  /// A job of three rows that are all accepted.
  private func finish(_ name: String, _ folder: String, first: Int = 1) throws {
    let job = try ledger(folder).begin(name, Plan(first: first))
    try job.claim(1, 2, 3)
    try job.settle(.accepted, 1, 2, 3)
  }

  private func change(_ folder: String, _ sql: String) throws {
    try Database(path: Ledger.path(in: folder)).execute(sql)
  }

  private func expectDamage(_ body: () throws -> Void) {
    let error = #expect(throws: LedgerError.self) { try body() }
    #expect(error?.isDamage == true && error?.exitCode == .io, "\(String(describing: error))")
  }

  @Test("A job that is back as it was before its rows were sent doesn't go on; repaired, all of it is unknown")
  func earlierJob() throws {
    try withState { folder in
      _ = try ledger(folder).begin("spring")
      try change(folder, "CREATE TABLE old_job AS SELECT * FROM job; CREATE TABLE old_row AS SELECT * FROM message")
      var job = try ledger(folder).reopen("spring").job
      try job?.claim(1, 2, 3)
      try job?.settle(.accepted, 1, 2, 3)
      job = nil
      try change(folder, "REPLACE INTO job SELECT * FROM old_job; REPLACE INTO message SELECT * FROM old_row")
      expectDamage { _ = try ledger(folder).reopen("spring") }
      #expect(try Ledger.examine(folder: folder).rowDamages == [RowDamage.gone(from: "job")])
      #expect(try Ledger.repair(folder: folder) == 3)
      #expect(try ledger(folder).reopen("spring").job?.rows(.unknown) == [1, 2, 3])
    }
  }

  @Test(
    "Rows that are gone have failed once it is repaired, the job is not done without them",
    arguments: ["TRUE", "key & 3 = 2", "key & 3 > 1"])
  func lostMessages(rows: String) throws {
    try withState { folder in
      try finish("spring", folder)
      try change(folder, "DELETE FROM message WHERE \(rows)")
      let damages = try Ledger.examine(folder: folder).rowDamages
      #expect(damages == [RowDamage.miscounted("spring")])
      _ = try Ledger.repair(folder: folder)
      let job = try #require(try ledger(folder).reopen("spring").job)
      #expect(job.counts.failed > 0 && job.counts.rows == 3)
      #expect(try job.replanFailed() == 0)
      #expect(try job.records(.failed, after: 0).map(\.errorCode).allSatisfy { $0 == RepairSQL.damaged })
      #expect(try Ledger.examine(folder: folder).rowDamages.isEmpty)
    }
  }

  @Test(
    "Accounts are kept where the row of the ledger was damaged elsewhere than in its secret",
    arguments: ["writes = writes + 5", "writes = 9223372036854775807", "id = x'00'", "file = 'x'", "job_sum = 5"])
  func keptAccounts(change: String) throws {
    try withState { folder in
      try finish("spring", folder)
      try self.change(folder, "UPDATE ledger SET \(change)")
      expectDamage { _ = try ledger(folder) }
      #expect(try Ledger.examine(folder: folder).rowDamages.contains(RowDamage.secret) == false)
      _ = try Ledger.repair(folder: folder)
      #expect(try ledger(folder).open(request("spring"), Plan().rows()).word == "again")
    }
  }

  @Test("Where the secret itself was damaged, doctor says that lists and keys count as new")
  func lostSecret() throws {
    try withState { folder in
      try finish("spring", folder)
      try change(folder, "UPDATE ledger SET secret = x'00'")
      #expect(try Ledger.examine(folder: folder).rowDamages == [RowDamage.secret])
      _ = try Ledger.repair(folder: folder)
      #expect(try ledger(folder).reopen("spring").word == "other account")
      #expect(try Ledger.examine(folder: folder).rowDamages.isEmpty)
    }
  }

  @Test(
    "Nothing is pruned from a damaged ledger",
    arguments: [
      "UPDATE job SET digest = 1 WHERE name = 'summer'", "DELETE FROM job WHERE name = 'autumn'",
      "DELETE FROM message WHERE key & 3 = 2 AND key >> 32 = 2",
    ])
  func pruned(damage: String) throws {
    try withState { folder in
      for (index, name) in ["spring", "summer", "autumn"].enumerated() { try finish(name, folder, first: 9 * index) }
      try change(folder, damage)
      expectDamage { _ = try ledger(folder).prune(before: noon.adding(seconds: 60)) }
      #expect(try Database(path: Ledger.path(in: folder)).numbers("SELECT min(id) FROM job") == [1])
      _ = try Ledger.repair(folder: folder)
      #expect(try ledger(folder).prune(before: noon.adding(seconds: 60), unknownToo: true).jobs > 1)
      #expect(try Ledger.examine(folder: folder).rowDamages.isEmpty)
      try finish("spring", folder)
    }
  }

  @Test(
    "A next number that no job may have is damage",
    arguments: [Int.max, Int(Int32.max), -1, 0])
  func sequence(last: Int) throws {
    try withState { folder in
      try finish("spring", folder)
      try change(folder, "UPDATE sqlite_sequence SET seq = \(last)")
      expectDamage { _ = try ledger(folder).begin("summer", Plan(first: 9)) }
      expectDamage { try run(ledger(folder), 1).claim(1) }
      #expect(try Ledger.examine(folder: folder).rowDamages == ["job", "account"].map(RowDamage.sequence))
      _ = try Ledger.repair(folder: folder)
      #expect(try Ledger.examine(folder: folder).rowDamages.isEmpty)
      try finish("summer", folder, first: 9)
    }
  }

  @Test("A job that an index has lost is damage, and not a name that nobody gave")
  func lostName() throws {
    try withState { folder in
      try finish("spring", folder)
      try change(
        folder,
        """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'job_sending')
        WHERE name = 'sqlite_autoindex_job_1'
        """)
      expectDamage { _ = try ledger(folder).record("spring") }
      expectDamage { _ = try ledger(folder).statuses("spring") }
      expectDamage { _ = try ledger(folder).reopen("spring") }
      expectDamage { _ = try ledger(folder).close("spring") }
      expectDamage { _ = try ledger(folder).origins(of: .id("id7"), for: account()) }
    }
  }
}

/// An index that is out of order: a search in it ends at the entry of another row, which is whole.
@Suite(.ownThread) struct IndexOrderTests {
  /// Three jobs, each of its own account or all of one.
  private func withJobs(
    named names: [String?], ofOneAccount: Bool = false, _ body: (_ folder: String, _ database: Database) throws -> Void
  ) throws {
    try withState { folder in
      for (index, name) in names.enumerated() {
        var request = request(name)
        request.account = account(key: ofOneAccount ? "secret" : "secret\(index)")
        let job = try #require(try ledger(folder).open(request, plan(index)).job)
        try job.claim(1)
        var changes = RowChanges()
        changes.settled = [outcome(.accepted, 1, id: "number\(index)")]
        try job.apply(changes)
      }
      try body(folder, try Database(path: Ledger.path(in: folder)))
    }
  }

  private func plan(_ index: Int) throws -> JobPlan { try Plan(count: 1, first: index).rows() }

  /// Exchanges the first and the last of three entries. A search for the one in the middle then ends at the last.
  private func disorder(_ index: String, _ folder: String, _ database: Database) throws {
    _ = try database.numbers("PRAGMA wal_checkpoint(TRUNCATE)")
    let page = try database.numbers("SELECT rootpage FROM sqlite_schema WHERE name = '\(index)'")[0]
    var bytes = try contents(Ledger.path(in: folder))
    // A leaf has a header of 8 bytes, whose fourth and fifth are the number of entries; then come their offsets.
    let start = (page - 1) * 4096
    try #require(bytes[start + 3] == 0 && bytes[start + 4] == 3)
    for byte in start + 8...start + 9 { bytes.swapAt(byte, byte + 4) }
    try overwrite(Ledger.path(in: folder), bytes)
  }

  private func expectDamage(_ body: () throws -> Void) {
    let error = #expect(throws: LedgerError.self) { try body() }
    #expect(error?.isDamage == true, "\(String(describing: error))")
  }

  @Test("A name doesn't lead to another job")
  func names() throws {
    try withJobs(named: ["spring", "summer", "winter"]) { folder, database in
      try disorder("sqlite_autoindex_job_1", folder, database)
      expectDamage { _ = try ledger(folder).owner(ofJob: "summer") }
    }
  }

  @Test("An account isn't taken for another one")
  func accounts() throws {
    try withJobs(named: ["spring", "summer", "winter"]) { folder, database in
      let middle = try database.numbers("SELECT id - 1 FROM account ORDER BY fingerprint LIMIT 1 OFFSET 1")[0]
      try disorder("sqlite_autoindex_account_1", folder, database)
      expectDamage { try ledger(folder).update([outcome(.delivered, 1)], of: account(key: "secret\(middle)")) }
    }
  }

  @Test("A list isn't taken for another one")
  func inputs() throws {
    try withJobs(named: [nil, nil, nil], ofOneAccount: true) { folder, database in
      let middle = try database.numbers("SELECT id - 1 FROM job ORDER BY input LIMIT 1 OFFSET 1")[0]
      try disorder("job_input", folder, database)
      let plan = try plan(middle)
      expectDamage { _ = try ledger(folder).finished(request(), plan, since: Timestamp(unixSeconds: 0)) }
      expectDamage { _ = try ledger(folder).open(request(), plan) }
    }
  }

  @Test("An id isn't taken for that of another message")
  func ids() throws {
    try withJobs(named: ["spring", "summer", "winter"]) { folder, database in
      try disorder("message_id", folder, database)
      expectDamage { _ = try ledger(folder).origins(of: .id("number1"), for: account(key: "secret1")) }
    }
  }
}
