import Messaging
import TestSupport
import Testing

@testable import Ledger

/// What one run notes about its rows.
@Suite(.ownThread) struct LedgerJobTests {
  @Test("A row goes from planned over sending to its outcome, and is there with all that the provider said")
  func outcomes() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      let job = try ledger.begin("spring")
      try job.claim(1, 2)
      #expect(try ledger.statuses("spring") == ["sending", "sending", "planned"])
      var record = outcome(.delivered, 1, id: "m1")
      record.groupID = "g1"
      record.providerStatus = "DELIVRD"
      record.segments = 2
      record.device = "1"
      record.sim = "0"
      record.price = "0.0500"
      record.currency = "EUR"
      record.sentAt = Timestamp(unixSeconds: 5)
      record.deliveredAt = Timestamp(unixSeconds: 7)
      record.type = .mms
      var refused = outcome(.failed, 2)
      refused.error = MessageError(code: "21", message: "no such number")
      var changes = RowChanges()
      changes.settled = [record, refused]
      try job.apply(changes)

      let shown = try ledger.all()
      let first = try #require(shown.dropFirst().first)
      #expect((first.id, first.groupID, first.providerStatus) == ("m1", "g1", "DELIVRD"))
      #expect((first.segments, first.device, first.sim, first.price, first.currency) == (2, "1", "0", "0.0500", "EUR"))
      #expect((first.sentAt?.unixSeconds, first.deliveredAt?.unixSeconds, first.type) == (5, 7, .mms))
      #expect((first.provider, first.profile, first.row, first.to) == ("smsit", "office", 1, "+15551000001"))
      #expect(shown[0].error == MessageError(code: "21", message: "no such number"))
    }
  }

  /// Changes of which one can't be: row 1 is settled, 2 and 3 are under way, 4 and 5 planned, 6 suppressed.
  static let impossible: [(String, RowChanges)] = [
    ("settling what is settled", changes(settled: [2, 1])),
    ("settling what is planned", changes(settled: [2, 4])),
    ("settling what is skipped", changes(settled: [2, 6])),
    ("settling what is not there", changes(settled: [2, 7])),
    ("settling twice", changes(settled: [2, 2])),
    ("releasing what is settled", changes(settled: [2], released: [3, 1])),
    ("releasing what is planned", changes(settled: [2], released: [3, 4])),
    ("claiming what is settled", changes(settled: [2], released: [3], claimed: [4, 1])),
    ("claiming what is under way", changes(released: [2], claimed: [4, 3])),
    ("claiming what is skipped", changes(released: [2], claimed: [4, 6])),
    ("claiming twice", changes(released: [2], claimed: [4, 4])),
    ("claiming what is not there", changes(settled: [2], claimed: [4, 0])),
  ]

  @Test("A turn is noted as a whole, or not at all", arguments: impossible.map(\.0))
  func allOrNothing(name: String) throws {
    let changes = try #require(Self.impossible.first { $0.0 == name }?.1)
    try withState { folder in
      let ledger = try ledger(folder)
      let job = try ledger.begin("spring", Plan(count: 6, suppressed: [5]))
      try job.claim(1, 2, 3)
      try job.settle(.accepted, 1)
      let (statuses, counts) = (try ledger.statuses("spring"), job.counts)
      #expect(statuses == ["accepted", "sending", "sending", "planned", "planned", "skipped"])
      #expect(throws: LedgerError.self) { try job.apply(changes) }
      #expect(try ledger.statuses("spring") == statuses)
      #expect(job.counts == counts)
      #expect(try ledger.record("spring")?.counts == counts)
      try job.settle(.accepted, 2)
    }
  }

  @Test("Whatever happens in whatever order, the counts are those of the rows", arguments: [UInt64(1), 2, 3, 4])
  func counts(seed: UInt64) throws {
    try withState { folder in
      let ledger = try ledger(folder)
      var current: LedgerJob? = try ledger.begin("spring", Plan(count: 60, suppressed: [3, 17]))
      let random = SeededRandom(seed)
      for _ in 0..<80 {
        if random.below(12) == 0 {
          // As if this run had died.
          current = nil
          current = try Ledger(folder: folder) { noon }.reopen("spring").job
        }
        let job = try #require(current)
        if random.below(12) == 0 {
          _ = try job.replanUnknown()
        } else if random.below(12) == 0 {
          let unknown = try job.rows(.unknown)
          let half = unknown.count / 2
          try job.reconcile(settled: unknown.prefix(half).map { outcome(.sent, $0) }, missing: Array(unknown[half...]))
        } else {
          try job.apply(try turn(of: job, random))
        }
        let counts = try ledger.recount("spring")
        #expect(job.counts == counts)
        let record = try #require(try ledger.record("spring"))
        #expect(record.counts == counts)
        #expect((record.finishedAt == nil) == (counts.pending > 0))
      }
    }
  }

  private func turn(of job: LedgerJob, _ random: SeededRandom) throws -> RowChanges {
    var changes = RowChanges()
    let outcomes: [MessageStatus] = [.accepted, .queued, .scheduled, .sent, .delivered, .failed, .canceled, .unknown]
    for row in try job.rows(.sending) {
      switch random.below(3) {
      case 0: changes.settled.append(outcome(outcomes[random.below(outcomes.count)], row))
      case 1: changes.released.append(row)
      default: break
      }
    }
    for row in try job.rows(.planned) where random.below(10) == 0 { changes.claimed.append(row) }
    return changes
  }

  @Test("A job is over once each row has its outcome, and not before")
  func over() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      var job: LedgerJob? = try ledger.begin("spring", Plan(count: 2))
      #expect(try ledger.record("spring")?.finishedAt == nil)
      try job?.claim(1, 2)
      try job?.settle(.accepted, 1)
      #expect(try ledger.record("spring")?.finishedAt == nil)
      try job?.settle(.unknown, 2)
      #expect(try ledger.record("spring")?.finishedAt == noon)
      #expect(try job?.replanUnknown() == 1)
      #expect(try ledger.record("spring")?.finishedAt == nil)
      job = nil
      #expect(try ledger.record("spring")?.state == .interrupted)
    }
  }

  @Test("A job with nothing to send is over at once", arguments: [0, 2])
  func nothingToSend(count: Int) throws {
    try withState { folder in
      let ledger = try ledger(folder)
      _ = try ledger.begin("none", Plan(count: count, suppressed: Array(0..<count)))
      #expect(try ledger.record("none")?.state == .done)
      #expect(try ledger.record("none")?.counts.skipped == count)
    }
  }

  private static func changes(settled: [Int] = [], released: [Int] = [], claimed: [Int] = []) -> RowChanges {
    var changes = RowChanges()
    changes.settled = settled.map { outcome(.accepted, $0) }
    (changes.released, changes.claimed) = (released, claimed)
    return changes
  }
}
