import Messaging
import Testing
import TextFormats

@testable import Providers

@Suite struct VoximplantHistoryTests {
  private let single = Voximplant(sampleSettings(["account_id": "42", "api_key": "K3Y"]))
  private let a2p = Voximplant(sampleSettings(["account_id": "42", "api_key": "K3Y"], booleans: ["a2p": true]))
  private let now = Timestamp(unixSeconds: 1_800_000_000)

  private func records(_ provider: Voximplant, _ query: MessageQuery, _ rows: String) throws -> [MessageRecord] {
    try provider.messages(query, page: nil).answer(#"{"result":[\#(rows)],"total_count":1}"#).records
  }

  @Test("Every filter is asked for, times in UTC")
  func filters() {
    let query = query {
      ($0.to, $0.from, $0.direction) = (number(), "+1 555 010-0099", .in)
      ($0.since, $0.until) = (Timestamp(unixSeconds: 1_551_398_400), Timestamp(unixSeconds: 1_551_398_461))
    }
    let common = [
      "count=1000", "destination_number=15550100001", "from_date=2019-03-01 00:00:00", "offset=0",
      "source_number=15550100099", "to_date=2019-03-01 00:01:01",
    ]
    #expect(single.objection(to: query) == nil)
    #expect(single.messages(query, page: nil).fields == (common + ["direction=IN"]).sorted())
    #expect(a2p.messages(with(query) { $0.direction = .out }, page: nil).fields == common)
  }

  @Test(
    "The delivery status of A2P messages is asked for by its number where it is one, else looked for",
    arguments: [
      ("queued", "1"), ("sent", "2"), ("canceled", "3"), ("delivered", "5"), ("failed", nil), ("unknown", "8"),
      ("QUEUED", "1"), ("Dispatched", "2"), ("ABORTED", "3"), ("REJECTED", "4"), ("FAILED", "6"), ("EXPIRED", "7"),
    ] as [(String, String?)])
  func deliveryStatus(word: String, number: String?) {
    let query = query { $0.status = StatusFilter(word) }
    #expect(a2p.objection(to: query) == nil)
    let field = a2p.messages(query, page: nil).fields.first { $0.hasPrefix("delivery_status=") }
    #expect(field == number.map { "delivery_status=\($0)" })
  }

  @Test(
    "What the histories don't know is said beforehand",
    arguments: [
      (query { $0.groupID = "1" }, CallObjection.unsupported(.group)), (query { $0.device = 1 }, .unsupported(.device)),
      (query { $0.sim = 0 }, .unsupported(.sim)),
    ])
  func unsupported(query: MessageQuery, objection: CallObjection) {
    #expect(single.objection(to: query) == objection && a2p.objection(to: query) == objection)
  }

  @Test("A status that a history never shows is refused, as is asking A2P for what came in")
  func unavailable() {
    let own = ["queued", "sent", "delivered", "failed", "canceled", "unknown"]
    for word in ["delivered", "queued", "EXPIRED", "3", ""] {
      let filter = StatusFilter(word)
      let expected = CallObjection.statusUnavailable(filter, available: ["sent", "failed", "received"])
      #expect(single.objection(to: query { $0.status = filter }) == expected)
    }
    for word in ["received", "accepted", "Sent", "1"] {
      let filter = StatusFilter(word)
      #expect(a2p.objection(to: query { $0.status = filter }) == .statusUnavailable(filter, available: own))
    }
    #expect(a2p.objection(to: query { $0.direction = .in }) == .unsupported(.direction))
    #expect(a2p.objection(to: query { $0.direction = .out }) == nil)
  }

  @Test(
    "Single messages are sent, failed, or came in",
    arguments: [
      (#""status_id":1"#, MessageStatus.sent, nil), (#""status_id":"1","direction":"OUT""#, .sent, nil),
      (#""status_id":"1","direction":"IN""#, .received, nil), (#""status_id":1,"direction":"in""#, .received, nil),
      (#""status_id":"2","error_message":"No route""#, .failed, "No route"),
      (#""status_id":2,"error_message":" ""#, .failed, "the provider reports the message as failed"),
      (#""status_id":3"#, .accepted, nil), (#""status_id":null"#, .accepted, nil),
      (#""delivery_status":"DELIVERED","status_id":1"#, .sent, nil),
    ] as [(String, MessageStatus, String?)])
  func singleStatus(members: String, status: MessageStatus, error: String?) throws {
    let record = try records(single, query(), "{\(members)}")[0]
    #expect(record.status == status && record.error?.message == error)
  }

  @Test(
    "A2P messages have the status of their delivery",
    arguments: [
      ("QUEUED", MessageStatus.queued), ("DISPATCHED", .sent), ("ABORTED", .canceled), ("REJECTED", .failed),
      ("DELIVERED", .delivered), ("FAILED", .failed), ("EXPIRED", .failed), ("UNKNOWN", .unknown),
      ("Delivered", .delivered), ("NEW WORD", .accepted),
    ])
  func a2pStatus(word: String, status: MessageStatus) throws {
    let record = try records(a2p, query(), #"{"delivery_status":"\#(word)","status_id":1}"#)[0]
    #expect(record.status == status && record.providerStatus == word)
    #expect((record.error != nil) == (status == .failed))
  }

  @Test("Without a delivery status an A2P message is what its status ID says")
  func a2pWithoutDelivery() throws {
    let rows = #"{"message_id":1,"status_id":"1","delivery_status":null},{"message_id":2,"status_id":"2"}"#
    #expect(try records(a2p, query(), rows).map(\.status) == [.sent, .failed])
  }

  @Test("Statuses for which there is no single number are looked for in the rows")
  func failedA2P() throws {
    let rows = ["QUEUED", "REJECTED", "FAILED", "EXPIRED"].enumerated()
      .map { #"{"message_id":\#($0),"delivery_status":"\#($1)"}"# }.joined(separator: ",")
    #expect(try records(a2p, query { $0.status = .ours(.failed) }, rows).map(\.id) == ["1", "2", "3"])
  }

  @Test(
    "Dates come with and without a time of day; odd ones are none",
    arguments: [
      ("2019-03-01 12:30:15", 1_551_443_415), ("2019-03-01", 1_551_398_400), ("2019-03-01 12:30", 1_551_443_400),
      ("2019-03-01T12:30:15Z", 1_551_443_415), ("2019-02-30", nil), ("0000-00-00 00:00:00", nil), ("", nil),
      ("99999-01-01", nil), ("soon", nil),
    ] as [(String, Int64?)])
  func dates(text: String, seconds: Int64?) throws {
    for name in ["processed_date", "processing_date"] {
      let record = try records(single, query(), #"{"status_id":1,"\#(name)":"\#(text)"}"#)[0]
      #expect(record.sentAt?.unixSeconds == seconds)
    }
  }

  @Test("Only what was sent has a time of sending")
  func notSent() throws {
    let rows =
      #"{"delivery_status":"QUEUED","processing_date":"2019-03-01"},{"status_id":2,"processing_date":"2019-03-01"}"#
    #expect(try records(a2p, query(), rows).allSatisfy { $0.sentAt == nil })
  }

  @Test("A single message is settled once it was sent, an A2P message once it was delivered")
  func finality() {
    let sent = MessageRecord(status: .sent)
    #expect(single.isFinal(sent) && !a2p.isFinal(sent))
    #expect(!single.isFinal(MessageRecord(status: .accepted)))
  }

  @Test("A look-up by id searches the last 30 days, or from the time given")
  func lookup() throws {
    let fields = { (query: MessageQuery) in single.pages(of: query, now: now).next?.fields ?? [] }
    #expect(fields(query { $0.ids = ["7"] }) == ["count=1000", "from_date=2026-12-16 08:00:00", "offset=0"])
    #expect(
      fields(
        query {
          $0.ids = ["7"]
          $0.until = Timestamp(unixSeconds: 1_551_398_400)
        }
      ).contains("from_date=2019-01-30 00:00:00"))
    #expect(
      fields(
        query {
          $0.ids = ["7"]
          $0.since = Timestamp(unixSeconds: 0)
        }
      ).contains("from_date=1970-01-01 00:00:00"))
    #expect(fields(query()) == ["count=1000", "offset=0"])
  }
}
