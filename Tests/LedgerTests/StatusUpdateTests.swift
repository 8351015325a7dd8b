import Messaging
import TestSupport
import Testing

@testable import Ledger

/// What a provider says later is taken over, and nothing that was sent is changed.
@Suite(.ownThread) struct StatusUpdateTests {
  /// What a provider says of the message with an id.
  private static func news(
    _ status: MessageStatus, id: String? = "id1", to: String? = "+15551000001", word: String? = nil
  ) -> MessageRecord {
    var record = MessageRecord(status: status)
    (record.id, record.to, record.providerStatus) = (id, to, word)
    return record
  }

  /// A status in the ledger, what the provider says, and what is in the ledger then.
  static let transitions: [(MessageStatus, MessageRecord, MessageStatus)] = [
    (.queued, news(.delivered), .delivered), (.accepted, news(.failed), .failed), (.sent, news(.sent), .sent),
    (.queued, news(.delivered, to: nil), .delivered), (.scheduled, news(.queued), .scheduled),
    // Final is final.
    (.delivered, news(.queued), .delivered), (.failed, news(.sent), .failed), (.canceled, news(.sent), .canceled),
    // It is there: it must not be sent again.
    (.sent, news(.unknown, word: "UNKNOWN"), .sent), (.unknown, news(.unknown, word: "UNKNOWN"), .accepted),
    (.unknown, news(.delivered), .delivered),
    // Of another message.
    (.queued, news(.delivered, id: "id2"), .queued), (.queued, news(.delivered, to: "+15551000009"), .queued),
    (.queued, news(.received), .queued), (.queued, news(.delivered, id: nil), .queued),
  ]

  @Test("Each status turns into the one that the provider tells", arguments: transitions.indices)
  func transition(index: Int) throws {
    let (before, news, after) = Self.transitions[index]
    try withState { folder in
      let job = try ledger(folder).begin("spring", Plan(count: 1))
      try job.claim(1)
      try job.settle(before, 1)
      let changed = try ledger(folder).update([news], of: account())
      #expect(try ledger(folder).statuses("spring") == [after.rawValue])
      #expect(changed == (before == after && news.providerStatus == nil ? 0 : 1))
      #expect(try ledger(folder).record("spring")?.counts == ledger(folder).recount("spring"))
    }
  }

  @Test("What was sent stays; what it cost, and when it came, is added")
  func fields() throws {
    try withState { folder in
      let job = try ledger(folder).begin("spring", Plan(count: 1, from: "SHOP"))
      try job.claim(1)
      try job.settle(.queued, 1)
      var news = Self.news(.delivered, word: "Delivered")
      (news.body, news.from, news.groupID) = ("another text", "OTHER", "g9")
      (news.price, news.currency, news.deliveredAt) = ("0.01", "USD", noon)
      try ledger(folder).update([news], of: account())
      let record = try #require(try ledger(folder).all().first)
      #expect((record.body, record.from, record.groupID) == ("Hello", "SHOP", nil))
      #expect((record.price, record.currency, record.deliveredAt) == ("0.01", "USD", noon))
      #expect((record.status, record.providerStatus) == (.delivered, "Delivered"))
    }
  }

  @Test("Another account's message with the same id is another message")
  func otherAccount() throws {
    try withState { folder in
      let job = try ledger(folder).begin("spring", Plan(count: 1))
      try job.claim(1)
      try job.settle(.queued, 1)
      for other in [account("vpixelpro"), account(key: "another")] {
        #expect(try ledger(folder).update([Self.news(.delivered)], of: other) == 0)
      }
      #expect(try ledger(folder).statuses("spring") == ["queued"])
    }
  }

  @Test("Where ids begin again, the latest message is meant; without ids the latest to the number that has left")
  func latest() throws {
    try withState { folder in
      for (name, time) in [("old", noon.unixSeconds), ("new", noon.unixSeconds + 60)] {
        let job = try ledger(folder, at: Timestamp(unixSeconds: time)).begin(name, Plan(count: 2))
        try job.claim(1, 2)
        var changes = RowChanges()
        changes.settled = [outcome(.queued, 1, id: "7"), outcome(.queued, 2)]
        changes.settled[1].id = nil
        try job.apply(changes)
      }
      _ = try ledger(folder, at: noon).begin("waiting", Plan(count: 2, body: "Later"))
      let second = Self.news(.failed, id: nil, to: "+15551000002")
      #expect(try ledger(folder).update([Self.news(.delivered, id: "7"), second], of: account()) == 2)
      #expect(try ledger(folder).statuses("old") == ["queued", "queued"])
      #expect(try ledger(folder).statuses("new") == ["delivered", "failed"])
      #expect(try ledger(folder).statuses("waiting") == ["planned", "planned"])
    }
  }
}
