import Messaging
import Testing
import TextFormats

@testable import Sandbox

@Suite struct VoIPCommunicationsTests {
  /// base64 of `sandbox-voipcomm-key:sandbox-voipcomm-password`.
  static let login = "Basic c2FuZGJveC12b2lwY29tbS1rZXk6c2FuZGJveC12b2lwY29tbS1wYXNzd29yZA=="

  private func send(_ form: String, authorization: String? = login) throws -> SandboxReply {
    var account = VoIPCommunicationsAccount(seed: 1)
    return account.answer(try .post("/sms/send", form, authorization: authorization), at: noon)
  }

  private func rows(_ reply: SandboxReply) throws -> [JSONValue] {
    try #require(reply.json["send_log"]?.array)
  }

  @Test("Each number gets a row like the one in the documents")
  func row() throws {
    let reply = try send("to=12812345678&msg=It+is+a+SMS+message&from=15550100101&delivery_date=2026-10-01+00%3A00")
    let row = try #require(try rows(reply).first)
    #expect(
      row == [
        "code": 200, "code_desc": "", "from": "15550100101", "to": "12812345678", "country": "US",
        "msg": "It is a SMS message", "delivery_date": "2026-10-01 00:00:00", "sale": .number("0.01"),
        "type": "2WAYSMS",
        "status": "SCHEDULED", "smsid": .optional(row["smsid"]?.text),
      ])
    #expect(row["smsid"]?.text?.utf8.count == 27)
    let expected = AcceptedMessage(
      provider: "voipcomm", at: noon, id: row["smsid"]?.text ?? "", from: "15550100101", to: "+12812345678",
      body: "It is a SMS message", scheduledAt: Timestamp(unixSeconds: 1_790_812_800))
    #expect(reply.accepted == [expected])
  }

  @Test("Without a sender it is a bulk message")
  func bulk() throws {
    let reply = try send("to=TO&to=12812345678&msg=Hi")
    #expect(try rows(reply).first?["type"] == "BULKSMS")
    #expect(try rows(reply).first?["status"] == "SENT")
    #expect(reply.accepted.first?.from == nil)
  }

  @Test("Numbers are told apart by commas and may fail one by one, in HTTP 200")
  func several() throws {
    let reply = try send("to=15550100001,15550109999,+15550100002,%2B15550100003,,055501000&msg=Hi")
    #expect(reply.status == 200)
    #expect(try rows(reply).map { $0["code"]?.int } == [200, 500, 200, 400, 400, 400])
    #expect(
      try rows(reply).map { $0["to"] } == [
        "15550100001", "15550109999", "15550100002", "+15550100003", "", "055501000",
      ])
    #expect(reply.accepted.map(\.to) == ["+15550100001", "+15550100002"])
    #expect(Set(reply.accepted.map(\.id)).count == 2)
  }

  @Test(
    "The price counts segments of 160, then 153 characters",
    arguments: [
      (160, "0.01"), (161, "0.02"), (306, "0.02"), (307, "0.03"), (153 * 100, "1.00"),
    ])
  func price(length: Int, price: String) throws {
    let reply = try send("to=15550100001&msg=\(String(repeating: "a", count: length))")
    #expect(try rows(reply).first?["sale"]?.text == price)
  }

  @Test(
    "Bad credentials are HTTP 401",
    arguments: [
      nil, "", "Basic", "Basic eDp5", login + "x", "Bearer " + login.dropFirst(6), "basic  ",
    ])
  func credentials(authorization: String?) throws {
    let reply = try send("to=15550100001&msg=Hi", authorization: authorization)
    #expect(reply.status == 401)
    #expect(reply.accepted.isEmpty)
  }

  static let refused: [(form: String, code: String)] = [
    ("msg=Hi", "MISSING_TO"), ("to=15550100001", "MISSING_MSG"), ("to=15550100001&msg=", "MISSING_MSG"),
    ("to=15550100001&msg=Hi&from=15550100102", "INVALID_FROM"),
    ("to=15550100001&msg=Hi&from=%2B15550100101", "INVALID_FROM"),
    ("to=15550100001&msg=Hi&delivery_date=2026-02-30+10:00", "INVALID_DELIVERY_DATE"),
    ("to=15550100001&msg=Hi&delivery_date=01-10-2026+10:00", "INVALID_DELIVERY_DATE"),
    ("to=15550100001&msg=Hi&delivery_date=2026-10-01+25:00", "INVALID_DELIVERY_DATE"),
  ]

  @Test("A request that is wrong as a whole sends nothing", arguments: refused)
  func refusals(form: String, code: String) throws {
    let reply = try send(form)
    #expect(reply.status == 200)
    #expect(reply.json["error"]?.text == code)
    #expect(reply.accepted.isEmpty)
  }

  @Test(
    "Dates may have seconds, a T, or no time; one that has passed means now",
    arguments: [
      ("2026-10-01 09:30:15", "2026-10-01 09:30:15"), ("2026-10-01T09:30", "2026-10-01 09:30:00"),
      ("2026-10-01", "2026-10-01 00:00:00"), ("2010-01-01 13:15", "2026-03-01 12:00:00"),
    ])
  func dates(text: String, delivery: String) throws {
    let reply = try send("to=15550100001&msg=Hi&delivery_date=\(text)")
    #expect(try rows(reply).first?["delivery_date"]?.text == delivery)
  }

  @Test("Only POST is taken, and only its body")
  func method() throws {
    var account = VoIPCommunicationsAccount(seed: 1)
    var request = try SandboxRequest.get("/sms/send", "to=15550100001&msg=Hi")
    request.authorization = Self.login
    #expect(account.answer(request, at: noon).status == 405)
    request.method = .post
    #expect(account.answer(request, at: noon).accepted.isEmpty)
  }

  @Test(
    "Calls without public documents are not found", arguments: ["/sms", "/sms/list", "/sms/delete", "/balance", ""])
  func undocumented(path: String) throws {
    var account = VoIPCommunicationsAccount(seed: 1)
    let reply = account.answer(try .post(path, "", authorization: Self.login), at: noon)
    #expect(reply.status == 404)
    #expect(reply.json["error"] == "404")
  }
}
