import Messaging
import Testing

@testable import Sandbox

@Suite struct SandboxConfigurationTests {
  /// The profiles of the written file, read line by line: it uses no more of TOML than that.
  private static func profiles(port: UInt16) -> [String: [String: String]] {
    var profiles: [String: [String: String]] = [:]
    var current = ""
    let text = SandboxConfiguration.text(port: port, stateDirectory: "\"state\"")
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("[profiles.") {
        current = String(line.dropFirst(10).dropLast())
        profiles[current] = [:]
      } else {
        let pair = line.split(separator: "=", maxSplits: 1).map(\.trimmingBlanks)
        profiles[current, default: [:]][pair[0]] = pair[1].split(separator: "\"").joined()
      }
    }
    return profiles
  }

  private let profiles = Self.profiles(port: 8025)

  /// What the profile's provider answers to a form posted below its base URL.
  private func post(_ profile: String, _ path: String, _ form: String, authorization: String? = nil) throws
    -> SandboxReply
  {
    let base = try #require(profiles[profile]?["base_url"])
    let fields = ["host: x", "content-type: application/x-www-form-urlencoded"].map { line in
      let pair = line.split(separator: ": ")
      return HeaderField(String(pair[0]), String(pair[1]))
    }
    let login = authorization.map { [HeaderField("authorization", $0)] } ?? []
    let head = RequestHead(method: "POST", target: base + path, minorVersion: 1, fields: fields + login)
    var providers = SandboxProviders(seed: 1, startedAt: noon)
    let request = try #require(try AddressedRequest(RawRequest(head: head, body: Array(form.utf8))))
    return providers.answer(request, at: noon)
  }

  @Test("The written file has one profile for each provider, under its name, and a default one")
  func names() {
    let names = ["vpixelpro", "sendapp", "voipcomm", "voximplant", "smsit"]
    #expect(Set(profiles.keys) == Set(names + [""]))
    for name in names {
      #expect(profiles[name]?["provider"] == name)
      #expect(profiles[name]?["base_url"] == "http://127.0.0.1:8025/\(name)")
    }
    #expect(profiles[""] == ["default_profile": "vpixelpro", "state_dir": "state"])
  }

  @Test(
    "A file counts as a sandbox's own until somebody edits it",
    arguments: [
      ("", "", true), ("key = ", "key =", false), ("# Profiles", "# profiles", false), ("file, and", "file and", false),
      ("default_profile", "rate = \"1/s\"\ndefault_profile", false), ("127.0.0.1:8025", "127.0.0.1:8026", false),
    ])
  func ownFile(old: String, new: String, isOwn: Bool) {
    let text = SandboxConfiguration.text(port: 8025, stateDirectory: "\"state\"")
    let edited = old.isEmpty ? text : text.replacing(old, with: new, maxReplacements: 1)
    #expect(SandboxConfiguration.wrote(Array(edited.utf8)) == isOwn)
    #expect(!SandboxConfiguration.wrote(Array((edited + "\n").utf8)), "a line more")
    #expect(!SandboxConfiguration.wrote(Array(edited.utf8.dropLast(3))), "cut short")
  }

  @Test("With its keys and senders each provider takes a message")
  func credentials() throws {
    for name in ["vpixelpro", "sendapp"] {
      let key = try #require(profiles[name]?["key"])
      let form = "key=\(key)&number=15550100001&message=Hi&devices=[1,\"2|0\"]"
      #expect(try post(name, "/services/send.php", form).accepted.count == 1)
    }
    let voipcomm = try #require(profiles["voipcomm"])
    let login = "Basic " + Base64.encoded("\(voipcomm["key"] ?? ""):\(voipcomm["password"] ?? "")".utf8)
    let bulk = "to=15550100001&msg=Hi&from=\(voipcomm["from"]?.dropFirst() ?? "")"
    #expect(try post("voipcomm", "/sms/send", bulk, authorization: login).accepted.count == 1)
    let voximplant = try #require(profiles["voximplant"])
    let single =
      "account_id=\(voximplant["account_id"] ?? "")&api_key=\(voximplant["api_key"] ?? "")"
      + "&source=\(voximplant["from"]?.dropFirst() ?? "")&destination=15550100001&sms_body=Hi"
    #expect(try post("voximplant", "/SendSmsMessage", single).accepted.count == 1)
    let smsit = try #require(profiles["smsit"])
    let contact = "apikey=\(smsit["key"] ?? "")&from=\(smsit["from"]?.dropFirst() ?? "")&to=15550100001&message=Hi"
    #expect(try post("smsit", "/apis/smscontact/", contact).accepted.count == 1)
  }
}
