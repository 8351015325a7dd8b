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

/// Entries of an index that lead to each other's rows.
@Suite(.ownThread) struct ExchangedEntryTests {
  private static let rows = (2...3).map { [UInt8($0)] }

  /// Three jobs, each of its own account or all of one. The first has number 1, which takes no bytes in an index.
  private func withJobs(
    named names: [String?], ofOneAccount: Bool = false, _ body: (_ folder: String, _ database: Database) throws -> Void
  ) throws {
    try withState { folder in
      for (index, name) in names.enumerated() {
        var request = request(name)
        request.account = account(key: ofOneAccount ? "secret1" : "secret\(index)")
        let job = try #require(try ledger(folder).open(request, Plan(count: 1, first: index).rows()).job)
        try job.claim(1)
        var changes = RowChanges()
        changes.settled = [outcome(.accepted, 1, id: "number\(index)")]
        try job.apply(changes)
      }
      let database = try Database(path: Ledger.path(in: folder))
      _ = try database.numbers("PRAGMA wal_checkpoint(TRUNCATE)")
      try body(folder, database)
    }
  }

  /// Exchanges the rows that two entries of an index lead to; they begin with what they are found by.
  private func exchange(_ entries: [[UInt8]], _ rows: [[UInt8]], _ folder: String) throws {
    let path = Ledger.path(in: folder)
    var bytes = try contents(path)
    let (first, second) = (entries[0] + rows[0], entries[1] + rows[1])
    try #require(bytes.ranges(of: first).count == 1 && bytes.ranges(of: second).count == 1)
    bytes.replace(first, with: entries[0] + rows[1])
    bytes.replace(second, with: entries[1] + rows[0])
    try overwrite(path, bytes)
  }

  private func expectDamage(_ body: () throws -> Void) {
    let error = #expect(throws: LedgerError.self) { try body() }
    #expect(error?.isDamage == true, "\(String(describing: error))")
  }

  @Test("A name doesn't lead to another job")
  func names() throws {
    try withJobs(named: ["winter", "spring", "summer"]) { folder, _ in
      try exchange([Array("spring".utf8), Array("summer".utf8)], Self.rows, folder)
      expectDamage { _ = try ledger(folder).reopen("spring", as: account(key: "secret1")) }
      expectDamage { _ = try ledger(folder).reopen("summer", as: account(key: "secret1")) }
    }
  }

  @Test("An account isn't taken for another one")
  func accounts() throws {
    try withJobs(named: ["winter", "spring", "summer"]) { folder, database in
      let fingerprints = try [2, 3].map { id in
        let select = try database.prepare("SELECT fingerprint FROM account WHERE id = \(id)")
        _ = try select.next()
        return select.bytes("fingerprint")
      }
      try exchange(fingerprints, Self.rows, folder)
      for name in ["spring", "summer"] {
        expectDamage { _ = try ledger(folder).reopen(name, as: account(key: "secret1")) }
      }
    }
  }

  @Test("A list isn't taken for another one")
  func inputs() throws {
    try withJobs(named: [nil, nil, nil], ofOneAccount: true) { folder, database in
      let inputs = try database.texts("SELECT input FROM job WHERE id > 1 ORDER BY id").map { Array($0.utf8) }
      try exchange(inputs, Self.rows, folder)
      var request = request()
      request.account = account(key: "secret1")
      let plan = try Plan(count: 1, first: 1).rows()
      expectDamage { _ = try ledger(folder).finished(request, plan, since: Timestamp(unixSeconds: 0)) }
      expectDamage { _ = try ledger(folder).open(request, plan) }
    }
  }

  @Test("An id isn't taken for that of another message")
  func ids() throws {
    try withJobs(named: ["winter", "spring", "summer"]) { folder, _ in
      let keys = (2...3).map { job in [0, UInt8(job), 0, 0, 0, 1] as [UInt8] }
      try exchange([Array("number1".utf8), Array("number2".utf8)], keys, folder)
      expectDamage { _ = try ledger(folder).origins(of: .id("number1"), for: account(key: "secret1")) }
    }
  }
}
