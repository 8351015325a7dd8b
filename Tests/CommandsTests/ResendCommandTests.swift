import Application
import Testing
import TextFormats

@testable import Commands

@Suite struct ResendCommandTests {
  private static let output = " -o csv --columns id,status,error.message --no-header --retries 0"

  private func run(_ line: String, _ answers: [ScriptedNetwork.Answer]) -> (world: World, code: ExitCode) {
    let world = World(answers: answers)
    return (world, world.run(line: line + Self.output, with: "vpixelpro"))
  }

  @Test("Each id is its own order: one that is refused or unknown doesn't keep the others back")
  func ids() {
    let (world, code) = run("resend 1 8 9 3 1", [.message(1, "Pending"), .noMessage, .noReply, .message(3, "Pending")])
    #expect(code == .unknown)
    #expect(world.printed == "1,queued,\n8,failed,no such message\n9,unknown,cut off\n3,queued,\n")
  }

  @Test(
    "What an answer amounts to decides the exit code",
    arguments: [
      (.noMessage, .refused, "failed"), (.messages([]), .refused, "failed"), (.noReply, .unknown, "unknown"),
      (.json(""), .unknown, "unknown"),
      (.status(500), .unknown, "unknown"), (.wrongKey, .credentials, "planned"),
      (.unreachable, .unavailable, "planned"),
      (.status(429), .unavailable, "planned"),
    ] as [(ScriptedNetwork.Answer, ExitCode, String)])
  func failure(answer: ScriptedNetwork.Answer, code: ExitCode, status: String) {
    let result = run("resend 1", [answer])
    #expect(result.code == code)
    #expect(result.world.printed.hasPrefix("1,\(status),"))
  }

  @Test("Refused credentials end it: what is left was not sent")
  func credentials() {
    let (world, code) = run("resend 1 2 3", [.message(1, "Pending"), .wrongKey])
    #expect(code == .credentials)
    #expect(world.printed == "1,queued,\n2,planned,\n3,planned,\n")
    #expect(world.complained.contains("2 of 3 messages not sent"))
  }

  @Test("A group or a status is one order")
  func together() {
    let (world, code) = run("resend --group g1 --status failed", [.messages([(1, "Pending"), (2, "Pending")])])
    #expect(code == .success, "\(world.complained)")
    #expect(world.requests.first?.hasSuffix("resend.php?key=K3Y&groupId=g1&status=Failed") == true)
    let none = run("resend --status failed --since -1d", [.messages([])])
    #expect(none.code == .success)
    #expect(none.world.printed == "")
  }

  @Test("A dry run only asks, and says what it would be")
  func dryRun() {
    let answer = ScriptedNetwork.Answer.messages([(1, "Failed"), (2, "Sent")])
    let (world, code) = run("resend --group g1 --status failed --dry-run", [answer])
    #expect(code == .success, "\(world.complained)")
    #expect(world.printed == "1,failed,the provider reports the message as failed\n")
    #expect(world.requests.allSatisfy { $0.contains("read-messages.php") })
    #expect(world.complained.contains("nothing was sent"))
    #expect(run("resend 9 --dry-run", [.noMessage]).code == .refused)
  }

  @Test(
    "Nothing leaves when it isn't clear what to send, or the provider can't be told",
    arguments: [
      ("resend", .usage), ("resend x", .usage), ("resend 1 --group g1", .usage),
      ("resend --status sent --to 1", .usage),
      ("resend --status failed --to +15550100001", .unsupported), ("resend 1 --limit 5", .usage),
    ] as [(String, ExitCode)])
  func wrongInput(line: String, code: ExitCode) {
    let (world, result) = run(line, [])
    #expect(result == code, "\(world.complained)")
    #expect(world.printed == "")
  }
}
