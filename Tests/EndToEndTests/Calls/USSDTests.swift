import TestSupport
import Testing
import TextFormats

/// Codes that phones dial: sent, answered later, and found again.
@Suite(.ownThread) struct USSDTests {
  @Test("A code is dialled once, and its answer is read later", arguments: [Provider.vpixelpro, .sendapp])
  func answer(provider: Provider) throws {
    try withSandbox { sandbox in
      let sent = try sandbox.run(provider, "ussd", "send", "*150#", "--device", "2", "--sim", "1", "-o", "json")
      #expect(sent.code == 0, "\(sent.stderr)")
      let known: [JSONValue?] = ["1", "2", "1", "*150#"]
      #expect(try sent.json().values("id", "device", "sim", "request") == known)
      #expect(try sent.json().values("response", "responded_at") == [.null, .null])
      try wait(for: "the phone's answer") {
        let record = try sandbox.run(provider, "ussd", "status", "1", "-o", "json").json()
        #expect(record.values("id", "device", "sim", "request") == known)
        #expect((record["response"] == .null) == (record["responded_at"] == .null))
        return record["response"] == "*150#: your balance is 17.25."
      }
      #expect(try sandbox.run(provider, "ussd", "list", "-o", "json").records().count == 1)
    }
  }

  @Test(
    "--wait ends with the answer, or with exit code 8 and the id to ask with",
    arguments: [Provider.vpixelpro, .sendapp])
  func waiting(provider: Provider) throws {
    try withSandbox { sandbox in
      let answered = try sandbox.run(provider, "ussd", "send", "*150#", "--device", "1", "--wait", "-o", "json")
      #expect(answered.code == 0, "\(answered.stderr)")
      #expect(try answered.json()["response"] == "*150#: your balance is 17.25.")
      let silent = try sandbox.run(
        provider, "ussd", "send", "*1509999#", "--device", "1", "--wait", "--wait-timeout", "1s", "-o", "json")
      #expect(silent.code == 8)
      #expect(try silent.json().values("id", "response") == ["2", .null])
      #expect(try JSONValue(parsing: Array(silent.stderr.utf8))["error"]?["kind"] == "wait-timeout")
    }
  }

  @Test("A list is narrowed by code, phone, SIM and time", arguments: [Provider.vpixelpro, .sendapp])
  func list(provider: Provider) throws {
    try withSandbox { sandbox in
      for (code, phone) in [("*1#", ["1"]), ("*1#", ["2", "--sim", "0"]), ("*2#", ["2", "--sim", "1"])] {
        _ = try sandbox.run(provider, ["ussd", "send", code, "--device"] + phone)
      }
      func found(_ options: String...) throws -> [String] {
        let run = try sandbox.run(provider, ["ussd", "list", "-o", "json"] + options)
        #expect(run.code == 0, "\(run.stderr)")
        return try run.records().texts("id")
      }
      #expect(try found() == ["1", "2", "3"])
      #expect(try found("--request", "*1#") == ["1", "2"])
      #expect(try found("--device", "2") == ["2", "3"])
      #expect(try found("--device", "2", "--sim", "1") == ["3"])
      #expect(try found("--since", "-1h", "--until", "+1h") == ["1", "2", "3"])
      #expect(try found("--since", "+1h").isEmpty)
    }
  }

  @Test("What is not there is exit 1: a request, a phone, a SIM", arguments: [Provider.vpixelpro, .sendapp])
  func refusals(provider: Provider) throws {
    try withSandbox { (sandbox) throws in
      #expect(try sandbox.run(provider, "ussd", "status", "9").code == 1)
      for phone in [["9"], ["1", "--sim", "7"]] {
        let run = try sandbox.run(provider, ["ussd", "send", "*150#", "--device"] + phone)
        #expect(run.code == 1 && run.stderr.contains("This device doesn't exist in database."), "\(run.stderr)")
      }
      #expect(try sandbox.run(provider, "ussd", "send", "150", "--device", "1").code == 1)
      #expect(try sandbox.run(provider, "ussd", "list", "-o", "json").text == "[]\n")
    }
  }
}
