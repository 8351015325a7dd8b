import Messaging
import Platform
import TestSupport
import Testing

@testable import Ledger

/// Ledgers of earlier versions.
@Suite(.ownThread) struct MigrationTests {
  /// What 0.1.0 left behind: a job of which one row was taken, one was under way and one never left, the same without a
  /// name, and a single message.
  private static let old = """
    INSERT INTO job VALUES
      (1, 'bulk', 'spring', 1, 'smsit', 'office', 'digest', \(options), 1772355000, NULL, 1, 1, 1, 0, 0, 0),
      (2, 'bulk', '2026-03-01-abcdef', 0, 'smsit', 'office', 'digest', \(options), 1772355000, NULL, 1, 0, 0, 0, 1, 0),
      (3, 'send', NULL, 0, 'smsit', 'office', NULL, \(options), 1772355000, 1772355001, 0, 0, 1, 0, 0, 0);
    INSERT INTO message (key, recipient, body, status, provider_id, left_at) VALUES
      (1 << 32 | 1, '+15551000001', 'Hello', 'accepted', 'id1', 1772355000),
      (1 << 32 | 2, '+15551000002', 'Hello', 'sending', NULL, 1772355000),
      (1 << 32 | 3, '+15551000003', 'Hello', 'planned', NULL, NULL),
      (2 << 32 | 1, '+15551000001', 'Hello', 'unknown', NULL, 1772355000),
      (2 << 32 | 2, '+15551000002', 'Hello', 'planned', NULL, NULL),
      (3 << 32 | 1, '+15551000009', 'Hello', 'accepted', 'id9', 1772355000);
    PRAGMA user_version = 1;
    """

  private static let options = """
    '{"scope":"chosen","random":false,"mms":false,"attachments":[],"priority":false,"sender_id":null,"devices":"",\
    "recurrence":null}'
    """

  private func withOldLedger(_ body: (_ folder: String) throws -> Void) throws {
    try withState { folder in
      try Files.makeFolders(folder)
      let database = try Database(path: Ledger.path(in: folder))
      try database.execute("PRAGMA journal_mode = WAL")
      try database.execute(LedgerSchema.migrations[0])
      try database.execute(Self.old)
      try body(folder)
    }
  }

  @Test("All of it is there afterwards, in the newest version and marked as ours")
  func contents() throws {
    try withOldLedger { folder in
      let ledger = try ledger(folder)
      #expect(try ledger.database.numbers("PRAGMA user_version") == [LedgerSchema.migrations.count])
      #expect(try ledger.database.numbers("PRAGMA application_id") == [LedgerSchema.applicationID])
      #expect(try ledger.statuses("spring") == ["accepted", "unknown", "planned"], "the run died")
      #expect(try ledger.all().map(\.status.rawValue).count == 6)
      #expect(try ledger.record("spring")?.counts == ledger.recount("spring"))
    }
  }

  @Test("Nobody knows the account of its jobs, so no run goes on with them")
  func noAccount() throws {
    try withOldLedger { folder in
      let ledger = try ledger(folder)
      for name in ["spring", "2026-03-01-abcdef"] {
        let owner = JobOwner(job: name, provider: "smsit", profile: "office", baseURL: nil)
        #expect(try ledger.owner(ofJob: name) == owner)
        #expect(try ledger.reopen(name).word == "other account")
      }
      #expect(try ledger.open(request("spring"), Plan().rows()).word == "other account")
      #expect(try ledger.begin("autumn").messages(named: ["id1", "id9"]).isEmpty)
      #expect(try ledger.origins(of: .id("id9"), for: account()).map(\.isOfAccount) == [false])
    }
  }

  @Test("A list of which 0.1.0 sent a part is not sent again without a word")
  func sameList() throws {
    try withOldLedger { folder in
      let ledger = try ledger(folder)
      let rows = try Plan().rows()
      try ledger.database.execute("UPDATE job SET input = '\(try rows.digest(request()))' WHERE id = 2")
      try ledger.database.execute(DigestedTable.job.seal)
      try ledger.database.setSums()
      #expect(try ledger.open(request(), rows).word == "unfinished")
      var anew = request()
      anew.startsAnew = true
      #expect(try ledger.open(anew, rows).word == "new")
    }
  }

  @Test("A ledger of version 3 gets the sums of what is in it")
  func withoutSums() throws {
    try withState { folder in
      _ = try ledger(folder).begin("spring")
      let database = try Database(path: Ledger.path(in: folder))
      let columns = ["job_sum", "account_sum", "send_key_sum", "secret_digest"]
      try database.execute(DigestedTable.ledger.updating(columns.map { ($0, "NULL") }))
      for column in columns { try database.execute("ALTER TABLE ledger DROP COLUMN \(column)") }
      try database.execute("PRAGMA user_version = 3")
      #expect(try ledger(folder).reopen("spring").word == "again")
      #expect(try ledger(folder).begin("summer", Plan(first: 9)).rows(.planned) == [1, 2, 3])
      #expect(try Ledger.examine(folder: folder).rowDamages.isEmpty)
      try database.execute("DELETE FROM job")
      #expect(throws: LedgerError.self) { try ledger(folder).begin("autumn", Plan(first: 19)) }
    }
  }

  @Test("The digest of a list without times is the one that 0.1.0 made")
  func digest() throws {
    let digest = try Plan(count: 2, from: "SHOP").rows().digest(request())
    #expect(digest == "8254ae66acbde6a6fffd6bb8e59557d57a48a1f75056830e51598772cd2e689d")
  }

  @Test("What is unknown in an old job may be of any account of the provider")
  func unknownElsewhere() throws {
    try withOldLedger { folder in
      let unknown = ["+15551000001", "+15551000002"]
      #expect(try ledger(folder).begin("autumn", Plan(count: 3)).unknownElsewhere().map(\.number).sorted() == unknown)
      var request = request("winter")
      request.account = account("sendapp")
      let other = try #require(try ledger(folder).open(request, Plan(count: 3).rows()).job)
      #expect(try other.unknownElsewhere().isEmpty)
    }
  }
}
