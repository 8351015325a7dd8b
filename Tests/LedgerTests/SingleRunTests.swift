import Messaging
import Platform
import TestSupport
import Testing

@testable import Ledger

/// What commands other than `bulk` leave in the ledger.
@Suite(.ownThread) struct SingleRunTests {
  @Test("A message is sending before it leaves, and has its outcome afterwards")
  func outcomes() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      let run = try run(ledger, 2)
      try run.claim(1, 2)
      #expect(try ledger.all().map(\.status) == [.sending, .sending])
      var record = outcome(.delivered, 1)
      (record.to, record.body, record.from) = ("+15551000001", "Hello", "SHOP")
      var changes = RowChanges()
      changes.settled = [record]
      try run.apply(changes)
      let shown = try ledger.all()
      #expect(shown.map(\.status) == [.sending, .delivered])
      let last = try #require(shown.last)
      #expect((last.provider, last.profile, last.row) == ("sendapp", nil, nil))
      #expect((last.to, last.body, last.from, last.id) == ("+15551000001", "Hello", "SHOP", "id1"))
      #expect(try ledger.jobs(JobQuery()).isEmpty, "it can't be resumed")
    }
  }

  @Test("A short log is left to the next program, a long one and that of a bulk job are written back")
  func writeAheadLog() throws {
    try withState { folder in
      let log = "\(folder)/ledger.db-wal"
      try run(try ledger(folder), 1).claim(1)
      #expect(Files.status(log) != nil)
      try run(try ledger(folder), 5000).claim(1)
      #expect(Files.status(log) == nil)
      try run(try ledger(folder), 1).claim(1)
      _ = try ledger(folder).begin("spring")
      #expect(Files.status(log) == nil)
    }
  }

  @Test("What surely did not leave is forgotten with the run; one that never claims leaves nothing")
  func released() throws {
    try withState { folder in
      var run: LedgerJob? = try run(try ledger(folder), 3)
      try run?.claim(1, 2)
      try run?.release(1)
      #expect(try ledger(folder).all().map(\.status) == [.sending, .planned, .planned])
      run = nil
      let ledger = try ledger(folder)
      #expect(try ledger.all().map(\.to) == ["+15551000002"])
      #expect(try ledger.database.numbers("SELECT finished_at IS NOT NULL FROM job") == [1])
    }
    try withState { folder in
      let ledger = try ledger(folder)
      _ = try run(ledger, 1)
      #expect(try ledger.database.numbers("SELECT count(*) FROM job") == [0])
    }
  }

  @Test("What a dead run had under way is unknown, that of a living one is not")
  func dead() throws {
    try withState { folder in
      var run: LedgerJob? = try run(try ledger(folder), 2)
      try run?.claim(1, 2)
      try run?.settle(.sent, 1)
      #expect(try ledger(folder).all().map(\.status) == [.sending, .sent])
      run = nil
      #expect(try ledger(folder).all().map(\.status) == [.unknown, .sent])
    }
  }

  @Test("An answer that names more messages than were asked for adds them; one that names none drops the row")
  func furtherMessages() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      let placeholder = MessageRecord(status: .planned)
      let placeholders = [placeholder, placeholder]
      let run = try ledger.job(of: "resend", account: account("sendapp"), profile: nil, placeholders: placeholders)
      try run.claim(1, 2)
      var changes = RowChanges()
      changes.settled = [outcome(.queued, 1)]
      changes.added = [outcome(.queued, 3), outcome(.failed, 4)]
      changes.dropped = [2]
      try run.apply(changes)
      #expect(try ledger.all().map(\.status) == [.failed, .queued, .queued])
      #expect(try ledger.database.numbers("SELECT finished_at IS NOT NULL FROM job") == [1])
    }
  }

  @Test("The counts of a run say when it is finished, so that it can be pruned")
  func counts() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      let run = try run(ledger, 3)
      let counts = "SELECT planned, sending, accepted, failed, unknown, skipped, finished_at IS NOT NULL FROM job"
      try run.claim(1, 2)
      #expect(try ledger.database.numbers(counts) == [0, 3, 0, 0, 0, 0, 0], "what waits counts as sending")
      try run.settle(.sent, 1)
      try run.settle(.unknown, 2)
      #expect(try ledger.database.numbers(counts) == [0, 1, 1, 0, 1, 0, 0])
      try run.claim(3)
      try run.settle(.failed, 3)
      #expect(try ledger.database.numbers(counts) == [0, 0, 1, 1, 1, 0, 1])
    }
  }

  @Test("In memory, all is the same, and nothing is left")
  func inMemory() throws {
    let ledger = try Ledger(inMemory: { noon })
    let run = try run(ledger, 2)
    try run.claim(1, 2)
    try run.release(2)
    try run.settle(.sent, 1)
    #expect(try ledger.all().map(\.status) == [.sent, .planned])
  }
}
