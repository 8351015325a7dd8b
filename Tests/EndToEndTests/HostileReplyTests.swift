import TestSupport
import Testing
import TextFormats

/// A provider that answers nonsense: the message is sent once, and nothing is made up about it.
@Suite struct HostileReplyTests {
  /// Answers that say nothing of a message that may have been taken.
  static let nonsense: [(name: String, reply: String)] = [
    ("nothing", ScriptedServer.reply(body: "")),
    ("no content", "HTTP/1.1 204 No Content\r\n\r\n"),
    ("white space", ScriptedServer.reply(body: " \r\n\t")),
    (
      "HTML",
      ScriptedServer.reply(headers: ["Content-Type: text/html"], body: "<b>Fatal error</b>: Uncaught PDOException")
    ),
    ("an array", ScriptedServer.reply(body: "[]")),
    ("a number", ScriptedServer.reply(body: "1")),
    ("an empty object", ScriptedServer.reply(body: "{}")),
    ("null", ScriptedServer.reply(body: "null")),
    (
      "members of other types",
      ScriptedServer.reply(body: #"{"success":"yes","data":[],"send_log":{},"result":[1],"status":{}}"#)
    ),
    (
      "nothing about the message",
      ScriptedServer.reply(body: #"{"success":true,"data":{"messages":[]},"send_log":[],"result":1}"#)
    ),
    (
      "other numbers",
      ScriptedServer.reply(
        body:
          #"{"success":true,"data":{"messages":[{"number":"+15550100009","message":"Hello","ID":1,"status":"Sent"}]},"#
          + #""send_log":[{"code":200,"to":"15550100009","smsid":"1"}],"result":7,"message_id":9}"#)
    ),
    (
      "numbers beyond all bounds",
      ScriptedServer.reply(
        body: #"{"status":1e999,"result":1e999,"success":1e999,"send_log":[{"code":1e999,"to":1e999}]}"#)
    ),
    ("depth", ScriptedServer.reply(body: String(repeating: "[", count: 100_000))),
    ("half of JSON", ScriptedServer.reply(body: #"{"success":true,"data":{"messages":[{"number":"+155501"#)),
    ("bytes that are no text", ScriptedServer.reply(body: "{\"success\":true,\"status\":\"0\u{0}\"")),
    ("less than announced", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"success\":true}"),
    ("no HTTP", "220 smtp.example.com ESMTP\r\n"),
    ("a redirect", ScriptedServer.reply("302 Found", headers: ["Location: http://127.0.0.1:1/"], body: "")),
    (
      "a permanent redirect",
      ScriptedServer.reply("308 Permanent Redirect", headers: ["Location: /elsewhere"], body: "")
    ),
    ("500", ScriptedServer.reply("500 Internal Server Error", body: #"{"success":false,"error":{"code":401}}"#)),
    ("502", ScriptedServer.reply("502 Bad Gateway", body: "")),
    ("503 without Retry-After", ScriptedServer.reply("503 Service Unavailable", body: "")),
    ("504", ScriptedServer.reply("504 Gateway Timeout", body: "")),
    ("404", ScriptedServer.reply("404 Not Found", body: "{}")),
  ]

  @Test(
    "Nonsense leaves the message unknown, and it is asked for once", arguments: Provider.allCases, nonsense.map(\.name))
  func unknown(provider: Provider, name: String) throws {
    let reply = try #require(Self.nonsense.first { $0.name == name }?.reply)
    let server = try ScriptedServer { _ in [.read, .write(reply)] }
    let run = try run(provider, against: server)
    #expect(run.code == 6, "\(run.text) \(run.stderr)")
    #expect(try run.records().texts("status") == ["unknown"])
    #expect(run.complaints.count == 1)
    #expect(server.requests.count == 1)
  }

  @Test("More than ten megabytes are not read", arguments: Provider.allCases)
  func tooLong(provider: Provider) throws {
    let piece = String(repeating: " ", count: 1 << 20)
    let server = try ScriptedServer { _ in
      [.read, .write("HTTP/1.1 200 OK\r\n\r\n")] + Array(repeating: .write(piece), count: 12)
    }
    let run = try run(provider, against: server)
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

  @Test(
    "A redirect is not followed, and the key goes nowhere", arguments: Provider.allCases, [301, 302, 303, 307, 308])
  func redirects(provider: Provider, status: Int) throws {
    let elsewhere = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply(body: "{}"))] }
    let location = "Location: http://127.0.0.1:\(elsewhere.port)/"
    let server = try ScriptedServer { _ in
      [.read, .write(ScriptedServer.reply("\(status) Moved", headers: [location], body: ""))]
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
