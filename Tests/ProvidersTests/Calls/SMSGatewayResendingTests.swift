import Messaging
import Testing
import TextFormats

@testable import Providers

@Suite struct SMSGatewayResendingTests {
  private let gateway = Sendapp(sampleSettings(["key": "K3Y"]))

  @Test("Each message is resent by a call of its own, and once")
  func ids() {
    let resends = gateway.resends(of: query { $0.ids = ["3", "1", "3"] })
    #expect(resends.map(\.id) == ["3", "1"])
    #expect(resends.map(\.call.fields) == [["id=3"], ["id=1"]])
  }

  @Test(
    "A choice is resent by one call",
    arguments: [
      (query { $0.groupID = "G" }, ["groupId=G"]),
      (query { ($0.groupID, $0.status) = ("G", .ours(.failed)) }, ["groupId=G", "status=Failed"]),
      (
        query {
          ($0.status, $0.device, $0.sim) = (.provider("Pending"), 7, 1)
          ($0.since, $0.until) = (Timestamp(unixSeconds: 1), Timestamp(unixSeconds: 2))
        }, ["deviceID=7", "endTimestamp=2", "simSlot=1", "startTimestamp=1", "status=Pending"]
      ),
    ] as [(MessageQuery, [String])])
  func choice(query: MessageQuery, fields: [String]) {
    #expect(gateway.objection(toResending: query) == nil)
    let resends = gateway.resends(of: query)
    #expect(resends.map(\.id) == [nil] && resends.map(\.call.fields) == [fields])
  }

  @Test(
    "Whatever the script can't be told is refused: more would be sent than was meant",
    arguments: [
      (query(), CallObjection.needsOneOf([.ids, .group, .status])),
      (query { $0.since = Timestamp(unixSeconds: 1) }, .needsOneOf([.ids, .group, .status])),
      (query { $0.groupID = "" }, .needsOneOf([.group])),
      (query { ($0.groupID, $0.status) = ("", .ours(.failed)) }, .needsOneOf([.group])),
      (query { $0.ids = ["1 2"] }, .notANumber(.ids, "1 2")),
      (query { ($0.ids, $0.status) = (["1"], .ours(.failed)) }, .conflict(.ids, .status)),
      (query { ($0.groupID, $0.device) = ("G", 1) }, .conflict(.group, .device)),
      (query { ($0.groupID, $0.until) = ("G", Timestamp(unixSeconds: 1)) }, .conflict(.group, .until)),
      (query { ($0.status, $0.to) = (.ours(.failed), number()) }, .unsupported(.to)),
      (query { ($0.groupID, $0.from) = ("G", "1") }, .unsupported(.from)),
      (query { ($0.status, $0.direction) = (.ours(.failed), .out) }, .unsupported(.direction)),
      (query { ($0.status, $0.limit) = (.ours(.failed), 5) }, .unsupported(.limit)),
      (
        query { $0.status = .ours(.queued) },
        .statusUnavailable(.ours(.queued), available: ["sent", "delivered", "failed"])
      ),
      (
        query { $0.status = .provider("RECEIVED") },
        .statusUnavailable(.provider("RECEIVED"), available: ["sent", "delivered", "failed"])
      ),
      (
        query { ($0.groupID, $0.status) = ("G", .provider("")) },
        .statusUnavailable(.provider(""), available: ["sent", "delivered", "failed"])
      ),
    ] as [(MessageQuery, CallObjection)])
  func objections(query: MessageQuery, objection: CallObjection) {
    #expect(gateway.objection(toResending: query) == objection)
  }

  @Test("A choice that matches nothing resends nothing; an id of which nothing comes back is unknown to the provider")
  func nothing() throws {
    let empty = #"{"success":true,"data":{"messages":[]}}"#
    let byStatus = gateway.resends(of: query { $0.status = .ours(.failed) })[0].call
    #expect(try byStatus.answer(empty).isEmpty)
    let byID = gateway.resends(of: query { $0.ids = ["1"] })[0].call
    let error = #expect(throws: ProviderError.self) { try byID.answer(empty) }
    #expect(error?.kind == .refused)
  }
}
