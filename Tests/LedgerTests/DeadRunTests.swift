import Messaging
import TestSupport
import Testing

@testable import Ledger

/// A message under way is nobody's only once its process is gone.
@Suite(.ownThread) struct DeadRunTests {
  @Test("What a living run has under way stays so, however often the ledger is opened")
  func living() throws {
    try withState { folder in
      let job = try ledger(folder).begin("spring")
      try job.claim(1, 2)
      for _ in 0..<3 { #expect(try ledger(folder).statuses("spring") == ["sending", "sending", "planned"]) }
      #expect(try ledger(folder).record("spring")?.state == .running)
      try job.settle(.accepted, 1, 2)
      #expect(try ledger(folder).statuses("spring") == ["accepted", "accepted", "planned"])
    }
  }

  @Test("What a dead run had under way is unknown to the next who opens the ledger, and is not sent again")
  func dead() throws {
    try withState { folder in
      var job: LedgerJob? = try ledger(folder).begin("spring")
      try job?.claim(1, 2)
      try job?.settle(.accepted, 1)
      job = nil
      let ledger = try ledger(folder)
      #expect(try ledger.statuses("spring") == ["accepted", "unknown", "planned"])
      #expect(try ledger.record("spring")?.state == .interrupted)
      let next = try #require(try ledger.reopen("spring").job)
      #expect(try next.rows(.planned) == [3])
      #expect(next.counts == (try ledger.recount("spring")))
      #expect(throws: LedgerError.self) { try next.claim(2) }
    }
  }

  @Test("A run that dies while the ledger is open elsewhere is found when its job is opened again")
  func deadMeanwhile() throws {
    try withState { folder in
      let other = try ledger(folder)
      var job: LedgerJob? = try ledger(folder).begin("spring")
      try job?.claim(1, 2, 3)
      job = nil
      let next = try #require(try other.reopen("spring").job)
      #expect((next.counts.unknown, next.counts.pending) == (3, 0))
      #expect(try other.record("spring")?.finishedAt == noon)
    }
  }

  @Test("One process works on a job at a time")
  func oneAtATime() throws {
    try withState { folder in
      var job: LedgerJob? = try ledger(folder).begin("spring")
      let other = try ledger(folder)
      #expect(try other.reopen("spring").word == "busy")
      #expect(try other.open(request("spring"), Plan().rows()).word == "busy")
      _ = try other.begin("autumn")
      job = nil
      #expect(try other.reopen("spring").word == "again")
      _ = job
    }
  }

  /// Stopped where it stands, a process may hold the database's own lock, too.
  @Test("Whoever is stopped while it writes keeps nobody from being told that the job is busy")
  func stoppedWriter() throws {
    try withState { folder in
      let job = try ledger(folder).begin("spring")
      let unnamed = try ledger(folder).begin(nil, Plan(first: 100))
      try job.claim(1)
      try unnamed.claim(1)
      let writer = try Database(path: "\(folder)/ledger.db")
      try writer.execute("BEGIN IMMEDIATE")
      let other = try ledger(folder)
      #expect(try other.open(request("spring"), Plan().rows()).word == "busy")
      #expect(try other.open(request("spring"), Plan(body: "other").rows()).word == "other input")
      #expect(try other.open(request(), Plan(first: 100).rows()).word == "unfinished")
      #expect(try other.reopen("spring").word == "busy")
      #expect(try other.statuses("spring").count == 3)
      _ = (job, unnamed)
    }
  }
}
