import Platform
import TestSupport
import Testing
import TextFormats

/// `--wait`: what was started is followed until nothing more will happen to it.
@Suite(.ownThread) struct WaitTests {
  /// What each provider comes to say of a message that arrives; Voximplant's single messages are sent, and that's all.
  static let endings: [(provider: Provider, variables: [String: String], status: String)] = [
    (.vpixelpro, [:], "delivered"), (.sendapp, [:], "delivered"), (.voximplant, [:], "sent"),
    (.voximplant, ["SMS_A2P": "true"], "delivered"), (.smsit, [:], "delivered"),
  ]

  @Test("What is sent is waited for, to its end", arguments: endings)
  func send(provider: Provider, variables: [String: String], status: String) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(
        provider, ["send", "+15550100001,+15550100002", "Hello", "--wait", "-o", "json"], variables: variables)
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try run.records().texts("status") == [status, status])
      #expect(try run.records().texts("to") == ["+15550100001", "+15550100002"])
      #expect(try run.records().texts("body") == ["Hello", "Hello"])
      #expect(run.complaints == ["waiting for 2 messages"])
      #expect(try sandbox.log().count == 2)
    }
  }

  @Test("One that fails on the way is exit 1")
  func fails() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.smsit, "send", "+15550100001,+15550109999", "Hello", "--wait", "-o", "json", "-q")
      #expect(run.code == 1)
      #expect(try run.records().texts("status") == ["delivered", "failed"])
    }
  }

  @Test("A list send is waited for where its messages have names")
  func list() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.sendapp, "list-send", "1", "Hello", "--wait", "-o", "json")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try run.records().texts("status") == ["delivered", "delivered", "delivered"])
      #expect(run.complaints == ["waiting for 3 messages"])
    }
  }

  @Test("Of SMS-iT's groups nobody knows when all is done: exit 7, and nothing is sent")
  func group() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.smsit, "list-send", "Friends", "Hello", "--wait")
      #expect(run.code == 7)
      #expect(
        run.complaints == [
          "sms: SMS-iT doesn't support list-send --wait", "hint: profiles that support it: vpixelpro, sendapp",
        ])
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("SMS-iT doesn't tell of what is scheduled, so that it is not waited for: exit 7, and nothing is sent")
  func scheduled() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.smsit, "send", "+15550100001", "Hello", "--at", "+1h", "--wait")
      #expect(run.code == 7)
      #expect(run.complaints.first == "sms: SMS-iT doesn't support send --wait with --at")
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("When the time is over it is exit 8, with what is known by then", arguments: [Provider.vpixelpro, .sendapp])
  func timeOver(provider: Provider) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(
        provider, "send", "+15550100001", "Hello", "--at", "+1h", "--wait", "--wait-timeout", "1s", "-o", "json", "-q")
      #expect(run.code == 8)
      #expect(try run.records().texts("status") == ["scheduled"])
      let error = try JSONValue(parsing: Array(run.stderr.utf8))["error"]
      #expect(error?["kind"] == "wait-timeout")
      #expect(try sandbox.run(provider, "status", "4", "--wait", "--wait-timeout", "1s").code == 8)
    }
  }

  @Test("A signal ends the waiting; what was sent is printed", arguments: [2, 15])
  func signal(number: Int32) throws {
    try withSandbox { sandbox in
      let running = try RunningTool(
        sandbox.tool, ["-p", "vpixelpro", "send", "+15550100001", "Hello", "--at", "+1h", "--wait", "-o", "json"])
      try wait(for: "the waiting to begin") {
        let complaints = (try? Files.read("\(sandbox.folder)/err", limit: 1000)) ?? []
        return String(decoding: complaints, as: UTF8.self).contains("waiting for")
      }
      running.signal(number)
      let run = try running.end()
      #expect(run.code == 128 + number)
      #expect(try run.records().texts("id") == ["4"])
    }
  }

  @Test("What is sent again is waited for")
  func resend() throws {
    try withSandbox { sandbox in
      #expect(try sandbox.run(.vpixelpro, "send", "+15550100001,+15550109999", "Hello", "--wait").code == 1)
      let run = try sandbox.run(.vpixelpro, "resend", "4", "5", "--wait", "-o", "json", "-q")
      #expect(run.code == 1)
      #expect(try run.records().texts("status") == ["delivered", "failed"])
    }
  }

  @Test("A whole history is waited for, past what the provider itself will never know")
  func history() throws {
    try withSandbox { sandbox in
      let a2p = ["SMS_A2P": "true"]
      #expect(try sandbox.run(.voximplant, ["send", "+15550100001", "Hello"], variables: a2p).code == 0)
      let run = try sandbox.run(.voximplant, ["status", "--wait", "-o", "json"], variables: a2p)
      #expect(run.code == 0, "\(run.stderr)")
      #expect(
        try run.records().texts("status") == [
          "canceled", "failed", "delivered", "failed", "failed", "unknown", "delivered",
        ])
      #expect(run.complaints.first == "won't wait for 1 message: Voximplant doesn't know the status")
    }
  }
}
