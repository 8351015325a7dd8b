import Messaging
import Platform
import TestSupport
import Testing

@testable import Ledger

/// What `jobs` and `jobs prune` do.
@Suite(.ownThread) struct JobListingTests {
  private static func day(_ number: Int64) -> Timestamp { Timestamp(unixSeconds: noon.unixSeconds + number * 86_400) }

  /// A job for each state, begun on days 0 to 3, the first and second by the profile `office`.
  private func withJobs(_ body: (Ledger) throws -> Void) throws {
    try withState { folder in
      func begin(_ name: String, _ day: Int64, profile: String) throws -> LedgerJob {
        var request = JobRequest(account: account(), profile: profile)
        request.name = name
        return try #require(try ledger(folder, at: Self.day(day)).open(request, Plan(count: 2).rows()).job)
      }
      try Self.settleAll(of: try begin("done", 0, profile: "office"))
      try begin("interrupted", 1, profile: "office").claim(1)
      _ = try begin("planned", 2, profile: "home")
      let running = try begin("running", 3, profile: "home")
      try running.claim(1)
      try withExtendedLifetime(running) { try body(try ledger(folder, at: Self.day(9))) }
    }
  }

  private static func settleAll(of job: LedgerJob) throws {
    try job.claim(1, 2)
    try job.settle(.accepted, 1, 2)
  }

  static let filters: [(String, @Sendable (inout JobQuery) -> Void, [String])] = [
    ("none", { _ in }, ["running", "planned", "interrupted", "done"]),
    ("name", { $0.name = "planned" }, ["planned"]),
    ("a name that is not", { $0.name = "plan" }, []),
    ("profile", { $0.profile = "office" }, ["interrupted", "done"]),
    ("planned", { $0.state = .planned }, ["planned"]),
    ("running", { $0.state = .running }, ["running"]),
    ("interrupted", { $0.state = .interrupted }, ["interrupted"]),
    ("done", { $0.state = .done }, ["done"]),
    ("since", { $0.since = day(2) }, ["running", "planned"]),
    ("until", { $0.until = day(1) }, ["interrupted", "done"]),
    ("a day", { ($0.since, $0.until) = (day(1), day(1)) }, ["interrupted"]),
    ("limit", { $0.limit = 2 }, ["running", "planned"]),
    ("limit and state", { ($0.limit, $0.state) = (1, .done) }, ["done"]),
  ]

  @Test("Each filter leaves what it says, the newest first", arguments: filters.map(\.0))
  func filter(name: String) throws {
    let (_, change, expected) = try #require(Self.filters.first { $0.0 == name })
    try withJobs { (ledger) throws in
      var query = JobQuery()
      change(&query)
      #expect(try ledger.jobs(query).map(\.job) == expected)
    }
  }

  @Test("More jobs than a page holds all come")
  func pages() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      for index in 0..<300 { _ = try ledger.begin("job\(index)", Plan(count: 0)) }
      #expect(try ledger.jobs(JobQuery()).map(\.job) == (0..<300).reversed().map { "job\($0)" })
    }
  }

  @Test("Pruning forgets what was over before a time, and nothing that is not over, however old")
  func prune() throws {
    try withJobs { (ledger) throws in
      #expect(try ledger.prune(before: Self.day(0)) == PruneResult())
      #expect(try ledger.prune(before: Self.day(8)) == PruneResult(jobs: 1, messages: 2))
      #expect(try ledger.jobs(JobQuery()).map(\.job) == ["running", "planned", "interrupted"])
      #expect(try ledger.all().count == 6)
      #expect(try ledger.prune(before: Self.day(99)) == PruneResult())
    }
  }

  @Test("Pruning forgets single messages that were sent long ago, too")
  func pruneRuns() throws {
    try withState { folder in
      let old = try run(try ledger(folder), 2)
      try old.claim(1, 2)
      try old.settle(.sent, 1, 2)
      let open = try run(try ledger(folder), 1)
      try open.claim(1)
      #expect(try ledger(folder).prune(before: Self.day(1)) == PruneResult(), "both runs go on")
      withExtendedLifetime(old) {}
      #expect(try ledger(folder).all().count == 3)
      withExtendedLifetime(open) {}
    }
  }

  @Test("A job that was taken up again is not over, though it was")
  func takenUpAgain() throws {
    try withState { folder in
      let job = try ledger(folder).begin("spring", Plan(count: 1))
      try job.claim(1)
      try job.settle(.unknown, 1)
      #expect(try ledger(folder).prune(before: Self.day(1)) == PruneResult(), "a process works on it")
      _ = try job.replanUnknown()
      try job.claim(1)
      try job.settle(.sent, 1)
      #expect(try ledger(folder).statuses("spring") == ["sent"])
    }
  }

  @Test("Pruning keeps what is unknown, unless that is to go as well")
  func pruneUnknown() throws {
    try withState { folder in
      let job = try ledger(folder).begin("spring", Plan(count: 2))
      try job.claim(1, 2)
      try job.settle(.unknown, 1)
      try job.settle(.sent, 2)
      _ = consume job
      #expect(try ledger(folder).record("spring")?.state == .unsettled)
      #expect(try ledger(folder).prune(before: Self.day(1)) == PruneResult())
      #expect(try ledger(folder).prune(before: Self.day(1), unknownToo: true) == PruneResult(jobs: 1, messages: 2))
    }
  }

  @Test("Pruning gives the disk space back, and what stays is as it was")
  func space() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      let kept = try ledger.begin("kept", Plan(count: 3))
      try kept.claim(1)
      let body = String(repeating: "a", count: 500)
      _ = try ledger.begin("big", Plan(count: 6000, body: body, suppressed: Array(0..<6000)))
      let pruned = try ledger.prune(before: Self.day(1))
      #expect(pruned.messages == 6000 && pruned.freed > 3_000_000, "\(pruned)")
      #expect(try #require(Files.status(ledger.path)).size < 1_000_000)
      try kept.settle(.sent, 1)
      #expect(try ledger.statuses("kept") == ["sent", "planned", "planned"])
    }
  }

  @Test("A forgotten name can be given again")
  func nameAgain() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      _ = try ledger.begin("spring", Plan(count: 0))
      #expect(try ledger.prune(before: Self.day(1)) == PruneResult(jobs: 1))
      #expect(try ledger.open(request("spring"), Plan(body: "other").rows()).word == "new")
    }
  }
}
