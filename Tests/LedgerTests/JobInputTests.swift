import Messaging
import TestSupport
import Testing

@testable import Ledger

/// Which lists are the same job, and which are not.
@Suite(.ownThread) struct JobInputTests {
  private static let later = Timestamp(unixSeconds: noon.unixSeconds + 7200)

  /// What tells two jobs apart; each differs from the plain one in one thing.
  static let others: [(String, Plan, @Sendable (inout JobRequest) -> Void)] = [
    ("another number", Plan(first: 2), { _ in }),
    ("another row", Plan(count: 4), { _ in }),
    ("another text", Plan(body: "hello"), { _ in }),
    ("a text that looks the same", Plan(body: "Hello\u{200B}"), { _ in }),
    ("a sender", Plan(from: "SHOP"), { _ in }),
    ("a time of its rows", Plan(scheduledAt: later), { _ in }),
    ("a row that is left out", Plan(suppressed: [1]), { _ in }),
    ("an option", Plan(options: options { $0.isPriority = true }), { _ in }),
    ("a device", Plan(options: options { $0.devices = [DeviceSelector(id: 1)] }), { _ in }),
    ("a sender ID", Plan(options: options { $0.senderID = "SHOP" }), { _ in }),
    ("another profile", Plan(), { $0.profile = "home" }),
    ("no profile", Plan(), { $0.profile = nil }),
    ("a shard", Plan(), { $0.shard = "1/2" }),
    ("an end of repetitions", Plan(), { $0.typedUntil = "tomorrow" }),
  ]

  @Test("A name is for one input, and other input under it is refused", arguments: others.map(\.0))
  func otherInput(name: String) throws {
    let (_, plan, change) = try #require(Self.others.first { $0.0 == name })
    var request = request("spring")
    try withState { folder in
      let ledger = try ledger(folder)
      _ = try ledger.begin("spring")
      #expect(try ledger.open(request, Plan().rows()).word == "again")
      change(&request)
      #expect(try ledger.open(request, plan.rows()).word == "other input")
      #expect(try ledger.reopen("spring", request, plan.rows()).word == "other input")
      request.name = nil
      #expect(try ledger.open(request, plan.rows()).word == "new")
    }
  }

  @Test("Whether a job would be new is told without beginning it")
  func wouldBegin() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      let rows = try Plan().rows()
      #expect(try ledger.wouldBegin(request("spring"), rows))
      #expect(try ledger.wouldBegin(request("spring"), rows))
      _ = try ledger.begin("spring")
      #expect(try !ledger.wouldBegin(request("spring"), rows))
      var other = request("spring")
      other.name = nil
      #expect(try ledger.wouldBegin(other, rows))
      #expect(try ledger.open(other, rows).word == "new")
      #expect(try !ledger.wouldBegin(other, rows))
      other.startsAnew = true
      #expect(try ledger.wouldBegin(other, rows))
    }
  }

  @Test("Numbers in another order are another input")
  func order() throws {
    let messages = try ["+15550100001", "+15550100002"].map {
      OutgoingMessage(to: try PhoneNumber(parsing: $0), body: "Hello")
    }
    let digests = try [messages, messages.reversed()].map { messages in
      let plan = try JobPlan()
      for (index, message) in messages.enumerated() { try plan.add(message, row: index + 1) }
      try plan.finish()
      return try plan.digest(request())
    }
    #expect(digests[0] != digests[1])
  }

  @Test("Two fields never run into each other")
  func fields() throws {
    let digests = try [("ab", "c"), ("a", "bc"), ("abc", "")].map { body, from in
      try Plan(count: 1, body: body, from: from).rows().digest(request())
    }
    #expect(Set(digests).count == 3)
  }

  @Test("Times count as they were typed, whenever that was")
  func typedTimes() throws {
    func digest(at moment: Timestamp, typed text: String?, until end: String? = nil) throws -> String {
      var request = request()
      request.typedUntil = end
      let options = Self.options { $0.recurrence = Recurrence(period: .daily, frequency: 1, until: moment) }
      return try Plan(scheduledAt: moment, typedTime: text, options: options).rows().digest(request)
    }
    #expect(try digest(at: noon, typed: "+2h", until: "+9d") == digest(at: Self.later, typed: "+2h", until: "+9d"))
    #expect(try digest(at: noon, typed: "+2h", until: "+9d") != digest(at: noon, typed: "+3h", until: "+9d"))
    #expect(try digest(at: noon, typed: "+2h", until: "+9d") != digest(at: noon, typed: "+2h", until: "+8d"))
    #expect(try digest(at: noon, typed: "+2h") != digest(at: Self.later, typed: "+2h"), "the end is a fixed moment")
  }

  @Test("Without a name, a job for the same input that is not over stands in the way")
  func unfinished() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      var job: LedgerJob? = try ledger.begin(nil, Plan(count: 2))
      let name = try #require(job?.name)
      func again(_ change: (inout JobRequest) -> Void = { _ in }) throws -> String {
        var request = request()
        change(&request)
        return try ledger.open(request, Plan(count: 2).rows()).word
      }
      #expect(try again() == "unfinished", "while it runs")
      try job?.claim(1, 2)
      try job?.settle(.accepted, 1)
      try job?.settle(.unknown, 2)
      #expect(try again() == "unfinished", "over, but for a message of which nobody knows")
      #expect(try again { $0.shard = "1/1" } == "new")
      job = nil
      #expect(try again() == "unfinished")
      job = try ledger.reopen(name).job
      #expect(try job?.replanUnknown() == 1)
      try job?.claim(2)
      try job?.settle(.failed, 2)
      job = nil
      #expect(try again() == "new", "each row has its outcome, so it is a new run")
    }
  }

  @Test("--new begins a job of its own, of which there may be several")
  func anew() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      var request = request()
      request.startsAnew = true
      let jobs = try (0..<3).compactMap { _ in try ledger.open(request, Plan().rows()).job }
      #expect(Set(jobs.map(\.name)).count == 3 && jobs.allSatisfy(\.isNew))
      request.startsAnew = false
      #expect(try ledger.open(request, Plan().rows()).word == "unfinished")
    }
  }

  @Test("A job with a name does not stand in the way of one without")
  func namedAndUnnamed() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      let named = try ledger.begin("spring")
      #expect(try ledger.open(request(), Plan().rows()).word == "new")
      _ = named
    }
  }

  @Test(
    "A name is found by its bytes",
    arguments: [
      ("Zo\u{EB}", "Zoe\u{308}"), ("a", "A"), ("a", "a "), ("%", "_"), ("'; DROP TABLE job; --", "'"), ("-1", "1"),
    ])
  func names(name: String, other: String) throws {
    try withState { folder in
      let ledger = try ledger(folder)
      _ = try ledger.begin(name)
      #expect(try ledger.reopen(other).word == "missing")
      #expect(try ledger.owner(ofJob: other) == nil)
      #expect(try ledger.reopen(name).word == "again")
      #expect(try ledger.owner(ofJob: name)?.provider == "smsit")
    }
  }

  @Test("What all messages have in common is the same after the job is opened again")
  func optionsAreKept() throws {
    let options = Self.options {
      $0.deviceScope = .allSIMs
      $0.usesRandomDevice = true
      $0.attachments = ["https://example.com/a \"b\".png", "ä"]
      $0.isMMS = true
      $0.isPriority = true
      $0.senderID = "SHOP"
      $0.devices = [DeviceSelector(id: 1), DeviceSelector(id: 2, sim: 0)]
      $0.recurrence = Recurrence(period: .monthly, frequency: 3, until: Self.later)
    }
    try withState { folder in
      _ = try ledger(folder).begin("spring", Plan(scheduledAt: Self.later, options: options))
      let row = try #require(try ledger(folder).reopen("spring").job?.planned(after: 0, limit: 1).first)
      #expect(row.message.options == options)
      #expect(row.message.scheduledAt == Self.later)
    }
  }

  private static func options(_ change: (inout SendOptions) -> Void) -> SendOptions {
    var options = SendOptions()
    change(&options)
    return options
  }
}
