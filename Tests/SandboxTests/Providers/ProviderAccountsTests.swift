import Testing
import TextFormats

@testable import Sandbox

@Suite struct ProviderAccountsTests {
  private func answer(_ provider: String, _ path: String, _ form: String, _ providers: inout SandboxProviders) throws
    -> SandboxReply
  {
    providers.answer(AddressedRequest(provider: provider, request: try .post(path, form)), at: noon)
  }

  /// A send with each empty account, and how it is refused.
  static let empty: [(provider: String, path: String, form: String, code: String)] = [
    ("vpixelpro", "/services/send.php", "key=sandbox-vpixelpro-empty-key&number=15550100001&message=Hi", "500"),
    ("sendapp", "/services/send.php", "key=sandbox-sendapp-empty-key&number=15550100001&message=Hi", "500"),
    (
      "voximplant", "/SendSmsMessage",
      "account_id=1000002&api_key=sandbox-voximplant-empty-key&\(VoximplantSendTests.single)", "5"
    ),
    ("smsit", "/apis/smscontact/", "apikey=sandbox-smsit-empty-key&\(SMSITSendTests.contact)", "-12"),
    ("smsit", "/apis/smsgroup/", "apikey=sandbox-smsit-empty-key&\(SMSITSendTests.group)", "-14"),
    ("smsit", "/apis/generateOTP/", "apikey=sandbox-smsit-empty-key", "-2"),
  ]

  @Test("An account without credit is refused in the provider's way", arguments: empty)
  func withoutCredit(provider: String, path: String, form: String, code: String) throws {
    var providers = SandboxProviders(seed: 1, startedAt: noon)
    let reply = try answer(provider, path, form, &providers)
    #expect(reply.accepted.isEmpty)
    #expect((reply.json["error"]?["code"] ?? reply.json["status"])?.text == code)
  }

  static let credits: [(provider: String, key: String, credits: JSONValue)] = [
    ("vpixelpro", "sandbox-vpixelpro-key", .null), ("vpixelpro", "sandbox-vpixelpro-empty-key", 0),
    ("sendapp", "sandbox-sendapp-key", "1000000"), ("sendapp", "sandbox-sendapp-empty-key", "0"),
    ("sendapp", "sandbox-sendapp-unlimited-key", .null),
  ]

  @Test("A gateway's key decides whose credits are told: none left, some, or no limit", arguments: credits)
  func balance(provider: String, key: String, credits: JSONValue) throws {
    var providers = SandboxProviders(seed: 1, startedAt: noon)
    #expect(try answer(provider, "/services/send.php", "key=\(key)", &providers).json["data"] == ["credits": credits])
  }

  @Test("Accounts of one provider know nothing of each other")
  func separate() throws {
    var providers = SandboxProviders(seed: 1, startedAt: noon)
    _ = try answer("sendapp", "/services/send.php", "key=sandbox-sendapp-key&listID=1&message=Hi", &providers)
    let pending = try ["sandbox-sendapp-key", "sandbox-sendapp-unlimited-key"].map { key in
      let reply = try answer("sendapp", "/services/read-messages.php", "key=\(key)&status=Pending", &providers)
      return reply.json["data"]?["messages"]?.array?.count
    }
    #expect(pending == [3, 0])
  }

  @Test("Credentials of two accounts don't mix")
  func mixed() throws {
    var providers = SandboxProviders(seed: 1, startedAt: noon)
    let form = "account_id=1000001&api_key=sandbox-voximplant-empty-key"
    #expect(try answer("voximplant", "/GetAccountInfo", form, &providers).json["error"]?["code"] == 100)
  }
}
