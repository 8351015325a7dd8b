import Messaging
import Testing
import TextFormats

@testable import Sandbox

@Suite struct SMSGatewayHistoryTests {
  /// Messages 4 and 5 to device 1, one of which fails, 6 and 7 to the SIMs of device 2 ten seconds later.
  private func account(_ host: SMSGatewayHost = .vpixelpro) throws -> SMSGatewayAccount {
    var account = SMSGatewayAccount(host, seed: 1)
    _ = try account.call("send", "number[]=15550100001&number[]=15550109999&message=Hi&devices=1")
    _ = try account.call(
      "send", #"number[]=15550100002&number[]=15550100003&message=Hi&devices=["2|0","2|1"]"#, after: 10)
    return account
  }

  static let found: [(form: String, after: Int64, ids: [Int])] = [
    ("id=4", 0, [4]), ("id=1", 0, [1]),
    ("status=Pending", 10, [6, 7]), ("status=Sent", 10, []),
    ("status=Sent", 11, [6, 7]), ("status=Delivered", 11, [4]), ("status=Delivered", 12, [4, 6, 7]),
    ("status=Failed", 11, [5]), ("status=Received", 11, [1, 2, 3]),
    ("status=Delivered&deviceID=2", 12, [6, 7]), ("status=Delivered&deviceID=2&simSlot=1", 12, [7]),
    ("status=Delivered&simSlot=0", 12, [6]), ("status=Delivered&deviceID=9", 12, []),
    // noon is 1772366400; both ends count.
    ("status=Delivered&startTimestamp=1772366401", 12, [6, 7]), ("status=Delivered&endTimestamp=1772366409", 12, [4]),
    ("status=Delivered&startTimestamp=1772366400&endTimestamp=1772366410", 12, [4, 6, 7]),
    // PHP: getMessagesByStatus("Received", time() - 86400, null) and for the last two hours.
    ("status=Received&startTimestamp=1772280000", 0, [1, 2, 3]),
    ("status=Received&startTimestamp=1772359200", 0, [2, 3]),
    ("status=delivered", 12, []), ("status=Delivered&deviceID=&simSlot=", 12, [4, 6, 7]),
    ("id=4&status=Failed", 12, [4]),
  ]

  @Test("Messages are found by id, or by status, device, SIM and time", arguments: found)
  func reading(form: String, after: Int64, ids: [Int]) throws {
    var account = try account()
    #expect(try account.ids("read-messages", form, after: after) == ids)
  }

  @Test("A group is found by its id as it was told, and can be narrowed by status")
  func group() throws {
    var account = try account()
    let group = try #require(account.messages[3].groupID)
    let encoded = group.utf8.map { "%\(String($0, radix: 16))" }.joined()
    #expect(try account.ids("read-messages", "groupId=\(encoded)", after: 5) == [4, 5])
    #expect(try account.ids("read-messages", "groupId=\(encoded)&status=Failed", after: 5) == [5])
    #expect(try account.ids("read-messages", "groupId=none", after: 5) == [])
    // Only with a small d.
    #expect(try account.call("read-messages", "groupID=\(encoded)").body.isEmpty)
  }

  @Test("A message says what has become of it")
  func progress() throws {
    var account = try account()
    let message = try #require(try account.call("read-messages", "id=4", after: 7).json["data"]?["messages"]?.array?[0])
    #expect(message["status"] == "Delivered")
    #expect(message["sentDate"] == "2026-03-01T18:00:00+0600")
    #expect(message["deliveredDate"] == "2026-03-01T18:00:02+0600")
  }

  @Test("A received message has the sender's number, and no group")
  func received() throws {
    var account = SMSGatewayAccount(.sendapp, seed: 1)
    let message = try #require(try account.call("read-messages", "id=2").json["data"]?["messages"]?.array?[0])
    #expect(
      message == [
        "number": "+15550100001", "message": "Hi", "deviceID": "1", "simSlot": "0", "schedule": nil, "userID": "1",
        "groupID": nil, "status": "Received", "resultCode": nil, "errorCode": nil, "type": "sms", "attachments": nil,
        "retries": nil, "sentDate": "2026-03-01T13:00:00+02:00", "deliveredDate": "2026-03-01T13:00:02+02:00",
        "expiryDate": nil, "ID": "2",
      ])
  }

  @Test(
    "An unknown id is nothing to one host and an error to the other",
    arguments: ["99", "0", "x", "-1", "99999999999999999999"])
  func unknownID(id: String) throws {
    for page in ["read-messages", "resend"] {
      var (current, older) = (try account(), try account(.sendapp))
      #expect(try current.ids(page, "id=\(id)") == [])
      #expect(try older.call(page, "id=\(id)").json["error"]?["code"] == 500)
    }
  }

  static let refused: [(form: String, code: Int?)] = [
    ("", nil), ("id=", nil), ("deviceID=1", nil), ("status=Sent&deviceID=one", 400), ("status=Sent&simSlot=-1", 400),
    ("status=Sent&startTimestamp=yesterday", 400), ("status=Sent&endTimestamp=1.5", 400),
    ("status=Sent&endTimestamp=253402300800", 400),
  ]

  @Test(
    "A search without a subject is answered with nothing, a filter that can't be read with an error", arguments: refused
  )
  func refusals(form: String, code: Int?) throws {
    for page in ["read-messages", "resend"] {
      var account = try account()
      let reply = try account.call(page, form)
      #expect(reply.status == 200)
      #expect(reply.json["error"]?["code"]?.int == code)
      #expect(reply.body.isEmpty == (code == nil))
      #expect(reply.accepted.isEmpty)
    }
  }

  static let resent: [(form: String, ids: [Int])] = [
    ("id=5", [5]), ("status=Failed", [5]), ("status=Delivered", [4, 6, 7]), ("status=Delivered&deviceID=1", [4]),
    ("status=Delivered&deviceID=2&simSlot=0", [6]), ("status=Delivered&startTimestamp=1772366405", [6, 7]),
    ("status=Pending", []),
    // What was received can't be sent again.
    ("status=Received", []), ("id=1", []),
  ]

  @Test("Messages are resent by id, or by status and filters, and take their way once more", arguments: resent)
  func resending(form: String, ids: [Int]) throws {
    var account = try account()
    let reply = try account.call("resend", form, after: 60)
    let messages = reply.json["data"]?["messages"]
    #expect(messages?.column("ID") == ids.map(String.init))
    #expect(messages?.column("status") == ids.map { _ in "Pending" })
    #expect(reply.accepted.map(\.id) == ids.map(String.init))
    #expect(try account.ids("read-messages", "status=Pending", after: 60) == ids)
    #expect(try account.ids("read-messages", "status=Pending", after: 61) == [])
  }

  @Test("A group is resent as a whole, or what of it has a status")
  func resendingGroup() throws {
    let group = try #require(try account().messages[3].groupID).utf8.map { "%\(String($0, radix: 16))" }.joined()
    var (one, all) = (try account(), try account())
    #expect(try one.ids("resend", "groupId=\(group)&status=Failed", after: 60) == [5])
    #expect(try all.ids("resend", "groupId=\(group)", after: 60) == [4, 5])
  }

  @Test("Resending costs a credit each and is refused without")
  func credits() throws {
    var account = try account(.sendapp)
    account.credits = 2
    #expect(try account.call("resend", "status=Delivered", after: 60).json["success"] == false)
    #expect(try account.ids("read-messages", "status=Pending", after: 60) == [])
    #expect(try account.ids("resend", "status=Delivered&deviceID=2", after: 60) == [6, 7])
    #expect(account.credits == 0)
  }

  @Test("A scheduled message that is resent goes out now")
  func scheduled() throws {
    var account = SMSGatewayAccount(.vpixelpro, seed: 1)
    _ = try account.call("send", "number=15550100001&message=Hi&schedule=1772370000")
    let message = try account.call("resend", "id=4").json["data"]?["messages"]?.array?.first
    #expect(message?["schedule"] == .null)
    #expect(try account.ids("read-messages", "status=Delivered", after: 2) == [4])
  }

  @Test(
    "Every page wants the key",
    arguments: [
      "send", "read-messages", "resend", "manage-contacts", "send-ussd-request", "read-ussd-requests", "get-devices",
    ])
  func credentials(page: String) throws {
    var account = try account()
    let form = "id=4&listID=1&number=15550100001&message=Hi&resubscribe=1&request=*1%23&device=1"
    let wrong = account.answer(try .post("/services/\(page).php", "key=x&\(form)"), at: noon)
    #expect(wrong.json["error"] == ["code": 401, "message": "Invalid API key"])
    #expect(account.answer(try .post("/services/\(page).php", form), at: noon).body.isEmpty)
    #expect(
      account.answer(try .get("/services/\(page).php", "key=\(account.key)&\(form)"), at: noon).json["success"]
        == true)
    #expect(account.answer(try .post("/services/\(page)", form), at: noon).status == 404)
  }
}
