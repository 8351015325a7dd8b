import Messaging
import Platform
import TestSupport
import Testing

@testable import Ledger

/// What changes at rest in the tables that say what was sent: nothing is concluded from it, nor from what it hides.
@Suite(.ownThread) struct DigestTests {
  private static let key = SendKey("backup", lifetime: .seconds(3600))

  private static let content = SendContent(
    command: "send", recipients: ["+15551000900"], body: "Hello", from: nil, options: SendOptions(), typed: [])

  /// A job that is over, one without a name of which one row was sent, a key that was used, and its account.
  private func withUsedLedger(_ body: (_ folder: String) throws -> Void) throws {
    try withState { folder in
      try use(ledger(folder))
      try body(folder)
    }
  }

  private func use(_ ledger: Ledger) throws {
    let spring = try ledger.begin("spring", Plan(count: 2))
    try spring.claim(1, 2)
    try spring.settle(.accepted, 1, 2)
    let unnamed = try ledger.begin(nil, Plan(count: 3, first: 50))
    try unnamed.claim(1)
    try unnamed.settle(.accepted, 1)
    let keyed = try #require(try open(ledger))
    try keyed.claim(1)
    try keyed.settle(.accepted, 1)
    try ledger.update([outcome(.delivered, 1)], of: account())
  }

  private func open(_ ledger: Ledger) throws -> LedgerJob? {
    var record = MessageRecord(status: .planned)
    record.to = "+15551000900"
    record.body = "Hello"
    let opening = try ledger.open(Self.key, for: Self.content, account: account(), profile: nil, [record])
    if case .opened(let job) = opening { return job }
    return nil
  }

  /// How many messages each command would send again: the promise is none.
  private func wouldSend(_ folder: String) -> (sent: Int, refusals: Int) {
    let questions: [(Ledger) throws -> Int] = [
      { try $0.open(request("spring"), Plan(count: 2).rows()).job?.planned(after: 0, limit: 9).count ?? 0 },
      { try $0.open(request(), Plan(count: 3, first: 50).rows()).job?.planned(after: 0, limit: 9).count ?? 0 },
      { try open($0)?.printedRecords().filter { $0.status == .planned }.count ?? 0 },
    ]
    var (sent, refusals) = (0, 0)
    for question in questions {
      do { sent += try question(ledger(folder)) } catch {
        refusals += 1
        let damage = error as? LedgerError
        #expect(damage?.isDamage == true && damage?.exitCode == .io, "\(error)")
      }
    }
    return (sent, refusals)
  }

  @Test("Nothing would be sent again while nothing is damaged")
  func sound() throws {
    try withUsedLedger { folder in
      #expect(wouldSend(folder) == (0, 0))
      let condition = try Ledger.examine(folder: folder)
      #expect(condition.rowDamages.isEmpty)
    }
  }

  static let damages = [
    "UPDATE job SET name = 'sprinf' WHERE name = 'spring'", "UPDATE job SET input = 'x' || input",
    "UPDATE job SET account = account + 1", "UPDATE job SET finished_at = 5 WHERE finished_at IS NULL",
    "UPDATE job SET is_abandoned = 1", "UPDATE job SET is_named = 1", "UPDATE job SET digest = NULL",
    "UPDATE job SET options = replace(options, 'false', 'true')", "UPDATE job SET planned = 2, accepted = accepted - 2",
    "UPDATE job SET id = id + 9", "DELETE FROM job WHERE id = 3",
    "UPDATE account SET fingerprint = randomblob(32)", "UPDATE account SET base_url = 'https://sms.exampld'",
    "UPDATE account SET provider = 'smsiu'", "UPDATE account SET id = 4",
    "UPDATE ledger SET secret = randomblob(32)", "UPDATE ledger SET id = randomblob(16)",
    "UPDATE send_key SET key = 'backuq'", "UPDATE send_key SET account = 7", "UPDATE send_key SET job = 1",
    "UPDATE send_key SET expires_at = 5", "UPDATE send_key SET created_at = created_at - 1",
    "UPDATE message SET status = 'planned'",
    "UPDATE message SET status = 'planned', left_at = NULL, provider_id = NULL",
    "UPDATE message SET digest = NULL", "DELETE FROM message WHERE status = 'accepted'",
    "UPDATE message SET recipient = '+15551009999', digest = NULL",
    index("sqlite_autoindex_job_1"), index("job_input"), index("sqlite_autoindex_account_1"),
    "UPDATE job SET name = 'x' || id, input = 'x'; PRAGMA writable_schema = ON;",
    "DELETE FROM job WHERE name = 'spring'", "DELETE FROM job WHERE id = 2; DELETE FROM message WHERE key >> 32 = 2",
    "DELETE FROM send_key",
    "DELETE FROM send_key; DELETE FROM job WHERE id = 3; DELETE FROM message WHERE key >> 32 = 3",
    "DELETE FROM account", "DELETE FROM account; DELETE FROM send_key; DELETE FROM job; DELETE FROM message",
    "CREATE TRIGGER \"other's\" AFTER INSERT ON message BEGIN DELETE FROM message; END; DELETE FROM send_key",
    "CREATE TRIGGER t BEFORE UPDATE ON ledger BEGIN SELECT raise(ABORT, 'no'); END; DELETE FROM account",
    "CREATE VIEW \"a \"\"view\" AS SELECT 1; DELETE FROM account",
  ]

  /// An index that has none of the rows of its table.
  private static func index(_ name: String) -> String {
    """
    PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'send_key_job')
    WHERE name = '\(name)'
    """
  }

  @Test(
    "A change, or an index that hides rows, makes nothing look new; doctor names it and leads on", arguments: damages)
  func damaged(change: String) throws {
    try withUsedLedger { folder in
      try Database(path: Ledger.path(in: folder)).execute(change)
      let found = wouldSend(folder)
      #expect(found.sent == 0)
      #expect(found.refusals > 0)
      let condition = try Ledger.examine(folder: folder)
      #expect(condition.distrust != nil || !condition.rowDamages.isEmpty || !condition.damages.isEmpty)
      guard condition.damages.isEmpty else { return }
      _ = try Ledger.repair(folder: folder)
      let repaired = try Ledger.examine(folder: folder)
      #expect(repaired.distrust == nil && repaired.rowDamages == [], "\(repaired)")
    }
  }

  @Test("The digests cover all columns of the small tables, and each change of one is noticed")
  func columns() throws {
    try withUsedLedger { folder in
      let database = try Database(path: Ledger.path(in: folder))
      try database.execute(DigestedTable.printed.inserting([("key", "1"), ("record", "'{}'")]))
      for table in DigestedTable.all where table.name != "message" {
        #expect(try database.isWhole(table))
        let columns = try database.texts("SELECT name FROM pragma_table_info('\(table.name)')")
        for column in columns where !["one", "digest"].contains(column) {
          try database.execute("BEGIN")
          let type = try database.texts("SELECT type FROM pragma_table_info('\(table.name)') WHERE name = '\(column)'")
          let value = ["INTEGER": "4242", "BLOB": "x'00'"][type[0]] ?? "'other'"
          let isOne = "digest = (SELECT max(digest) FROM \(table.name))"
          try database.execute("UPDATE \(table.name) SET \(column) = \(value) WHERE \(isOne)")
          #expect(try database.isWhole(table) == false, "\(table.name).\(column)")
          try database.execute("ROLLBACK")
        }
      }
    }
  }

  @Test("Whatever is written, each digest is that of its row, and a damaged row stays damaged")
  func kept() throws {
    try withUsedLedger { folder in
      var job: LedgerJob? = try ledger(folder).begin("autumn", Plan(count: 6, first: 100, suppressed: [3]))
      try job?.claim(1, 2, 3)
      try job?.release(2)
      try job?.settle(.unknown, 1)
      try job?.settle(.failed, 3)
      let database = try Database(path: Ledger.path(in: folder))
      try database.execute("UPDATE message SET body = 'Hella' WHERE key = (SELECT max(key) FROM message)")
      #expect(try database.numbers("SELECT count(*) FROM message WHERE NOT \(DigestedTable.message.isWhole())") == [1])
      job = nil
      job = try ledger(folder).reopen("autumn").job
      #expect(try job?.replanUnknown() == 1)
      _ = try job?.replanFailed()
      try job?.claim(1)
      job = nil
      let next = try ledger(folder)
      try #require(try next.reopen("autumn").job).reconcile(settled: [outcome(.sent, 1)], missing: [])
      _ = try next.close("autumn")
      for table in DigestedTable.all where table.name != "message" {
        #expect(try database.isWhole(table), "\(table.name)")
      }
      #expect(try database.numbers("SELECT count(*) FROM message WHERE NOT \(DigestedTable.message.isWhole())") == [1])
    }
  }

  @Test("Once repaired, a damaged row is neither sent nor planned again, and a status is what it was")
  func repaired() throws {
    try withState { folder in
      var job: LedgerJob? = try ledger(folder).begin("spring", Plan(count: 4))
      try job?.claim(1, 2)
      try job?.settle(.accepted, 1, 2)
      job = nil
      try Database(path: Ledger.path(in: folder)).execute(
        """
        UPDATE message SET status = 'planned' WHERE key & 7 = 1;
        UPDATE message SET recipient = '+15551009999' WHERE key & 7 = 3
        """)
      #expect(try Ledger.repair(folder: folder) == 0)
      #expect(try ledger(folder).statuses("spring") == ["accepted", "accepted", "failed", "planned"])
      let next = try #require(try ledger(folder).reopen("spring").job)
      #expect(try next.replanFailed() == 0)
      #expect(try next.rows(.planned) == [4])
      let condition = try Ledger.examine(folder: folder)
      #expect(condition.rowDamages.isEmpty)
    }
  }
}
