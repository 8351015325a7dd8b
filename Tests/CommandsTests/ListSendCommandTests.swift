import Application
import Testing
import TextFormats

@testable import Commands

@Suite struct ListSendCommandTests {
  private static let output = " -o csv --columns id,group_id,status --no-header --retries 0"

  @Test("Each message that the provider names is a record, and one that failed is exit 1")
  func records() {
    let world = World(answers: [.messages([(1, "Pending"), (2, "Failed")])])
    #expect(world.run(line: "list-send 1 hi" + Self.output, with: "sendapp") == .refused)
    #expect(world.printed == "1,g1,queued\n2,g1,failed\n")
  }

  @Test("Where the provider names no messages there is one record for all")
  func group() {
    let world = World(answers: [.json(#"{"status":42}"#)])
    let line = "list-send Friends hi --rotate --throttle 3" + Self.output
    #expect(world.run(line: line, with: "smsit") == .success, "\(world.complained)")
    #expect(world.printed == ",42,accepted\n")
    #expect(world.requests.first?.hasSuffix("&rotate=1&throttle=3") == true, "\(world.requests)")
  }

  @Test(
    "What an answer amounts to decides the exit code",
    arguments: [
      (.json("{}"), .unknown, "unknown"), (.noReply, .unknown, "unknown"), (.status(500), .unknown, "unknown"),
      (.noMessage, .refused, "failed"), (.wrongKey, .credentials, "planned"), (.unreachable, .unavailable, "planned"),
    ] as [(ScriptedNetwork.Answer, ExitCode, String)])
  func failure(answer: ScriptedNetwork.Answer, code: ExitCode, status: String) {
    let world = World(answers: [answer])
    #expect(world.run(line: "list-send 1 hi" + Self.output, with: "vpixelpro") == code)
    #expect(world.printed == ",,\(status)\n")
  }

  @Test("The text may come from standard input, its last newline dropped")
  func input() {
    let world = World(input: ["good ", "news\n"], answers: [.messages([])])
    #expect(world.run(line: "list-send 1" + Self.output, with: "vpixelpro") == .success, "\(world.complained)")
    #expect(world.requests.first?.hasSuffix("&message=good+news") == true, "\(world.requests)")
  }

  @Test("A dry run opens no connection, and says what it would take")
  func dryRun() {
    let world = World()
    #expect(world.run(line: "list-send 1 hi --dry-run" + Self.output, with: "vpixelpro") == .success)
    #expect(world.printed == ",,planned\n")
    #expect(world.complained == "1 segment (gsm7) to each contact; nothing was sent\n")
  }

  @Test(
    "What can't be sent is known before anything leaves",
    arguments: [
      ("list-send 1 hi", "voximplant", .unsupported), ("list-send 1 hi --rotate", "vpixelpro", .unsupported),
      ("list-send 1 hi --throttle 2", "sendapp", .unsupported), ("list-send A hi --mms", "smsit", .unsupported),
      ("list-send 1", "vpixelpro", .usage), ("list-send Friends hi", "vpixelpro", .usage),
      ("list-send A hi --throttle 7", "smsit", .usage), ("list-send A hi --at -1h", "smsit", .usage),
      ("list-send", "smsit", .usage), ("list-send A hi --wait", "smsit", .unsupported),
      ("list-send 1 hi --wait-timeout 5s", "vpixelpro", .usage), ("list-send 1 hi --columns x", "vpixelpro", .usage),
    ] as [(String, String, ExitCode)])
  func refusal(line: String, provider: String, code: ExitCode) {
    let world = World()
    #expect(world.runWithoutFetching(line: line, with: provider) == code, "\(world.complained)")
    #expect(world.printed == "")
  }
}
