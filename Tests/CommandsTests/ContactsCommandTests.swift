import Application
import Testing

@testable import Commands

@Suite struct ContactsCommandTests {
  private static func page(_ ids: ClosedRange<Int>) -> ScriptedNetwork.Answer {
    let rows = ids.map { #"{"id":"\#($0)","number":"1555010\#(1000 + $0)","name":"N"}"# }
    return .json(#"{"status":0,"contacts":[\#(rows.joined(separator: ","))]}"#)
  }

  private static let nothing = ScriptedNetwork.Answer.json(#"{"status":-7}"#)

  @Test("Pages are followed to the end")
  func pages() {
    let world = World(answers: [Self.page(1...50), Self.page(51...51)])
    #expect(world.run(line: "contacts list --limit all -o csv --columns id", with: "smsit") == .success)
    #expect(world.printed == "id\n" + (1...51).map { "\($0)\n" }.joined())
    #expect(world.complained == "")
  }

  @Test("More than the limit is said on standard error")
  func limit() {
    let world = World(answers: [Self.page(1...2)])
    #expect(world.run(line: "contacts list --limit 2 -o csv --columns id", with: "smsit") == .success)
    #expect(world.printed == "id\n1\n2\n")
    #expect(world.complained.contains("--limit"))
  }

  @Test("A page alone is asked for once, in the size that was asked for")
  func page() {
    let world = World(answers: [Self.page(4...5)])
    #expect(world.run(line: "contacts list --page 3 --limit 2 -o csv --columns id", with: "smsit") == .success)
    #expect(world.requests.first?.contains("limit=2") == true)
    #expect(world.requests.first?.contains("page=3") == true)
  }

  @Test("A failure in the midst leaves a valid document of what came before")
  func partial() {
    let world = World(answers: [Self.page(1...50), .status(500)])
    #expect(world.run(line: "contacts list -o json --columns id", with: "smsit") == .refused)
    #expect(world.printed.hasPrefix("[\n  {\n    \"id\": \"1\"\n  },\n") && world.printed.hasSuffix("\"50\"\n  }\n]\n"))
  }

  @Test("Filters go to the provider")
  func filters() {
    let world = World(answers: [Self.nothing])
    let line =
      "contacts list --name Ada --email a@example.com --number +1-555 --list Friends --source web-widget"
      + " --subscribed yes --sort number --descending -o json"
    #expect(world.run(line: line, with: "smsit") == .success)
    #expect(world.printed == "[]\n")
    let fields = [
      "name=Ada", "email=a%40example.com", "number=1555", "group=Friends", "source=2", "subscribed=0",
      "sortby=phone_number", "sortdir=desc", "limit=1000",
    ]
    for field in fields { #expect(world.requests.first?.contains(field) == true, "\(field) in \(world.requests)") }
  }
}
