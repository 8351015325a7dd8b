import TestSupport
import Testing
import TextFormats

/// A provider that answers a batch in a way of its own: each message is settled by what names it, and by nothing else.
@Suite(.ownThread) struct BatchReplyTests {
  private static let numbers = (1...5).map { "+1555010000\($0)" }
  private static let foreign = "+15550100099"

  /// An API that takes many messages in a request, by how it answers.
  enum API: CaseIterable {
    case gateway, voipcomm, a2p

    var provider: Provider {
      switch self {
      case .gateway: .sendapp
      case .voipcomm: .voipcomm
      case .a2p: .voximplant
      }
    }

    /// A row about a number, with an id that tells which.
    func row(_ number: String, id: String? = nil) -> String {
      let digits = number.dropFirst()
      let id = id ?? "9\(digits.suffix(2))"
      return switch self {
      case .gateway: #"{"ID":\#(id),"number":"\#(number)","message":"Hello","status":"Queued"}"#
      case .voipcomm: #"{"code":200,"to":"\#(digits)","smsid":"\#(id)"}"#
      case .a2p: #"{"destination_number":"\#(digits)","message_id":\#(id)}"#
      }
    }

    func body(_ rows: [String]) -> String {
      let list = rows.joined(separator: ",")
      return switch self {
      case .gateway: #"{"success":true,"data":{"messages":[\#(list)]},"error":null}"#
      case .voipcomm: #"{"send_log":[\#(list)]}"#
      case .a2p: #"{"result":[\#(list)],"failed":[],"fragments_count":1}"#
      }
    }
  }

  /// How a reply differs from what it should be.
  enum Deviation: CaseIterable {
    case none, backwards, turned, oneMissing, firstMissing, allMissing, oneTwice, oneContradicted, foreignAdded
    case foreignInPlace, cut, cutWithinRow, shorterThanAnnounced

    /// The numbers that it tells nothing certain about.
    var unknown: [String] {
      switch self {
      case .none, .backwards, .turned, .oneTwice, .foreignAdded: []
      case .oneMissing, .oneContradicted: [numbers[2]]
      case .firstMissing, .foreignInPlace: [numbers[0]]
      case .allMissing, .cut, .cutWithinRow, .shorterThanAnnounced: numbers
      }
    }

    func reply(_ api: API) -> String {
      let rows = numbers.map { api.row($0) }
      let whole = api.body(rows)
      return switch self {
      case .none: ScriptedServer.reply(body: whole)
      case .backwards: ScriptedServer.reply(body: api.body(rows.reversed()))
      case .turned: ScriptedServer.reply(body: api.body(Array(rows[3...] + rows[..<3])))
      case .oneMissing: ScriptedServer.reply(body: api.body(Array(rows[..<2] + rows[3...])))
      case .firstMissing: ScriptedServer.reply(body: api.body(Array(rows[1...])))
      case .allMissing: ScriptedServer.reply(body: api.body([]))
      case .oneTwice: ScriptedServer.reply(body: api.body(rows + [rows[2]]))
      case .oneContradicted: ScriptedServer.reply(body: api.body([api.row(numbers[2], id: "77")] + rows))
      case .foreignAdded: ScriptedServer.reply(body: api.body([api.row(foreign)] + rows))
      case .foreignInPlace: ScriptedServer.reply(body: api.body([api.row(foreign)] + rows[1...]))
      case .cut: ScriptedServer.reply(body: String(whole.dropLast(1)))
      case .cutWithinRow: ScriptedServer.reply(body: String(whole.prefix(whole.count / 2)))
      case .shorterThanAnnounced: String(ScriptedServer.reply(body: whole).dropLast(10))
      }
    }
  }

  @Test(
    "Each message is settled by the row that names it; the others are unknown, and not sent again",
    arguments: API.allCases, Deviation.allCases)
  func settled(api: API, deviation: Deviation) throws {
    let reply = deviation.reply(api)
    let server = try ScriptedServer { _ in [.read, .write(reply)] }
    try withTemporaryFolder { folder in
      var tool = try Tool(folder: folder, profilesAt: server.url)
      if api == .a2p { tool.variables["SMS_A2P"] = "true" }
      let code: Int32 = deviation.unknown.isEmpty ? 0 : 6
      let run = try tool.run(
        ["-p", api.provider.rawValue, "bulk", "-", "--message", "Hello", "--job", "spring", "-o", "jsonl"],
        input: Array(Self.numbers.map { "\($0)\n" }.joined().utf8))
      #expect(run.code == code, "\(run.stderr)")
      try check(try run.lines(), deviation)
      // Once more: what is unknown stays so.
      let again = try tool.run("bulk", "--resume", "spring", "-o", "jsonl")
      #expect(again.code == code && again.stdout.isEmpty, "\(again.stderr)")
      try check(try tool.run("log", "--job", "spring", "-o", "jsonl").lines(), deviation)
      #expect(server.requests.count == 1)
    }
  }

  private func check(_ records: [JSONValue], _ deviation: Deviation) throws {
    #expect(records.texts("to") == Self.numbers)
    for record in records {
      let number = try #require(record["to"]?.text)
      let isUnknown = deviation.unknown.contains(number)
      #expect((record["status"] == "unknown") == isUnknown, "\(record)")
      #expect(record["id"]?.text == (isUnknown ? nil : "9\(number.suffix(2))"), "\(record)")
    }
  }
}
