import Messaging
import TestSupport
import Testing

@testable import Ledger

/// What `log` finds.
@Suite(.ownThread) struct LogQueryTests {
  /// A ledger with a job of four rows, one of two by another profile a day later, and a message that was sent by itself
  /// an hour after that.
  private func withMessages(_ body: (Ledger) throws -> Void) throws {
    try withState { folder in
      let spring = try ledger(folder).begin("spring", Plan(count: 4, from: "SHOP"))
      try spring.claim(1, 2, 3)
      var records = [outcome(.delivered, 1), outcome(.failed, 2), outcome(.unknown, 3)]
      records[0].groupID = "g1"
      records[0].providerStatus = "DELIVRD"
      records[0].device = "1"
      records[0].sim = "0"
      var changes = RowChanges()
      changes.settled = records
      try spring.apply(changes)

      var request = JobRequest(account: account("voximplant"), profile: "home")
      request.name = "autumn"
      let rows = try Plan(count: 2, body: "Bye").rows()
      let autumn = try #require(try ledger(folder, at: Self.nextDay).open(request, rows).job)
      try autumn.claim(1)
      try autumn.settle(.sent, 1)

      let later = try ledger(folder, at: Timestamp(unixSeconds: Self.nextDay.unixSeconds + 3600))
      var message = outcome(.queued, 1, id: "single")
      message.to = "+15550100099"
      message.body = "One"
      let run = try later.job(of: "send", account: account(), profile: "office", placeholders: [message])
      try run.claim(1)
      var settling = RowChanges()
      settling.settled = [message]
      try run.apply(settling)
      try body(try ledger(folder, at: later.now()))
    }
  }

  private static let nextDay = Timestamp(unixSeconds: noon.unixSeconds + 86_400)

  /// Each filter, and what it leaves, the last that left first and what never left at the end: the text and the row.
  static let filters: [(String, @Sendable (inout LedgerQuery) throws -> Void, [String])] = [
    ("none", { _ in }, ["One", "Bye 1", "Hello 3", "Hello 2", "Hello 1", "Bye 2", "Hello 4"]),
    ("a job, in its order", { $0.job = "spring" }, ["Hello 1", "Hello 2", "Hello 3", "Hello 4"]),
    ("another job", { $0.job = "autumn" }, ["Bye 1", "Bye 2"]),
    ("a job that is not", { $0.job = "winter" }, []),
    ("profile", { $0.profile = "home" }, ["Bye 1", "Bye 2"]),
    ("profile and job that don't go together", { ($0.profile, $0.job) = ("home", "spring") }, []),
    ("ids", { $0.messages.ids = ["id1", "single", "x"] }, ["One", "Bye 1", "Hello 1"]),
    ("an id with signs", { $0.messages.ids = [#"'"\"#, "%"] }, []),
    ("group", { $0.messages.groupID = "g1" }, ["Hello 1"]),
    ("number", { $0.messages.to = try PhoneNumber(parsing: "+15551000002") }, ["Hello 2", "Bye 2"]),
    ("sender", { $0.messages.from = "SHOP" }, ["Hello 3", "Hello 2", "Hello 1", "Hello 4"]),
    ("planned", { $0.messages.status = .ours(.planned) }, ["Bye 2", "Hello 4"]),
    ("unknown", { $0.messages.status = .ours(.unknown) }, ["Hello 3"]),
    ("the provider's word", { $0.messages.status = .provider("delivrd") }, ["Hello 1"]),
    ("device", { $0.messages.device = 1 }, ["Hello 1"]),
    ("another device", { $0.messages.device = 2 }, []),
    ("SIM", { $0.messages.sim = 0 }, ["Hello 1"]),
    ("since", { $0.messages.since = nextDay }, ["One", "Bye 1", "Bye 2"]),
    ("since a second later", { $0.messages.since = Timestamp(unixSeconds: nextDay.unixSeconds + 1) }, ["One"]),
    ("until", { $0.messages.until = noon }, ["Hello 3", "Hello 2", "Hello 1", "Hello 4"]),
    ("until a second earlier", { $0.messages.until = Timestamp(unixSeconds: noon.unixSeconds - 1) }, []),
    (
      "several at once", { ($0.job, $0.messages.status, $0.messages.from) = ("spring", .ours(.failed), "SHOP") },
      ["Hello 2"]
    ),
  ]

  @Test("What is left of a single run will never leave; what is left of a job may")
  func givenUp() throws {
    try withMessages { ledger in
      let rows = [MessageRecord(status: .planned), MessageRecord(status: .planned)]
      let run = try ledger.job(of: "send", account: account(), profile: nil, placeholders: rows)
      try run.claim(1, 2)
      var changes = RowChanges()
      changes.settled = [outcome(.sent, 1)]
      changes.released = [2]
      try run.apply(changes)
      var messages = try ledger.messages(LedgerQuery())
      var unsent: [Bool] = []
      while let message = try messages.next() {
        if message.message.status == .planned { unsent.append(message.isGivenUp) }
      }
      #expect(unsent == [true, false, false])
    }
  }

  @Test("Each filter leaves what it says", arguments: filters.map(\.0))
  func filter(name: String) throws {
    let (_, change, expected) = try #require(Self.filters.first { $0.0 == name })
    try withMessages { (ledger) throws in
      var query = LedgerQuery()
      try change(&query)
      #expect(try ledger.all(query).map { "\($0.body ?? "")\($0.row.map { " \($0)" } ?? "")" } == expected)
    }
  }

  @Test("All of many pages come, each message once and in order", arguments: [255, 256, 257, 1000])
  func pages(count: Int) throws {
    try withState { folder in
      let ledger = try ledger(folder)
      _ = try ledger.begin("before", Plan(count: 300))
      _ = try ledger.begin("spring", Plan(count: count))
      _ = try ledger.begin("after", Plan(count: 300))
      var query = LedgerQuery()
      #expect(try ledger.all(query).compactMap(\.row) == [300, count, 300].flatMap { (1...$0).reversed() })
      query.job = "spring"
      #expect(try ledger.all(query).compactMap(\.row) == Array(1...count))
      query.messages.status = .ours(.sent)
      #expect(try ledger.all(query).isEmpty)
    }
  }

  @Test("Messages that left in one second fill many pages, and those that are planned again have not left")
  func pagesOfASecond() throws {
    try withState { folder in
      let job = try ledger(folder).begin("spring", Plan(count: 700))
      var changes = RowChanges()
      changes.claimed = Array(1...700)
      try job.apply(changes)
      try job.release(5, 600)
      let earlier = try ledger(folder, at: Timestamp(unixSeconds: noon.unixSeconds - 1)).begin("old", Plan(count: 1))
      try earlier.claim(1)
      let left = (1...700).reversed().filter { $0 != 5 && $0 != 600 }
      #expect(try ledger(folder).all().compactMap(\.row) == left + [1, 600, 5])
    }
  }

  @Test("What was not sent has no time of sending; what left has at least that of its request")
  func times() throws {
    try withMessages { (ledger) throws in
      var query = LedgerQuery()
      query.job = "spring"
      #expect(try ledger.all(query).map(\.sentAt) == [noon, nil, noon, nil])
    }
  }
}
