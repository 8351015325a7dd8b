import Messaging
import Platform
import TestSupport
import Testing

@testable import Ledger

/// What `send`, `list-send` and `resend` leave in the ledger.
@Suite(.ownThread) struct RunLogTests {
  private static func message(_ row: Int, _ status: MessageStatus = .planned) -> MessageRecord {
    var record = outcome(status, row)
    record.to = "+1555010000\(row)"
    record.body = "Hello"
    record.from = "SHOP"
    return record
  }

  private static func log(_ ledger: Ledger) -> RunLog {
    RunLog(ledger, command: "send", provider: "sendapp", profile: nil)
  }

  @Test("A message is under way before it leaves, and has its outcome afterwards")
  func outcomes() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      let log = Self.log(ledger)
      try log.claim([Self.message(1), Self.message(2)])
      #expect(try ledger.all().map(\.status) == [.sending, .sending])
      try log.settle([Self.message(1, .delivered)])
      let shown = try ledger.all()
      #expect(shown.map(\.status) == [.sending, .delivered])
      let record = try #require(shown.last)
      #expect((record.provider, record.profile, record.row) == ("sendapp", nil, nil))
      #expect((record.to, record.body, record.from, record.id) == ("+15550100001", "Hello", "SHOP", "id1"))
      #expect(try ledger.jobs(JobQuery()).isEmpty, "it is no job")
    }
  }

  @Test("A short log is left to the next program, a long one and that of a job are written back")
  func writeAheadLog() throws {
    try withState { folder in
      let log = "\(folder)/ledger.db-wal"
      try Self.log(try ledger(folder)).claim([Self.message(1)])
      #expect(Files.status(log) != nil)
      try Self.log(try ledger(folder)).claim((1...5000).map { Self.message($0) })
      #expect(Files.status(log) == nil)
      try Self.log(try ledger(folder)).claim([Self.message(1)])
      _ = try ledger(folder).begin("spring")
      #expect(Files.status(log) == nil)
      #expect(try ledger(folder).all().count == 5005)
    }
  }

  @Test("What surely did not leave is forgotten; a run that never claims leaves nothing")
  func released() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      let log = Self.log(ledger)
      try log.claim([Self.message(1), Self.message(2)])
      try log.release([1])
      #expect(try ledger.all().map(\.to) == ["+15550100002"])
      _ = Self.log(ledger)
      #expect(try ledger.database.numbers("SELECT count(*) FROM job") == [1])
    }
  }

  @Test("What a dead run had under way is unknown, that of a living one is not")
  func dead() throws {
    try withState { folder in
      var log: RunLog? = Self.log(try ledger(folder))
      try log?.claim([Self.message(1), Self.message(2)])
      try log?.settle([Self.message(1, .sent)])
      #expect(try ledger(folder).all().map(\.status) == [.sending, .sent])
      log = nil
      #expect(try ledger(folder).all().map(\.status) == [.unknown, .sent])
    }
  }

  @Test("An answer that names more messages than were asked for adds them")
  func furtherMessages() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      let log = Self.log(ledger)
      try log.claim([Self.message(1)])
      try log.settle([Self.message(1, .queued), Self.message(2, .queued), Self.message(3, .failed)])
      #expect(try ledger.all().map(\.status) == [.failed, .queued, .queued])
    }
  }

  @Test("The counts of a run are those of its messages, so that pruning knows what is over")
  func counts() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      let log = Self.log(ledger)
      let counts = "SELECT planned, sending, accepted, failed, unknown, skipped, finished_at IS NOT NULL FROM job"
      try log.claim([Self.message(1), Self.message(2), Self.message(3)])
      #expect(try ledger.database.numbers(counts) == [0, 3, 0, 0, 0, 0, 0])
      try log.settle([Self.message(1, .sent), Self.message(2, .unknown)])
      #expect(try ledger.database.numbers(counts) == [0, 1, 1, 0, 1, 0, 0])
      try log.release([3])
      #expect(try ledger.database.numbers(counts) == [0, 0, 1, 0, 1, 0, 1])
    }
  }
}
