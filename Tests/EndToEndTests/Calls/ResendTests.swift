import TestSupport
import Testing
import TextFormats

/// Messages that are sent once more; the sandbox's log is the judge of what left.
@Suite(.ownThread) struct ResendTests {
  /// A sandbox with messages 4 and 5 of one group, of which 5 has failed where `settled`.
  private func withMessages(
    _ provider: Provider, settled: Bool = false, _ body: (TestSandbox, _ group: String) throws -> Void
  ) throws {
    try withSandbox { sandbox in
      let line = ["send", "+15550100001,+15550109999", "Hello", "-o", "json", "-q"]
      let sent = try sandbox.run(provider, line + (settled ? ["--wait"] : []))
      if settled { #expect(try sent.records().texts("status") == ["delivered", "failed"]) }
      try body(sandbox, try #require(try sent.records().first?["group_id"]?.text))
    }
  }

  /// The ids that were sent again.
  private func again(_ sandbox: TestSandbox) throws -> [String] {
    try sandbox.log().dropFirst(2).map { $0.json["id"]?.text ?? "null" }
  }

  @Test("By ids, each once, under the id it has", arguments: [Provider.vpixelpro, .sendapp])
  func ids(provider: Provider) throws {
    try withMessages(provider) { sandbox, group in
      let run = try sandbox.run(provider, "resend", "5", "4", "5", "-o", "json")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try run.records().texts("id") == ["5", "4"])
      #expect(try run.records().texts("status") == ["queued", "queued"])
      #expect(try run.records().texts("group_id") == [group, group])
      #expect(try again(sandbox) == ["5", "4"])
    }
  }

  @Test(
    "By group and status, narrowed by device and time; a dry run only shows which it would be",
    arguments: [Provider.vpixelpro, .sendapp])
  func choices(provider: Provider) throws {
    try withMessages(provider, settled: true) { sandbox, group in
      let failed = ["resend", "--group", group, "--status", "failed", "-o", "json"]
      let dry = try sandbox.run(provider, failed + ["--dry-run"])
      #expect(dry.code == 0 && dry.complaints == ["1 message would be sent again; nothing was sent"])
      #expect(try dry.records().texts("id") == ["5"])
      #expect(try sandbox.run(provider, "resend", "4711", "--dry-run").code == 1)
      #expect(try again(sandbox).isEmpty)
      #expect(try sandbox.run(provider, failed).code == 0)
      #expect(try again(sandbox) == ["5"])
      #expect(try sandbox.run(provider, "resend", "--status", "delivered", "--device", "1", "--since", "-1h").code == 0)
      #expect(try again(sandbox) == ["5", "4"])
      #expect(try sandbox.run(provider, "resend", "--group", group).code == 0)
      #expect(try again(sandbox) == ["5", "4", "4", "5"])
      let none = try sandbox.run(provider, "resend", "--status", "sent", "--until", "-1d", "-o", "json")
      #expect(none.code == 0 && none.text == "[]\n")
    }
  }

  @Test("An id that is not there is refused, and keeps no other back", arguments: [Provider.vpixelpro, .sendapp])
  func unknownID(provider: Provider) throws {
    try withMessages(provider) { sandbox, _ in
      let run = try sandbox.run(provider, "resend", "4711", "4", "-o", "json")
      #expect(run.code == 1, "\(run.stderr)")
      #expect(try run.records().texts("status") == ["failed", "queued"])
      #expect(try again(sandbox) == ["4"])
    }
  }

  @Test("What came in is not sent back", arguments: [Provider.vpixelpro, .sendapp])
  func received(provider: Provider) throws {
    try withMessages(provider) { (sandbox, _) throws in
      #expect(try sandbox.run(provider, "resend", "--status", "received").code == 2)
      #expect(try sandbox.run(provider, "resend", "1").code == 1)
      #expect(try again(sandbox).isEmpty)
    }
  }
}
