import TestSupport
import Testing
import TextFormats

/// Replies from a hostile server: the message is sent once, and nothing is made up about it.
///
/// One case for each class of reply; the contract tests of the adapters have the variants, `FaultTests` the sandbox's
/// own faults.
@Suite(.ownThread) struct HostileReplyTests {
  /// Replies that don't say what became of the message.
  static let nonsense: [(name: String, reply: String)] = [
    ("nothing", ScriptedServer.reply(body: "")),
    (
      "nothing about the message",
      ScriptedServer.reply(body: #"{"success":true,"data":{"messages":[]},"send_log":[],"result":1}"#)
    ),
    ("no HTTP", "220 smtp.example.com ESMTP\r\n"),
  ]

  @Test("Nonsense leaves the message unknown, and it is sent once", arguments: Provider.allCases, nonsense.map(\.name))
  func unknown(provider: Provider, name: String) throws {
    let reply = try #require(Self.nonsense.first { $0.name == name }?.reply)
    let server = try ScriptedServer { _ in [.read, .write(reply)] }
    let run = try run(provider, against: server)
    #expect(run.code == 6, "\(run.text) \(run.stderr)")
    #expect(try run.records().texts("status") == ["unknown"])
    #expect(run.problems.count == 1)
    #expect(server.requests.count == 1)
  }

  @Test(
    "What a refusing status lists as taken is sent once",
    arguments: ["401 Unauthorized", "429 Too Many Requests", "503 Service Unavailable"])
  func takenAllTheSame(status: String) throws {
    let row = #"{"number":"+15550100001","message":"Hello","ID":7,"status":"Pending"}"#
    let body = #"{"success":true,"data":{"messages":[\#(row)]},"error":null}"#
    let reply = ScriptedServer.reply(status, headers: ["Retry-After: 0"], body: body)
    let server = try ScriptedServer { _ in [.read, .write(reply)] }
    let run = try run(.vpixelpro, against: server)
    #expect(run.code == 0, "\(run.text) \(run.stderr)")
    #expect(try run.records().texts("id") == ["7"])
    #expect(server.requests.count == 1)
  }

  @Test("More than ten megabytes are not read")
  func tooLong() throws {
    let piece = String(repeating: " ", count: 1 << 20)
    let server = try ScriptedServer { _ in
      [.read, .write("HTTP/1.1 200 OK\r\n\r\n")] + Array(repeating: .write(piece), count: 12)
    }
    let run = try run(.voximplant, against: server)
    #expect(run.code == 6, "\(run.stderr)")
    #expect(server.requests.count == 1)
  }

  @Test("A connection that is closed after the second request sends it once", arguments: Provider.allCases)
  func keptAliveAndClosed(provider: Provider) throws {
    let server = try ScriptedServer { _ in [.read, .write(ScriptedServer.reply(body: "{}")), .read] }
    try withTemporaryFolder { folder in
      let run = try Tool(folder: folder, profilesAt: server.url).run(
        "-p", provider.rawValue, "send", "+15550100001,+15550100002,+15550100003", "Hello", "-o", "json", "--timeout",
        "5s")
      #expect(run.code == 6)
      let bodies = server.requests.map(\.body)
      #expect(Set(bodies).count == bodies.count)
    }
  }

  @Test("A redirect is not followed, and the key goes nowhere", arguments: Provider.allCases)
  func redirects(provider: Provider) throws {
    let elsewhere = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply(body: "{}"))] }
    let location = "Location: http://127.0.0.1:\(elsewhere.port)/"
    // 307 is the status that would repeat the POST.
    let server = try ScriptedServer { _ in
      [.read, .write(ScriptedServer.reply("307 Moved", headers: [location], body: ""))]
    }
    #expect(try run(provider, against: server).code == 6)
    #expect(elsewhere.connections == 0)
  }

  @Test("What a provider writes can't play tricks on the terminal", arguments: ["table", "json", "jsonl", "csv"])
  func controlCharacters(format: String) throws {
    let words = "bad\u{1B}[2Jred\u{9B}31m\u{202E}\r\nsms: all is well"
    var body: [UInt8] = []
    JSONValue.object(
      JSONObject([
        .init("success", false), .init("error", ["code": .string("7\u{1B}[0m"), "message": .string(words)]),
      ])
    ).write(to: &body)
    let reply = ScriptedServer.reply(body: String(decoding: body, as: UTF8.self))
    let server = try ScriptedServer { _ in [.read, .write(reply)] }
    let run = try withTemporaryFolder { folder in
      try Tool(folder: folder, profilesAt: server.url).run(
        "-p", "vpixelpro", "-v", "send", "+15550100001", "Hello", "-o", format)
    }
    #expect(run.code == 1)
    let shown = format == "table" ? run.stderr + run.text : run.stderr
    #expect(!shown.unicodeScalars.contains { "\u{1B}\u{9B}\u{202E}\r".unicodeScalars.contains($0) })
    #expect(!run.complaints.contains("sms: all is well"))
  }

  private func run(_ provider: Provider, against server: ScriptedServer) throws -> Run {
    try withTemporaryFolder { folder in
      try Tool(folder: folder, profilesAt: server.url).run(
        "-p", provider.rawValue, "send", "+15550100001", "Hello", "-o", "json", "--timeout", "10s")
    }
  }
}
