import Messaging
import TestSupport
import Testing

@testable import Ledger

/// What the ledger knows that helps to tell whether a provider has a message of a job.
@Suite(.ownThread) struct JobEvidenceTests {
  /// Claims and settles the first row of a new job of an account.
  private func run(
    _ ledger: Ledger, _ account: Account, _ status: MessageStatus, id: String?, to number: String = "+15551000001"
  ) throws {
    let message = OutgoingMessage(to: try PhoneNumber(parsing: number), body: "Hello")
    let job = try ledger.job(of: "send", account: account, profile: nil, [message])
    try job.claim(1)
    var record = outcome(status, 1)
    (record.id, record.to, record.body) = (id, number, "Hello")
    var changes = RowChanges()
    changes.settled = [record]
    try job.apply(changes)
  }

  @Test("Ids are looked up in the job's account, and in no other")
  func names() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      try run(ledger, account(), .accepted, id: "7")
      try run(ledger, account(key: "another"), .accepted, id: "8", to: "+15551000002")
      try run(ledger, account("sendapp"), .accepted, id: "8", to: "+15551000003")
      let job = try ledger.begin("spring")
      try job.claim(1)
      try job.settle(.accepted, 1)
      #expect(
        Set(try job.messages(named: ["7", "8", "id1"])) == [
          NamedMessage(id: "7", number: "+15551000001", body: "Hello"),
          NamedMessage(id: "id1", row: 1, number: "+15551000001", body: "Hello"),
        ])
    }
  }

  @Test("What is unknown, or under way, in other jobs of the account is a rival, and nothing else")
  func rivals() throws {
    try withState { folder in
      let ledger = try ledger(folder)
      for (index, status) in [MessageStatus.unknown, .accepted, .failed].enumerated() {
        try run(ledger, account(), status, id: nil, to: "+1555100001\(index)")
      }
      try run(ledger, account(key: "another"), .unknown, id: nil, to: "+15551000020")
      let underWay = try ledger.begin("other", Plan(count: 1, first: 30))
      try underWay.claim(1)
      let job = try ledger.begin("spring")
      try job.claim(1)
      try job.settle(.unknown, 1)
      #expect(Set(try job.unknownElsewhere().map(\.number)) == ["+15551000010", "+15551000030"])
    }
  }

  @Test("The job tells the statuses that it met, and the ids of what left at some time or later")
  func ownMessages() throws {
    try withState { folder in
      let job = try ledger(folder).begin("spring")
      try job.claim(1, 2, 3)
      var changes = RowChanges()
      changes.settled = [outcome(.accepted, 1), outcome(.unknown, 2)]
      changes.settled[0].providerStatus = "Paused"
      try job.apply(changes)
      #expect(try job.providerStatuses() == ["Paused"])
      #expect(try job.ids(since: noon) == ["id1"])
      #expect(try job.ids(since: noon.adding(seconds: 1)).isEmpty)
      #expect(try job.unknown(after: 0, limit: 9).map(\.id) == ["id2"])
      #expect(try job.unknown(after: 0, limit: 9).map(\.leftAt) == [noon])
    }
  }
}
