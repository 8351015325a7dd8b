import Testing
import TextFormats

@testable import Sandbox

@Suite struct VoximplantAdministrationTests {
  static let single = "source=15550100102&destination=447443332212&sms_body=Hi"

  @Test("A number sends nothing between disabling and enabling it")
  func control() throws {
    var account = VoximplantAccount()
    let a2p = "src_number=15550100102&dst_numbers=447443332212&text=Hi"
    for (command, code) in [("disable", 101), ("disable", 101), ("enable", nil), ("enable", nil)] {
      #expect(try account.call("ControlSms", "phone_number=15550100102&command=\(command)").json == ["result": 1])
      #expect(try account.call("SendSmsMessage", Self.single).json["error"]?["code"]?.int == code)
      #expect(try account.call("A2PSendSms", a2p).json["error"]?["code"]?.int == code)
    }
  }

  @Test("Another number of the account has to be enabled first")
  func silentNumber() throws {
    var account = VoximplantAccount()
    let sending = "\(Self.single)&source=15550100105"
    #expect(try account.call("SendSmsMessage", sending).json["error"]?["code"] == 101)
    _ = try account.call("ControlSms", "phone_number=15550100105&command=enable")
    #expect(try account.call("SendSmsMessage", sending).json["result"] == 1)
  }

  @Test(
    "ControlSms is refused for what is no own number and no command",
    arguments: [
      "phone_number=15550100102", "command=enable", "phone_number=15550100102&command=Enable",
      "phone_number=15550100102&command=on", "phone_number=447443332212&command=enable",
      "phone_number=%2B15550100102&command=disable",
    ])
  func controlRefusals(form: String) throws {
    var account = VoximplantAccount()
    #expect(try account.call("ControlSms", form).json["error"]?["code"] == 101)
    #expect(account.numbers == VoximplantAccount().numbers)
  }

  @Test("Each fragment that is taken costs half a cent; a failing number costs nothing")
  func balance() throws {
    var account = VoximplantAccount()
    func balance() throws -> String? { try account.call("GetAccountInfo").json["result"]?["balance"]?.text }
    #expect(try balance() == "10000.000")
    _ = try account.call("SendSmsMessage", "\(Self.single)&sms_body=\(String(repeating: "a", count: 161))")
    #expect(try balance() == "9999.990")
    _ = try account.call("SendSmsMessage", "\(Self.single)&destination=15550109999")
    let numbers = "15550109999;447443332212;447443332213"
    _ = try account.call("A2PSendSms", "src_number=15550100102&text=Hi&dst_numbers=\(numbers)")
    #expect(try balance() == "9999.980")
  }

  @Test("The account says who it is and in which currency it pays")
  func account() throws {
    var account = VoximplantAccount()
    let info = try #require(try account.call("GetAccountInfo", "return_live_balance=True").json["result"])
    #expect(info["account_id"] == 1_000_001)
    #expect(info["currency"] == "USD")
    #expect(info["created"] == "2025-03-01 12:00:00")
    #expect(info["live_balance"] == info["balance"])
    #expect(try account.call("GetAccountInfo").json["result"]?["live_balance"] == nil)
  }

  @Test("Without money a send is refused as a whole; where it runs out, the rest of the numbers fail")
  func noMoney() throws {
    var account = VoximplantAccount()
    account.balance = 5
    let a2p = "src_number=15550100102&text=Hi&dst_numbers=447443332212;447443332213"
    let partly = try account.call("A2PSendSms", a2p)
    #expect(partly.json["result"]?.column("destination_number") == ["447443332212"])
    #expect(partly.json["failed"]?.column("error_code") == ["5"])
    #expect(partly.accepted.count == 1)
    for (method, form) in [("A2PSendSms", a2p), ("SendSmsMessage", Self.single)] {
      let reply = try account.call(method, form)
      #expect(reply.json["error"]?["code"] == 5)
      #expect(reply.accepted.isEmpty)
    }
  }

  @Test(
    "Every method is reached at the base with cmd, by its path, and as the official clients' hosts have it",
    arguments: ["ControlSms", "GetSmsHistory", "A2PGetSmsHistory", "GetAccountInfo"])
  func addresses(method: String) throws {
    let form = "phone_number=15550100102&command=enable"
    for (path, command) in [
      ("", method), ("/", method), ("/\(method)", ""), ("/platform_api", method), ("/platform_api/", method),
      ("/platform_api/\(method)", ""),
    ] {
      var account = VoximplantAccount()
      let login = "cmd=\(command)&\(VoximplantSendTests.login)"
      #expect(account.answer(try .post(path, "\(login)&\(form)"), at: noon).json["result"] != nil)
      #expect(account.answer(try .get(path, "\(login)&\(form)"), at: noon).json["result"] != nil)
      #expect(account.answer(try .post(path, "cmd=\(command)&\(form)"), at: noon).json["error"]?["code"] == 100)
    }
  }
}
