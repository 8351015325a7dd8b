import Messaging
import Testing
import TextFormats

@testable import Sandbox

@Suite struct VoximplantSendTests {
  static let login = "account_id=1000001&api_key=sandbox-voximplant-key"
  static let single = "source=15550100102&destination=447443332212&sms_body=Test+message"
  static let many = "src_number=15550100102&text=Test+message&dst_numbers"

  private func call(_ path: String, _ form: String, login: String = login, token: String? = nil) throws -> SandboxReply
  {
    var account = VoximplantAccount()
    return account.answer(try .post(path, "\(login)&\(form)", authorization: token), at: noon)
  }

  @Test(
    "A method is the path, or cmd at the base",
    arguments: [
      ("/SendSmsMessage", single), ("", "cmd=SendSmsMessage&\(single)"), ("/", "cmd=SendSmsMessage&\(single)"),
      ("/SendSmsMessage", "cmd=SendSmsMessage&\(single)&store_body=false"),
    ])
  func method(path: String, form: String) throws {
    let reply = try call(path, form)
    #expect(reply.json == ["result": 1, "message_id": 11, "fragments_count": 1])
    #expect(
      reply.accepted == [
        AcceptedMessage(
          provider: "voximplant", at: noon, id: "11", from: "15550100102", to: "+447443332212", body: "Test message")
      ])
  }

  @Test("A2P answers for taken and failed numbers at once")
  func several() throws {
    let reply = try call("/A2PSendSms", "\(Self.many)=447443332212;447443339999;%2B447443332213;447443332214")
    #expect(
      reply.json == [
        "result": [
          ["message_id": 11, "destination_number": "447443332212"],
          ["message_id": 12, "destination_number": "447443332214"],
        ],
        "failed": [
          ["destination_number": "447443339999", "error_description": "SMS gateway error.", "error_code": 14],
          [
            "destination_number": "+447443332213",
            "error_description": "Invalid arguments: 'dst_numbers' has an entry that is not a phone number.",
            "error_code": 101,
          ],
        ],
        "fragments_count": 1,
      ])
    #expect(reply.accepted.map(\.to) == ["+447443332212", "+447443332214"])
  }

  static func numbers(_ count: Int) -> String {
    (0..<count).map { "4474433300\($0 + 10)" }.joined(separator: ";")
  }

  static let lengths: [(path: String, form: String, fragments: Int?)] = [
    ("/SendSmsMessage", "sms_body=\(String(repeating: "a", count: 765))", 5),
    ("/SendSmsMessage", "sms_body=\(String(repeating: "a", count: 766))", nil),
    ("/SendSmsMessage", "sms_body=\(String(repeating: "%C4%90", count: 71))", 2),
    ("/SendSmsMessage", "sms_body=\(String(repeating: "%F0%9F%99%82", count: 383))", nil),
    ("/A2PSendSms", "text=\(String(repeating: "a", count: 1600))&dst_numbers=447443332212", 11),
    ("/A2PSendSms", "text=\(String(repeating: "a", count: 1601))&dst_numbers=447443332212", nil),
    ("/A2PSendSms", "dst_numbers=\(numbers(100))", 1),
    ("/A2PSendSms", "dst_numbers=\(numbers(101))", nil),
  ]

  @Test("Texts and lists are taken up to the documented limits", arguments: lengths)
  func limits(path: String, form: String, fragments: Int?) throws {
    let reply = try call(path, "\(Self.single)&src_number=15550100102&text=Hi&\(form)")
    #expect(reply.json["fragments_count"]?.int == fragments)
    #expect(reply.json["error"]?["code"]?.int == (fragments == nil ? 101 : nil))
    #expect(reply.accepted.isEmpty == (fragments == nil))
  }

  static let refused: [(path: String, form: String, code: Int)] = [
    ("/SendSmsMessage", "destination=447443332212&sms_body=x", 101),
    ("/SendSmsMessage", "source=15550100102&sms_body=x", 101),
    ("/SendSmsMessage", "source=15550100102&destination=447443332212", 101),
    ("/SendSmsMessage", "\(single)&source=447443332211", 101),
    ("/SendSmsMessage", "\(single)&source=%2B15550100102", 101),
    ("/SendSmsMessage", "\(single)&destination=%2B447443332212", 101),
    ("/SendSmsMessage", "\(single)&store_body=maybe", 101),
    ("/SendSmsMessage", "\(single)&destination=447443339999", 14),
    ("/A2PSendSms", "src_number=15550100102&dst_numbers=447443332212", 101),
    ("/A2PSendSms", "\(many)=447443332212&src_number=ACME-SHOP", 101),
    ("/", single, 102), ("", single, 102), ("/DropEverything", single, 103), ("/SendSmsMessage/", single, 103),
  ]

  @Test("Errors come in HTTP 200 with their code", arguments: refused)
  func refusals(path: String, form: String, code: Int) throws {
    let reply = try call(path, form)
    #expect(reply.status == 200)
    #expect(reply.json["error"]?["code"]?.int == code)
    #expect(reply.json["error"]?["msg"]?.text?.isEmpty == false)
    #expect(reply.accepted.isEmpty)
  }

  @Test(
    "Logging in takes account and key, or anything in the form of a signed token",
    arguments: [
      ("", nil, false), ("account_id=1000001&api_key=x", nil, false),
      ("account_id=2&api_key=sandbox-voximplant-key", nil, false),
      (login, nil, true), ("", "Bearer eyJh.eyJp_c3M-.c2ln", true), ("", "bearer a.b.c", true),
      ("", "Bearer a.b", false), ("", "Bearer a.b.", false), ("", "Bearer a.b.c.d", false),
      ("", "Bearer a.b=.c", false),
      ("", "Basic a.b.c", false), (login, "Bearer x", false),
    ] as [(String, String?, Bool)])
  func credentials(login: String, token: String?, isTaken: Bool) throws {
    let reply = try call("/SendSmsMessage", Self.single, login: login, token: token)
    #expect(reply.accepted.isEmpty == !isTaken)
    #expect(reply.json["error"]?["code"]?.int == (isTaken ? nil : 100))
  }

  @Test("A number that SMS is disabled for sends nothing")
  func disabledNumber() throws {
    var account = VoximplantAccount()
    account.numbers[SampleData.voximplantSender] = false
    let reply = account.answer(try .post("/SendSmsMessage", "\(Self.login)&\(Self.single)"), at: noon)
    #expect(reply.json["error"]?["code"]?.int == 101)
    #expect(account.messages.count == VoximplantAccount().messages.count)
  }

  @Test("GET takes the same names")
  func get() throws {
    var account = VoximplantAccount()
    let reply = account.answer(try .get("/SendSmsMessage", "\(Self.login)&\(Self.single)&store_body=true"), at: noon)
    #expect(reply.accepted.first?.options == [.init("store_body", true)])
  }
}
