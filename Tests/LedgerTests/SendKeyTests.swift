import Messaging
import TestSupport
import Testing

@testable import Ledger

/// Under a key, the same content is one job, whoever asks for it and whatever became of it.
@Suite(.ownThread) struct SendKeyTests {
  private static func seconds(_ count: Int64) -> Timestamp { Timestamp(unixSeconds: noon.unixSeconds + count) }

  @Test("The same content again is the same job; the order of the numbers doesn't matter")
  func sameContent() throws {
    try withState { folder in
      try ledger(folder).use("k")?.finish()
      let again = try #require(try ledger(folder).use("k", content { $0.recipients.reverse() }))
      #expect(!again.isNew)
      #expect(try again.printedRecords().map(\.status) == [.accepted, .accepted])
      #expect(try again.printedRecords().map(\.row) == [1, 2])
    }
  }

  static let changes: [(String, @Sendable (inout SendContent) -> Void)] = [
    ("another command", { $0.command = "list-send" }),
    ("another number", { $0.recipients[0] = "+15551000003" }),
    ("a number less", { $0.recipients.removeLast() }),
    ("another text", { $0.body = "Hello " }),
    ("another sender", { $0.from = "shop" }),
    ("no sender", { $0.from = nil }),
    ("a time", { $0.typed = ["now and 60 s", nil] }),
    ("an end", { $0.typed = [nil, "now and 60 s"] }),
    ("an empty text for none", { $0.typed = [nil, ""] }),
    ("an option", { $0.options.isMMS = true }),
    ("a phone", { $0.options.devices = [DeviceSelector(id: 1)] }),
  ]

  @Test("Any other content is refused while the key holds", arguments: changes.map(\.0))
  func otherContent(name: String) throws {
    let (_, change) = try #require(Self.changes.first { $0.0 == name })
    try withState { folder in
      _ = try ledger(folder).use("k")
      #expect(try ledger(folder).open("k", content(change)).word == "other content")
      #expect(try ledger(folder).use("other", content(change))?.isNew == true)
    }
  }

  @Test("The end of a repetition counts as it was typed")
  func recurrence() throws {
    func repeated(until end: Timestamp) -> SendContent {
      var options = SendOptions()
      options.recurrence = Recurrence(period: .daily, frequency: 1, until: end)
      return SendContent(
        command: "send", recipients: ["+15551000001"], body: "Hello", from: nil, options: options,
        typed: ["now and 60 s"])
    }
    #expect(repeated(until: noon).digest == repeated(until: Self.seconds(9)).digest)
  }

  @Test("A key of another account is another key")
  func otherAccount() throws {
    try withState { folder in
      _ = try ledger(folder).use("k")
      #expect(try ledger(folder).use("k", account: account(key: "other"))?.isNew == true)
      #expect(try ledger(folder).use("k", account: account("sendapp"))?.isNew == true)
      #expect(try ledger(folder).use("k")?.isNew == false)
    }
  }

  @Test(
    "A key holds from its first use on for as long as that run said, by a clock that may have been set back",
    arguments: [
      (0, 59, false), (0, 60, false), (0, 62, true), (0, -3600, false), (3600, 0, false), (3600, 3661, true),
    ] as [(Int64, Int64, Bool)])
  func lifetime(first: Int64, second: Int64, isNew: Bool) throws {
    try withState { folder in
      try ledger(folder, at: Self.seconds(first)).use("k", lifetime: .seconds(60))?.finish()
      let later = try ledger(folder, at: Self.seconds(second))
      #expect(try later.use("k", lifetime: .seconds(7200))?.isNew == isNew)
    }
  }

  @Test("A key that a clock ahead made does not outlive the time that it was meant to hold")
  func clockAhead() throws {
    try withState { folder in
      try ledger(folder, at: Self.seconds(1_000_000)).use("k", lifetime: .seconds(60))?.finish()
      #expect(try ledger(folder).use("k")?.isNew == false)
      #expect(try ledger(folder, at: Self.seconds(62)).use("k")?.isNew == true)
    }
  }

  @Test(
    "One process sends under a key at a time; what a dead one had under way is unknown, and the rest is still planned")
  func deadRun() throws {
    try withState { folder in
      var job = try ledger(folder).use("k")
      try job?.claim(1)
      #expect(try ledger(folder).open("k").word == "busy")
      #expect(try ledger(folder).open("k", content { $0.body = "other" }).word == "busy")
      job = nil
      let next = try #require(try ledger(folder).use("k"))
      #expect(try next.printedRecords().map(\.status) == [.unknown, .planned])
      #expect((next.counts.unknown, next.counts.planned) == (1, 1))
      try next.claim(2)
      try next.settle(.accepted, 2)
      #expect(try next.printedRecords().map(\.status) == [.unknown, .accepted])
      #expect(next.counts.pending == 0)
    }
  }

  @Test("Nothing of a key whose time is over is sent by the run that takes the key again")
  func takenAgain() throws {
    try withState { folder in
      try ledger(folder).use("k", lifetime: .seconds(1))?.claim(1)
      let later = try ledger(folder, at: Self.seconds(10))
      let job = try #require(try later.use("k", content { $0.body = "other" }))
      #expect(job.isNew)
      #expect(try later.all().map(\.status.rawValue).sorted() == ["planned", "planned", "unknown"])
    }
  }

  @Test("Pruning keeps what was sent under a key that still holds")
  func pruning() throws {
    try withState { folder in
      try ledger(folder).use("k", lifetime: .seconds(60))?.finish()
      _ = try ledger(folder).use("unsent", lifetime: .seconds(60))
      let soon = try ledger(folder, at: Self.seconds(30)).prune(before: Self.seconds(1000))
      #expect((soon.jobs, soon.messages) == (0, 0))
      #expect(try ledger(folder).use("k")?.isNew == false)
      let later = try ledger(folder, at: Self.seconds(62))
      let pruned = try later.prune(before: Self.seconds(1000))
      #expect((pruned.jobs, pruned.messages) == (2, 2))
      #expect(try later.all().isEmpty)
      #expect(try later.database.numbers("SELECT count(*) FROM send_key") == [0])
    }
  }

  @Test("What becomes of a message later changes the log, and not what its key gives")
  func statusGoesOn() throws {
    try withState { folder in
      try ledger(folder).use("k")?.finish()
      let ledger = try ledger(folder)
      let before = try #require(try ledger.use("k")).printedRecords()
      var news = outcome(.failed, 1)
      (news.providerStatus, news.error) = ("FAILED", MessageError(code: "7", message: "no such number"))
      #expect(try ledger.update([news], of: account()) == 1)
      #expect(try ledger.all().map(\.status).contains(.failed))
      #expect(try ledger.use("k")?.printedRecords() == before)
      #expect(before.map(\.status) == [.accepted, .accepted])
    }
  }

  @Test("A text that is made late is kept once, before its row leaves")
  func lateText() throws {
    try withState { folder in
      let job = try #require(try ledger(folder).use("k"))
      #expect(throws: LedgerError.self) { try job.setBody("Bye", ofRow: 1) }
      var row = MessageRecord(status: .planned)
      row.to = "+15551000001"
      let late = try #require(try ledger(folder).open("late", content(), rows: [row]).job)
      try late.setBody("Your code is 1", ofRow: 1)
      #expect(try late.printedRecords().map(\.body) == ["Your code is 1"])
      #expect(throws: LedgerError.self) { try late.setBody("Your code is 2", ofRow: 1) }
    }
  }
}

/// What is sent under the keys of the tests.
private func content(_ change: (inout SendContent) -> Void = { _ in }) -> SendContent {
  var content = SendContent(
    command: "send", recipients: ["+15551000001", "+15551000002"], body: "Hello", from: "SHOP", options: SendOptions(),
    typed: [nil, nil])
  change(&content)
  return content
}

extension Ledger {
  fileprivate func open(
    _ key: String, _ content: SendContent = content(), account owner: Account = account(),
    lifetime: Duration = .seconds(86_400), rows: [MessageRecord]? = nil
  ) throws -> OpenKeyResult {
    let planned = try (1...2).map {
      MessageRecord(OutgoingMessage(to: try PhoneNumber(parsing: "+1555100000\($0)"), body: "Hello", from: "SHOP"))
    }
    return try open(
      SendKey(key, lifetime: lifetime), for: content, account: owner, profile: nil, rows ?? planned)
  }

  /// The job of a key, where this process may work on it.
  fileprivate func use(
    _ key: String, _ content: SendContent = content(), account owner: Account = account(),
    lifetime: Duration = .seconds(86_400)
  ) throws -> LedgerJob? {
    try open(key, content, account: owner, lifetime: lifetime).job
  }
}

extension OpenKeyResult {
  fileprivate var job: LedgerJob? { if case .opened(let job) = self { job } else { nil } }

  fileprivate var word: String {
    switch self {
    case .opened(let job): job.isNew ? "new" : "again"
    case .busy: "busy"
    case .otherContent: "other content"
    }
  }
}

extension LedgerJob {
  /// Has both rows be taken.
  fileprivate func finish() throws {
    try claim(1, 2)
    try settle(.accepted, 1, 2)
  }
}
