import Messaging
import Testing
import TextFormats

@testable import Providers

@Suite struct SMSGatewayReadingTests {
  private let gateway = VPixelPro(sampleSettings(["key": "K3Y"]))

  /// The ids of the messages that a query finds in a reply with these rows.
  private func found(_ query: MessageQuery, in rows: String) throws -> [String?] {
    let page = try gateway.messages(query, page: nil).answer(#"{"success":true,"data":{"messages":[\#(rows)]}}"#)
    #expect(page.next == nil)
    return page.records.map(\.id)
  }

  @Test(
    "The script is asked by group or by status, with what narrows a status",
    arguments: [
      (query { $0.groupID = "G)*$" }, ["groupId=G)*$"]),
      (query { ($0.groupID, $0.status, $0.device) = ("G", .ours(.failed), 7) }, ["groupId=G"]),
      (query { $0.status = .ours(.queued) }, ["status=Pending"]),
      (query { $0.status = .ours(.scheduled) }, ["status=Pending"]),
      (query { $0.status = .ours(.sent) }, ["status=Sent"]),
      (query { $0.status = .ours(.received) }, ["status=Received"]),
      (query { $0.status = .provider("Under review") }, ["status=Under review"]),
      (query { $0.direction = .in }, ["status=Received"]),
      (
        query {
          ($0.status, $0.device, $0.sim) = (.ours(.delivered), 7, 0)
          $0.since = Timestamp(unixSeconds: 1_700_000_000)
          $0.until = Timestamp(unixSeconds: 1_700_000_060)
        },
        ["deviceID=7", "endTimestamp=1700000060", "simSlot=0", "startTimestamp=1700000000", "status=Delivered"]
      ),
    ] as [(MessageQuery, [String])])
  func request(query: MessageQuery, fields: [String]) {
    #expect(gateway.objection(to: query) == nil)
    #expect(gateway.messages(query, page: nil).fields == fields)
  }

  @Test(
    "What the script can't be asked is said beforehand",
    arguments: [
      (query(), CallObjection.needsOneOf([.ids, .group, .status])),
      (query { $0.to = number() }, .needsOneOf([.ids, .group, .status])),
      (query { $0.direction = .out }, .needsOneOf([.ids, .group, .status])),
      (query { $0.groupID = " " }, .needsOneOf([.group])),
      (query { $0.ids = ["1", "2x"] }, .notANumber(.ids, "2x")),
      (query { $0.ids = ["01"] }, .notANumber(.ids, "01")),
      (query { $0.ids = ["-1"] }, .notANumber(.ids, "-1")),
      (query { $0.ids = [""] }, .notANumber(.ids, "")),
      (query { $0.ids = ["99999999999999999999"] }, .notANumber(.ids, "99999999999999999999")),
      (query { ($0.ids, $0.groupID) = (["1"], "G") }, .conflict(.ids, .group)),
      (query { ($0.ids, $0.since) = (["1"], Timestamp(unixSeconds: 0)) }, .conflict(.ids, .since)),
      (query { ($0.status, $0.direction) = (.ours(.sent), .in) }, .conflict(.direction, .status)),
      (query { ($0.status, $0.direction) = (.provider("received"), .out) }, .conflict(.direction, .status)),
      (query { ($0.status, $0.from) = (.ours(.sent), "+15550100001") }, .unsupported(.from)),
      (query { ($0.status, $0.to) = (.ours(.received), number()) }, .unsupported(.to)),
      (
        query { $0.status = .ours(.canceled) },
        .statusUnavailable(
          .ours(.canceled), available: ["queued", "scheduled", "sent", "delivered", "failed", "received"])
      ),
      (
        query { $0.status = .provider(" ") },
        .statusUnavailable(
          .provider(" "), available: ["queued", "scheduled", "sent", "delivered", "failed", "received"])
      ),
    ] as [(MessageQuery, CallObjection)])
  func objections(query: MessageQuery, objection: CallObjection) {
    #expect(gateway.objection(to: query) == objection)
  }

  @Test("Messages are looked up one by one; one that isn't there doesn't hide the others")
  func ids() throws {
    var pager = gateway.pages(of: query { $0.ids = ["1", "2", "3"] }, now: Timestamp(unixSeconds: 0))
    let replies = [
      #"{"success":true,"data":{"messages":[{"ID":1,"status":"Sent"}]}}"#,
      #"{"success":false,"error":{"code":404,"message":"No such message"}}"#,
      #"{"success":true,"data":{"messages":[{"ID":"3","status":"Sent"}]}}"#,
    ]
    var (asked, records) = ([[String]](), [MessageRecord]())
    for reply in replies {
      let call = try #require(pager.next)
      asked.append(call.fields)
      records += pager.take(try call.answer(reply))
    }
    #expect(asked == [["id=1"], ["id=2"], ["id=3"]] && pager.next == nil)
    #expect(records.map(\.id) == ["1", "3"])
    #expect(pager.missingIDs == ["2"] && pager.refusals.map(\.message) == ["No such message"])
  }

  @Test("A reply about another message finds nothing", arguments: ["", #"{"ID":11}"#, #"{"ID":null}"#])
  func otherID(rows: String) throws {
    #expect(try found(query { $0.ids = ["1"] }, in: rows).isEmpty)
  }

  @Test("Wrong credentials end a look-up by id")
  func credentials() {
    let error = #expect(throws: ProviderError.self) {
      try gateway.messages(query { $0.ids = ["1"] }, page: nil)
        .answer(#"{"success":false,"error":{"code":401,"message":"Invalid API key"}}"#)
    }
    #expect(error?.kind == .credentials)
  }

  @Test("What waits is queued or scheduled; either can be asked for by itself")
  func pending() throws {
    let rows = """
      {"ID":1,"status":"Pending","schedule":null},{"ID":2,"status":"Pending","schedule":1800000000},
      {"ID":3,"status":"Pending","schedule":"2027-01-15T08:00:00+00:00"},{"ID":4,"status":"Pending","schedule":"0"}
      """
    #expect(try found(query { $0.status = .ours(.queued) }, in: rows) == ["1", "4"])
    #expect(try found(query { $0.status = .ours(.scheduled) }, in: rows) == ["2", "3"])
    #expect(try found(query { $0.status = .provider("Pending") }, in: rows) == ["1", "2", "3", "4"])
    let reply = #"{"success":true,"data":{"messages":[\#(rows)]}}"#
    let records = try gateway.messages(query { $0.status = .provider("Pending") }, page: nil).answer(reply).records
    #expect(records.map(\.scheduledAt?.unixSeconds) == [nil, 1_800_000_000, 1_800_000_000, nil])
  }

  @Test("Of a group's messages those are left that were asked for; one without a date may be of any time")
  func group() throws {
    let rows = """
      {"ID":1,"status":"Sent","number":"+15550100001","deviceID":7,"simSlot":0,"sentDate":"2023-11-14T22:13:20+00:00"},
      {"ID":2,"status":"Failed","number":"15550100002","deviceID":"8","simSlot":1,"sentDate":"2023-11-14T22:14:20+00:00"},
      {"ID":3,"status":"Canceled","number":"55512","deviceID":7,"simSlot":null,"sentDate":null}
      """
    let cases: [(MessageQuery, [String?])] = [
      (query { $0.groupID = "G" }, ["1", "2", "3"]),
      (query { ($0.groupID, $0.to) = ("G", number("+15550100002")) }, ["2"]),
      (query { ($0.groupID, $0.device) = ("G", 7) }, ["1", "3"]),
      (query { ($0.groupID, $0.sim) = ("G", 1) }, ["2"]),
      (query { ($0.groupID, $0.status) = ("G", .ours(.canceled)) }, ["3"]),
      (query { ($0.groupID, $0.status) = ("G", .provider("FAILED")) }, ["2"]),
      (query { ($0.groupID, $0.direction) = ("G", .out) }, ["1", "2", "3"]),
      (query { ($0.groupID, $0.direction) = ("G", .in) }, []),
      (query { ($0.groupID, $0.since) = ("G", Timestamp(unixSeconds: 1_700_000_001)) }, ["2", "3"]),
      (query { ($0.groupID, $0.until) = ("G", Timestamp(unixSeconds: 1_700_000_000)) }, ["1", "3"]),
    ]
    for (query, ids) in cases {
      #expect(gateway.objection(to: query) == nil)
      #expect(try found(query, in: rows) == ids)
    }
  }

  @Test("What came in is from a number, and says when it came to the phone and to the server")
  func received() throws {
    let reply = """
      {"success":true,"data":{"messages":[{"ID":"1","number":"+15550100001","message":"€","status":"Received",
      "sentDate":"2018-10-20T00:00:00+02:00","deliveredDate":"2018-10-20T00:00:05+02:00","groupID":null},
      {"ID":"2","number":"BANK","message":"Hi","status":"Received"}]}}
      """
    let filter = query { ($0.direction, $0.from) = (.in, "15550100001") }
    #expect(gateway.objection(to: filter) == nil)
    let records = try gateway.messages(filter, page: nil).answer(reply).records
    #expect(records.map(\.id) == ["1"])
    #expect(records[0].from == "+15550100001" && records[0].to == nil && records[0].direction == .in)
    #expect(records[0].encoding == .gsm7 && records[0].segments == 1)
    #expect(records[0].sentAt?.unixSeconds == 1_539_986_400 && records[0].deliveredAt?.unixSeconds == 1_539_986_405)
    let bank = try gateway.messages(query { ($0.direction, $0.from) = (.in, "BANK") }, page: nil).answer(reply)
    #expect(bank.records.map(\.id) == ["2"])
  }

  @Test("The gateway may still report a sent message as delivered")
  func finality() {
    #expect(!gateway.isFinal(MessageRecord(status: .sent)) && gateway.isFinal(MessageRecord(status: .delivered)))
  }
}
