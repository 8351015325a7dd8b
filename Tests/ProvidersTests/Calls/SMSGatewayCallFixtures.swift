import Messaging
import TextFormats

@testable import Providers

extension CallFixture {
  static let gateways = [VPixelPro.self as any SMSGateway.Type, Sendapp.self].flatMap { type in
    let provider = type.init(sampleSettings(["key": "K3Y"]))
    return lists(type, provider) + reading(type, provider) + resending(type, provider) + contacts(type, provider)
      + ussd(type, provider) + account(type, provider)
  }

  private static let row: JSONValue = [
    "ID": "96273", "number": "+15550100001", "message": "Hello", "deviceID": 26, "simSlot": 0, "schedule": nil,
    "userID": 1, "groupID": ")V5*$", "status": "Delivered", "errorCode": nil, "type": "sms",
    "sentDate": "2021-09-18T19:48:35+0600", "deliveredDate": "2018-10-20T00:00:00+02:00",
  ]

  private static let record = with(MessageRecord(message(), status: .delivered)) {
    $0.id = "96273"
    $0.groupID = ")V5*$"
    $0.providerStatus = "Delivered"
    $0.device = "26"
    $0.sim = "0"
    $0.sentAt = Timestamp(unixSeconds: 1_631_972_915)
    $0.deliveredAt = Timestamp(unixSeconds: 1_539_986_400)
    $0.raw = row
  }

  private static func data(_ name: String, _ value: JSONValue) -> JSONValue {
    ["success": true, "data": .object(JSONObject([JSONObject.Member(name, value)])), "error": nil]
  }

  private static func lists(_ type: any Provider.Type, _ provider: any SMSGateway) -> [CallFixture] {
    [
      CallFixture(
        .listSending, of: type, provider.send(ListMessage(list: "1", body: "Hello")), "services/send.php",
        ["listID=1", "message=Hello"], reply: data("messages", [row]), answer: [record])
    ]
  }

  private static func reading(_ type: any Provider.Type, _ provider: any SMSGateway) -> [CallFixture] {
    [
      CallFixture(
        .messageReading, of: type, provider.messages(query { $0.ids = ["96273"] }, page: nil),
        "services/read-messages.php", ["id=96273"], reply: data("messages", [row]), answer: Page([record]),
        answersRefusals: true),
      CallFixture(
        .messageReading, of: type, provider.messages(query { $0.groupID = ")V5*$" }, page: nil),
        "services/read-messages.php", ["groupId=)V5*$"], reply: data("messages", [row]), answer: Page([record])),
      CallFixture(
        .messageReading, of: type, provider.messages(query { $0.status = .ours(.delivered) }, page: nil),
        "services/read-messages.php", ["status=Delivered"], reply: data("messages", [row, row]),
        answer: Page([record, record])),
    ]
  }

  private static func resending(_ type: any Provider.Type, _ provider: any SMSGateway) -> [CallFixture] {
    [
      (query { $0.ids = ["96273"] }, ["id=96273"]), (query { $0.groupID = ")V5*$" }, ["groupId=)V5*$"]),
      (query { $0.status = .ours(.failed) }, ["status=Failed"]),
    ].map { query, fields in
      CallFixture(
        .resending, of: type, provider.resends(of: query)[0].call, "services/resend.php", fields,
        reply: data("messages", [row]), answer: [record])
    }
  }

  private static func contacts(_ type: any Provider.Type, _ provider: any SMSGateway) -> [CallFixture] {
    let row: JSONValue = [
      "ID": 7, "number": "+15550100001", "name": "Ann", "contactsListID": "1", "subscribed": 1,
    ]
    let contact = with(ContactRecord()) {
      ($0.id, $0.number, $0.name, $0.list, $0.isSubscribed) = ("7", "+15550100001", "Ann", "1", true)
      $0.raw = row
    }
    return [
      CallFixture(
        .contactAdding, of: type, provider.add(NewContact(number: number(), list: "1")),
        "services/manage-contacts.php", ["listID=1", "number=+15550100001"], reply: data("contact", row),
        answer: contact),
      CallFixture(
        .contactUnsubscribing, of: type, provider.unsubscribe(number(), from: "1"), "services/manage-contacts.php",
        ["listID=1", "number=+15550100001", "unsubscribe=1"], reply: data("contact", row), answer: contact),
    ]
  }

  private static func ussd(_ type: any Provider.Type, _ provider: any SMSGateway) -> [CallFixture] {
    let row: JSONValue = [
      "ID": "3", "deviceID": 1, "simSlot": "0", "request": "*150#", "response": "Balance: 5",
      "sentDate": "2018-10-20T00:00:00+02:00", "responseDate": "2018-10-20T00:00:10+02:00",
    ]
    let record = with(USSDRecord()) {
      ($0.id, $0.device, $0.sim, $0.request, $0.response) = ("3", "1", "0", "*150#", "Balance: 5")
      $0.sentAt = Timestamp(unixSeconds: 1_539_986_400)
      $0.respondedAt = Timestamp(unixSeconds: 1_539_986_410)
      $0.raw = row
    }
    return [
      CallFixture(
        .ussdSending, of: type, provider.sendUSSD("*150#", device: DeviceSelector(id: 1, sim: 0)),
        "services/send-ussd-request.php", ["device=1", "request=*150#", "sim=0"], reply: data("request", row),
        answer: record),
      CallFixture(
        .ussdReading, of: type, provider.ussdRequest(id: "3"), "services/read-ussd-requests.php", ["id=3"],
        reply: data("requests", [row]), answer: record),
      CallFixture(
        .ussdReading, of: type, provider.ussdRequests(USSDQuery()), "services/read-ussd-requests.php", [],
        reply: data("requests", [row, row]), answer: [record, record]),
    ]
  }

  private static func account(_ type: any Provider.Type, _ provider: any SMSGateway) -> [CallFixture] {
    let device: JSONValue = [
      "id": 1383, "name": "Desk", "model": "Pixel", "androidVersion": "14", "appVersion": "9.1",
      "lastSeenAt": "2018-10-20T00:00:00+02:00", "sims": ["1": "Other", "0": "Carrier [+15550100088]"],
    ]
    let record = with(DeviceRecord()) {
      ($0.id, $0.name, $0.model, $0.androidVersion, $0.appVersion) = ("1383", "Desk", "Pixel", "14", "9.1")
      $0.lastSeenAt = Timestamp(unixSeconds: 1_539_986_400)
      $0.sims = [SIMRecord(slot: 0, label: "Carrier [+15550100088]"), SIMRecord(slot: 1, label: "Other")]
      $0.raw = device
    }
    return [
      CallFixture(
        .balanceReading, of: type, provider.balance(.messages), "services/send.php", [],
        reply: data("credits", "120"),
        answer: with(BalanceRecord(kind: .sms, amount: "120")) { $0.raw = ["credits": "120"] }),
      CallFixture(
        .deviceListing, of: type, provider.devices(), "services/get-devices.php", [],
        reply: data("devices", [device]), answer: [record]),
    ]
  }
}
