import Messaging
import TestSupport
import Testing

@testable import Ledger

/// A job that is closed is in nobody's way, keeps its rows, and never goes on.
@Suite(.ownThread) struct JobClosingTests {
  private func newRequest() -> JobRequest {
    var request = request()
    request.startsAnew = true
    return request
  }

  @Test("What is closed blocks nothing, keeps its rows, and can't be opened again")
  func close() throws {
    try withState { folder in
      let name = try ledger(folder).begin().name
      #expect(try ledger(folder).open(request(), Plan().rows()).word == "unfinished")
      guard case .closed(let record) = try ledger(folder).close(name) else { return #expect(Bool(false)) }
      #expect(record.state == .abandoned && record.finishedAt == noon && record.counts.pending == 3)
      #expect(try ledger(folder).statuses(name) == ["planned", "planned", "planned"])
      #expect(try ledger(folder).reopen(name).word == "abandoned")
      #expect(try ledger(folder).open(request(), Plan().rows()).word == "new")
    }
  }

  @Test("What is done or closed stays as it is; what a process works on can't be closed")
  func others() throws {
    try withState { folder in
      let held = try ledger(folder).begin("held")
      #expect(try ledger(folder).close("held") == .busy)
      withExtendedLifetime(held) {}
      #expect(try ledger(folder).close("none") == .missing)
      let done = try ledger(folder).begin("done", Plan(count: 1))
      try done.claim(1)
      try done.settle(.sent, 1)
      _ = consume done
      guard case .over(let record) = try ledger(folder).close("done") else { return #expect(Bool(false)) }
      #expect(record.state == .done)
    }
  }

  @Test("A new job closes the one for the same input, and one that never sent anything with another credential")
  func replaced() throws {
    try withState { folder in
      var wrong = request()
      wrong.account = account(key: "wrong")
      let refused = try #require(try ledger(folder).open(wrong, Plan().rows()).job).name
      let begun = try #require(try ledger(folder).open(request(), Plan().rows()).job)
      try begun.claim(1)
      try begun.settle(.unknown, 1)
      let name = begun.name
      #expect(try ledger(folder).open(newRequest(), Plan().rows()).word == "busy")
      _ = consume begun
      let other = try ledger(folder).begin(nil, Plan(body: "Other")).name
      #expect(try ledger(folder).open(newRequest(), Plan().rows()).word == "new")
      #expect(try ledger(folder).record(name)?.state == .abandoned)
      #expect(try ledger(folder).record(refused)?.state == .abandoned)
      #expect(try ledger(folder).record(other)?.state == .planned)
    }
  }

  @Test("A job with another list says which rows are new, changed or gone")
  func difference() throws {
    try withState { folder in
      _ = try ledger(folder).begin("spring", Plan(count: 3))
      func difference(_ plan: Plan, profile: String = "office") throws -> JobDifference? {
        var request = request("spring")
        request.profile = profile
        guard case .otherInput(let difference) = try ledger(folder).open(request, plan.rows()) else { return nil }
        return difference
      }
      var expected = JobDifference(job: "spring")
      #expect(try difference(Plan(count: 3)) == nil)
      expected.new = [4]
      #expect(try difference(Plan(count: 4)) == expected)
      (expected.new, expected.gone) = ([], [3])
      #expect(try difference(Plan(count: 2)) == expected)
      (expected.changed, expected.gone) = ([1, 2, 3], [])
      #expect(try difference(Plan(count: 3, body: "Bye")) == expected)
      expected = JobDifference(job: "spring")
      expected.hasOtherProfile = true
      #expect(try difference(Plan(count: 3), profile: "home") == expected)
    }
  }

  @Test("Only what failed is planned again")
  func retryFailed() throws {
    try withState { folder in
      let job = try ledger(folder).begin("spring", Plan(count: 4))
      try job.claim(1, 2, 3, 4)
      for (row, status) in zip(1..., [MessageStatus.failed, .canceled, .unknown, .sent]) { try job.settle(status, row) }
      #expect(try job.replanFailed() == 1)
      #expect(try ledger(folder).statuses("spring") == ["planned", "canceled", "unknown", "sent"])
      #expect(try ledger(folder).all().first { $0.row == 1 && $0.status == .planned }?.id == nil)
      #expect(try job.counts == ledger(folder).recount("spring"))
      #expect(job.counts.planned == 1)
    }
  }
}
