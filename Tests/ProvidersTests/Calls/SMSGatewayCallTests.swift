import Messaging
import Testing
import TextFormats

@testable import Providers

@Suite struct SMSGatewayCallTests {
  private let gateway = VPixelPro(sampleSettings(["key": "K3Y"], devices: ["4"]))

  @Test("A text to a list takes what other texts take, devices as an array")
  func listRequest() {
    var options = SendOptions()
    options.devices = [DeviceSelector(id: 1), DeviceSelector(id: 2, sim: 0)]
    (options.isMMS, options.attachments) = (true, ["https://x.example/a.png"])
    let message = ListMessage(
      list: "7", body: "Hi", scheduledAt: Timestamp(unixSeconds: 1_800_000_000), options: options)
    #expect(
      gateway.send(message).fields == [
        "attachments=https://x.example/a.png", #"devices=["1","2|0"]"#, "listID=7", "message=Hi", "schedule=1800000000",
        "type=mms",
      ])
    #expect(gateway.send(ListMessage(list: "7", body: "Hi")).fields.contains(#"devices=["4"]"#))
  }

  @Test(
    "A list is a number: the script would read something else as another list",
    arguments: ["7x", "", " 7", "07", "-7", "+7", "1e1", "7.0", "Friends", "٧", "99999999999999999999"])
  func listID(list: String) {
    #expect(gateway.objection(to: ListMessage(list: list, body: "Hi")) == .notANumber(.list, list))
    #expect(gateway.objection(to: NewContact(number: number(), list: list)) == .notANumber(.list, list))
    #expect(gateway.objection(toUnsubscribing: number(), from: list) == .notANumber(.list, list))
    #expect(gateway.objection(to: ListMessage(list: "7", body: "Hi")) == nil)
  }

  @Test("Rotating and throttling are not the script's")
  func listFeatures() {
    #expect(
      gateway.objection(to: with(ListMessage(list: "7", body: "Hi")) { $0.rotates = true }) == .unsupported(.rotate))
    #expect(
      gateway.objection(to: with(ListMessage(list: "7", body: "Hi")) { $0.throttle = 2 }) == .unsupported(.throttle))
    #expect(VPixelPro.listFeatures.isEmpty)
  }

  @Test("Everybody on the list has a record, with the text that was sent")
  func listReply() throws {
    let message = ListMessage(list: "7", body: "Hi", scheduledAt: Timestamp(unixSeconds: 1_800_000_000))
    let reply = """
      {"success":true,"data":{"messages":[{"ID":1,"number":"+15550100001","status":"Pending"},
      {"ID":2,"number":"+15550100002"},{"ID":3,"number":"55512","status":"Failed","errorCode":"38"}]}}
      """
    let records = try gateway.send(message).answer(reply)
    #expect(records.map(\.to) == ["+15550100001", "+15550100002", "55512"])
    #expect(records.map(\.status) == [.scheduled, .scheduled, .failed])
    #expect(records.map(\.error?.code) == [nil, nil, "38"])
    #expect(records.allSatisfy { $0.body == "Hi" && $0.segments == 1 && $0.scheduledAt == message.scheduledAt })
  }

  @Test("A contact goes with a name, and back on the list if asked; of more the script knows nothing")
  func addContact() {
    let contact = with(NewContact(number: number(), list: "7")) { ($0.name, $0.resubscribes) = ("Ann", true) }
    #expect(gateway.objection(to: contact) == nil)
    #expect(gateway.add(contact).fields == ["listID=7", "name=Ann", "number=+15550100001", "resubscribe=1"])
    #expect(gateway.objection(to: with(contact) { $0.email = "a@example.com" }) == .unsupported(.email))
    #expect(gateway.objection(to: with(contact) { $0.birthday = "1990-01-31" }) == .unsupported(.birthday))
  }

  @Test("What a reply leaves out of a contact is what was asked for")
  func sparseContact() throws {
    let contact = with(NewContact(number: number(), list: "7")) { $0.name = "Ann" }
    let reply = #"{"success":true,"data":{"contact":{}}}"#
    let added = try gateway.add(contact).answer(reply)
    #expect(added.number == "+15550100001" && added.list == "7" && added.name == "Ann" && added.isSubscribed == nil)
    #expect(try gateway.unsubscribe(number(), from: "7").answer(reply).isSubscribed == false)
  }

  @Test(
    "Whether somebody is subscribed is read in each form",
    arguments: [
      ("true", true), ("1", true), (#""1""#, true), ("false", false), ("0", false), (#""0""#, false), ("null", nil),
      ("2", nil), ("[]", nil),
    ] as [(String, Bool?)])
  func subscribed(written: String, isSubscribed: Bool?) throws {
    let reply = #"{"success":true,"data":{"contact":{"number":"15550100001","subscribed":\#(written)}}}"#
    #expect(try gateway.add(NewContact(number: number(), list: "7")).answer(reply).isSubscribed == isSubscribed)
  }

  @Test("A reply about somebody else is not to be trusted")
  func otherContact() {
    let error = #expect(throws: ProviderError.self) {
      try gateway.unsubscribe(number(), from: "7").answer(
        #"{"success":true,"data":{"contact":{"number":"+15550100777"}}}"#)
    }
    #expect(error?.kind == .untrusted)
  }

  @Test(
    "Credits are a number, or without limit",
    arguments: [
      ("null", nil), (#""Unlimited""#, nil), (#""unlimited""#, nil), ("120", "120"), (#""120""#, "120"),
      ("12.50", "12.50"), ("-3", "-3"), ("0", "0"),
    ] as [(String, String?)])
  func balance(credits: String, amount: String?) throws {
    let balance = try gateway.balance(.messages).answer(#"{"success":true,"data":{"credits":\#(credits)}}"#)
    #expect(balance.amount == amount && balance.isUnlimited == (amount == nil) && balance.kind == .sms)
  }

  @Test(
    "Credits that are no number are no answer", arguments: ["[]", "true", #""""#, #""-""#, "1e9", #""1,000""#, #""∞""#])
  func oddBalance(credits: String) {
    let error = #expect(throws: ProviderError.self) {
      try gateway.balance(.messages).answer(#"{"success":true,"data":{"credits":\#(credits)}}"#)
    }
    #expect(error?.kind == .untrusted)
  }

  @Test(
    "SIMs are read from an object, an array, and nothing",
    arguments: [
      (#"{"1":"B","0":"A"}"#, [SIMRecord(slot: 0, label: "A"), SIMRecord(slot: 1, label: "B")]),
      (#"["A",null]"#, [SIMRecord(slot: 0, label: "A"), SIMRecord(slot: 1, label: nil)]),
      (#"{"x":"A","-1":"B","2":7}"#, [SIMRecord(slot: 2, label: "7")]), ("[]", []), ("{}", []), ("null", []),
      (#""A""#, []),
    ] as [(String, [SIMRecord])])
  func sims(written: String, sims: [SIMRecord]) throws {
    let devices = try gateway.devices().answer(#"{"success":true,"data":{"devices":[{"id":1,"sims":\#(written)}]}}"#)
    #expect(devices.map(\.sims) == [sims])
  }

  @Test("A device is asked by itself or with a SIM; what the reply leaves out is what was asked for")
  func ussd() throws {
    let call = gateway.sendUSSD("*150#", device: DeviceSelector(id: 7))
    #expect(call.fields == ["device=7", "request=*150#"])
    let record = try call.answer(#"{"success":true,"data":{"request":{"ID":9,"response":null}}}"#)
    #expect(record.id == "9" && record.device == "7" && record.request == "*150#" && record.response == nil)
  }

  @Test("USSD requests are listed by every filter")
  func ussdList() {
    var query = USSDQuery()
    (query.request, query.device, query.sim) = ("*150#", 7, 1)
    (query.since, query.until) = (Timestamp(unixSeconds: 1), Timestamp(unixSeconds: 2))
    #expect(
      gateway.ussdRequests(query).fields
        == ["deviceID=7", "endTimestamp=2", "request=*150#", "simSlot=1", "startTimestamp=1"])
  }

  @Test(
    "A USSD request is found by its id",
    arguments: [
      (#"{"ID":3,"request":"*1#"}"#, "*1#"), (#"{"request":"*1#"}"#, "*1#"), ("", nil),
      (#"{"ID":4,"request":"*4#"}"#, nil), (#"{"ID":4,"request":"*4#"},{"ID":"3","request":"*1#"}"#, "*1#"),
    ] as [(String, String?)])
  func ussdByID(rows: String, request: String?) throws {
    let reply = #"{"success":true,"data":{"requests":[\#(rows)]}}"#
    #expect(try gateway.ussdRequest(id: "3").answer(reply)?.request == request)
    #expect(gateway.objection(toUSSDID: "3 ") == .notANumber(.ids, "3 "))
  }
}
