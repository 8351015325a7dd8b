import TestSupport
import Testing
import TextFormats

/// One-time passwords of SMS-iT: made, sent, and good once.
@Suite(.ownThread) struct OTPTests {
  private func verify(_ code: String, _ sandbox: TestSandbox) throws -> (code: Int32, valid: JSONValue?) {
    let run = try sandbox.run(.smsit, "otp", "verify", code, "-o", "json")
    #expect(run.stderr.isEmpty, "the record says it all")
    return (run.code, try run.json()["valid"])
  }

  @Test("A code is valid once; any other is not, and that is an answer")
  func validOnce() throws {
    try withSandbox { sandbox in
      let made = try sandbox.run(.smsit, "otp", "generate", "-o", "json").json()
      let code = try #require(made["code"]?.text)
      #expect(made.values("to", "valid") == [.null, .null])
      #expect(try verify("nonsense", sandbox) == (1, false))
      #expect(try verify(code, sandbox) == (0, true))
      #expect(try verify(code, sandbox) == (1, false))
    }
  }

  @Test(
    "A code is sent in the usual words or in others, and is the one that is valid",
    arguments: [
      ([], "Your code is {{code}}"), (["--message", "{{code}} opens the door 🚪"], "{{code}} opens the door 🚪"),
    ])
  func send(options: [String], text: String) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.smsit, ["otp", "send", "+1 555 010 0001", "-o", "json"] + options)
      #expect(run.code == 0, "\(run.stderr)")
      let code = try #require(try run.json()["code"]?.text)
      #expect(try run.json()["to"] == "+15550100001")
      #expect(try sandbox.log().map(\.to) == ["+15550100001"])
      #expect(try sandbox.log().map(\.text) == [text.replacing("{{code}}", with: code)])
      #expect(try verify(code, sandbox) == (0, true))
    }
  }

  @Test("Who is no contact gets none: exit 1, and the code is shown, as it was made")
  func notAContact() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.smsit, "otp", "send", "+15559990001", "-o", "json")
      #expect(run.code == 1)
      #expect(try run.json()["code"]?.text?.isEmpty == false)
      #expect(run.stderr.contains("sms contacts add +15559990001"))
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("Without credit there is no code: exit 5")
  func noCredit() throws {
    try withSandbox { sandbox in
      for line in [["otp", "generate"], ["otp", "send", "+15550100001"]] {
        let run = try sandbox.run(.smsit, line, variables: ["SMS_KEY": "sandbox-smsit-empty-key"])
        #expect(run.code == 5 && run.stderr.contains("Not enough credits to generate OTP."))
        #expect(run.stdout.isEmpty)
      }
    }
  }

  @Test("A code whose text may have been sent is shown, with exit 6")
  func unknown() throws {
    let made = ScriptedServer.reply(body: #"{"status":"Success","otp":"94b87b"}"#)
    let server = try ScriptedServer { _ in [.read, .write(made), .read, .reset] }
    try withTemporaryFolder { folder in
      let run = try Tool(folder: folder, profilesAt: server.url).run(
        "-p", "smsit", "otp", "send", "+15550100001", "-o", "json")
      #expect(run.code == 6, "\(run.stderr)")
      #expect(try run.json()["code"] == "94b87b")
      #expect(server.requests.count == 2)
    }
  }

  @Test(
    "An answer that is none is never a valid code",
    arguments: [
      "{}", #"{"status":""}"#, #"{"status":"7"}"#, #"{"status":null}"#, #"{"valid":true}"#, #"{"status":[0]}"#, "0",
      #""Success""#,
    ])
  func untrusted(body: String) throws {
    let server = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply(body: body))] }
    try withTemporaryFolder { folder in
      let run = try Tool(folder: folder, profilesAt: server.url).run("-p", "smsit", "otp", "verify", "94b87b")
      #expect(run.code == 1 && run.stdout.isEmpty && !run.stderr.isEmpty)
    }
  }
}
