import Messaging
import Platform
import TestSupport
import Testing

@testable import Ledger

/// What happens to state files while a run has them in use.
@Suite(.ownThread) struct RunDamageTests {
  static let replaced = [
    Damage("lock removed", "ledger.lock") { _ in nil },
    Damage("lock replaced") { folder, _ in
      try Files.replace("\(folder)/ledger.lock", try contents("\(folder)/ledger.lock"))
    },
  ]

  @Test(
    "A run whose lock is taken away claims nothing more, notes what it had under way, and nobody else claims",
    arguments: replaced)
  func lock(damage: Damage) throws {
    try withState { folder in
      var job: LedgerJob? = try ledger(folder).begin("spring", Plan(count: 4))
      try job?.claim(1, 2)
      try damage.strike(folder, "")
      for _ in 0..<2 {
        let error = #expect(throws: LedgerError.self) { try ledger(folder).reopen("spring") }
        #expect(error?.path == "\(folder)/ledger.lock" && error?.isDamage == true)
        #expect(throws: LedgerError.self) { try ledger(folder).begin("autumn", Plan(first: 50)) }
      }
      #expect(throws: LedgerError.lockReplaced("\(folder)/ledger.lock")) { try job?.claim(3) }
      #expect(throws: LedgerError.self) { try Ledger.repair(folder: folder) }
      try job?.settle(.accepted, 1)
      job = nil
      let next = try #require(try ledger(folder).reopen("spring").job)
      #expect(try (next.rows(.unknown), next.rows(.planned)) == ([2], [3, 4]))
      try next.claim(3)
    }
  }

  static let lost = [
    Damage("ledger removed", "ledger.db") { _ in nil },
    Damage("ledger replaced") { folder, _ in
      try Files.replace("\(folder)/ledger.db", try contents("\(folder)/ledger.db"))
    },
    Damage("log removed", "ledger.db-wal") { _ in nil },
    Damage("log emptied", "ledger.db-wal") { _ in [] },
    Damage("log cut", "ledger.db-wal") { Array($0.prefix(32 + 3 * 4120)) },
    Damage("folder moved") { folder, _ in
      let moved = try Subprocess.run(["mv", folder, "\(folder).moved"], timeout: .seconds(10))
      #expect(moved.status == .exited(0))
    },
  ]

  @Test(
    "Where writing would be for nothing, nothing is claimed, and what came of the rest is not taken for noted",
    arguments: lost)
  func database(damage: Damage) throws {
    try withState { folder in
      let job = try ledger(folder).begin("spring", Plan(count: 4))
      try job.claim(1, 2)
      try damage.strike(folder, "")
      #expect(throws: LedgerError.self) { try job.claim(3) }
      let error = #expect(throws: LedgerError.self) { try job.settle(.accepted, 1) }
      #expect(error?.isDamage == true)
    }
  }

  /// Columns of a row, and what they may become.
  static let flips = [
    "recipient = '+15551009999'", "body = 'Hella'", "sender = NULL", "sender = 'SHOQ'", "scheduled_at = 5",
    "scheduled_at = NULL", "devices = '2'", "key = key + 64", "digest = 1",
  ]

  @Test("A row that is not what was planned is not sent, and is named", arguments: flips)
  func flippedRow(change: String) throws {
    try withState { folder in
      let job = try ledger(folder).begin(
        "spring", Plan(count: 3, from: "SHOP", scheduledAt: Timestamp(unixSeconds: 2_000_000_000)))
      try Database(path: "\(folder)/ledger.db").execute("UPDATE message SET \(change) WHERE key & 0xFFFFFFFF = 2")
      #expect(try job.planned(after: 0, limit: 1).map(\.row) == [1])
      let error = #expect(throws: LedgerError.self) { try job.planned(after: 1, limit: 9) }
      #expect(error?.exitCode == .io && error?.message.contains("of job 'spring'") == true)
      #expect(try Ledger.examine(folder: folder).rowDamages.count == 1)
    }
  }

  @Test("Options of a job that changed keep its rows from being sent")
  func flippedOptions() throws {
    try withState { folder in
      _ = try ledger(folder).begin("spring")
      try Database(path: "\(folder)/ledger.db").execute(
        "UPDATE job SET options = replace(options, '\"mms\":false', '\"mms\":true')")
      #expect(throws: LedgerError.damagedJob.at("\(folder)/ledger.db")) { try ledger(folder).reopen("spring") }
    }
  }

  @Test("A status that nobody writes does not count as accepted; repaired, it is what it was")
  func strangeStatus() throws {
    try withState { folder in
      var job: LedgerJob? = try ledger(folder).begin("spring")
      try job?.claim(1)
      try job?.settle(.accepted, 1)
      job = nil
      try Database(path: "\(folder)/ledger.db").execute("UPDATE message SET status = 'acceptee' WHERE key & 7 = 1")
      let error = #expect(throws: LedgerError.self) { try ledger(folder).reopen("spring") }
      #expect(error?.isDamage == true)
      #expect(try Ledger.examine(folder: folder).rowDamages.isEmpty == false)
      #expect(try Ledger.repair(folder: folder) == 0)
      #expect(try ledger(folder).statuses("spring") == ["accepted", "planned", "planned"])
    }
  }

  @Test(
    "Rows that are gone, or counts that changed, are no smaller job",
    arguments: [
      "DELETE FROM message WHERE key & 7 = 3", "UPDATE job SET planned = planned - 1", "UPDATE job SET skipped = 64",
    ])
  func miscounted(change: String) throws {
    try withState { folder in
      try ledger(folder).begin("spring").claim(1)
      try Database(path: "\(folder)/ledger.db").execute(change)
      for _ in 0..<2 {
        let error = #expect(throws: LedgerError.self) { try ledger(folder).reopen("spring") }
        #expect(error?.isDamage == true)
      }
      #expect(try Ledger.examine(folder: folder).rowDamages.count == 1)
      _ = try Ledger.repair(folder: folder)
      #expect(try ledger(folder).reopen("spring").word == "again")
    }
  }

  @Test("A name of a column that changed is no reason to crash")
  func columnName() throws {
    try withState { folder in
      _ = try ledger(folder).begin("spring")
      try Database(path: "\(folder)/ledger.db").execute("ALTER TABLE job RENAME COLUMN account TO accOunt")
      #expect(try ledger(folder).reopen("spring").word == "again", "nothing of it ever left")
    }
  }

  @Test("Whatever the options, rows come back as they were planned")
  func soundRows() throws {
    var options = SendOptions()
    options.devices = [DeviceSelector("1"), DeviceSelector("2:0")].compactMap(\.self)
    options.senderID = "9"
    options.attachments = ["https://example.org/a.png"]
    options.recurrence = Recurrence(period: .weekly, frequency: 2, until: noon)
    try withState { folder in
      let job = try ledger(folder).begin("spring", Plan(body: "naïve \0 👩‍👩‍👧", options: options))
      #expect(try job.planned(after: 0, limit: 9).count == 3)
      let again = try ledger(folder)
      _ = job
      #expect(again.isMoved == false)
    }
  }
}
