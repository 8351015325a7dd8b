import Application
import Testing
import TextFormats

@testable import Commands

@Suite struct WaitingTests {
  private static let output = " -o csv --columns id,status --no-header --retries 0 -q"

  private func run(
    _ line: String, with provider: String = "vpixelpro", _ answers: [ScriptedNetwork.Answer]
  ) -> (world: World, code: ExitCode) {
    let world = World(answers: answers)
    return (world, world.run(line: line + Self.output, with: provider))
  }

  @Test("It asks after 1 s and then ever more rarely, until the message is final")
  func pauses() {
    let answers = ["Pending", "Pending", "Sent", "Delivered"].map { ScriptedNetwork.Answer.message(1, $0) }
    let (world, code) = run("status 1 --wait", answers)
    #expect(code == .success, "\(world.complained)")
    #expect(world.printed == "1,delivered\n")
    #expect(world.elapsed == .seconds(7))
  }

  @Test("Only what is not final yet is asked for again")
  func rest() {
    let (world, code) = run(
      "status 1 2 --wait", [.message(1, "Failed"), .message(2, "Sent"), .message(2, "Delivered")])
    #expect(code == .success)
    #expect(world.printed == "1,failed\n2,delivered\n")
  }

  @Test("Messages that leave the status asked for are followed by their ids")
  func statusFilter() {
    let (world, code) = run("status --status queued --wait", [.message(1, "Pending"), .message(1, "Delivered")])
    #expect(code == .success)
    #expect(world.printed == "1,delivered\n")
    #expect(world.requests.last?.hasSuffix("id=1") == true)
  }

  @Test("When the time is over the latest state is printed, with exit code 8")
  func timeOver() {
    let answers = ["Pending", "Pending", "Sent"].map { ScriptedNetwork.Answer.message(1, $0) }
    let (world, code) = run("status 1 --wait --wait-timeout 2500ms", answers)
    #expect(code == .waitedTooLong)
    #expect(world.printed == "1,sent\n")
    #expect(world.elapsed == .milliseconds(2500))
  }

  @Test("An unknown id beats the end of the time, and is not waited for")
  func unknownID() {
    let (world, code) = run("status 9 --wait", [.noMessage])
    #expect(code == .refused)
    #expect(world.elapsed == .zero)
  }

  @Test(
    "A look that fails is no news",
    arguments: [.noReply, .unreachable, .status(502), .noMessage] as [ScriptedNetwork.Answer])
  func failingLook(answer: ScriptedNetwork.Answer) {
    let (world, code) = run("status 1 --wait", [.message(1, "Pending"), answer, .message(1, "Delivered")])
    #expect(code == .success, "\(world.complained)")
    #expect(world.printed == "1,delivered\n")
  }

  @Test("Credentials that are refused end the waiting; what is known is printed")
  func credentials() {
    let (world, code) = run("status 1 --wait", [.message(1, "Pending"), .wrongKey])
    #expect(code == .credentials)
    #expect(world.printed == "1,queued\n")
  }

  @Test(
    "What was sent is waited for, and a failed message is exit 1",
    arguments: [("Delivered", "delivered", .success), ("Failed", "failed", .refused)] as [(String, String, ExitCode)])
  func send(word: String, status: String, code: ExitCode) {
    let result = run("send +15550100001 hi --wait", [.message(1, "Pending"), .message(1, word)])
    #expect(result.code == code, "\(result.world.complained)")
    #expect(result.world.printed == "1,\(status)\n")
  }

  @Test("Messages of one send are asked for together, and printed in the order of the numbers")
  func sendSeveral() {
    let line = "send +15550100002,+15550100001 hi --wait"
    let (world, code) = run(
      line,
      [
        .messages([(2, "Pending"), (1, "Pending")]), .messages([(1, "Delivered"), (2, "Sent")]),
        .message(2, "Delivered"),
      ])
    #expect(code == .success, "\(world.complained)")
    #expect(world.printed == "2,delivered\n1,delivered\n")
    #expect(world.requests.dropFirst().first?.hasSuffix("groupId=g1") == true)
  }

  @Test("What the first reply alone said, such as the group, stays in the record")
  func group() {
    let latest = #"{"success":true,"data":{"messages":[{"ID":1,"status":"Delivered"}]},"error":null}"#
    let world = World(answers: [.message(1, "Pending"), .json(latest)])
    let line = "send +15550100001 hi --wait -o csv --columns id,group_id,to,status --no-header -q"
    #expect(world.run(line: line, with: "vpixelpro") == .success, "\(world.complained)")
    #expect(world.printed == "1,g1,+15550100001,delivered\n")
  }

  @Test("Without ids it is asked by number, and the record keeps what is known of the message")
  func byNumber() {
    let world = World(answers: [.json(#"{"status":0}"#), .json(#"{"smsstatus":"delivered"}"#)])
    let line = "send +15550100001 hi --wait -o jsonl --columns to,body,from,status"
    #expect(world.run(line: line, with: "smsit") == .success, "\(world.complained)")
    #expect(world.printed == #"{"to":"+15550100001","body":"hi","from":"+15550100000","status":"delivered"}"# + "\n")
  }

  @Test("A message whose outcome is unknown is not waited for, and beats the rest")
  func unknown() {
    let (world, code) = run("send +15550100001 hi --wait", [.noReply])
    #expect(code == .unknown)
    #expect(world.printed == ",unknown\n")
    #expect(world.elapsed == .zero)
  }

  @Test("Where the provider can't be asked nothing is sent")
  func unsupported() {
    let world = World(answers: [])
    var variables = World.profile("voipcomm")
    variables["SMS_PASSWORD"] = "secret"
    #expect(world.run("send", "+15550100001", "hi", "--wait", variables: variables) == .unsupported)
    #expect(world.complained.contains("doesn't support send --wait\n"))
  }

  @Test("What the provider called unknown from the first is not waited for, which is said")
  func unknownToProvider() {
    let world = World(answers: [.json(#"{"result":[{"message_id":5,"delivery_status":"UNKNOWN"}],"total_count":1}"#)])
    var variables = World.profile("voximplant")
    variables["SMS_A2P"] = "true"
    let line = ["status", "--wait", "-o", "csv", "--columns", "id,status", "--no-header"]
    #expect(SMSProgram(environment: world.environment(variables)).run(line) == .success)
    #expect(world.printed == "5,unknown\n")
    #expect(world.elapsed == .zero)
    #expect(world.complained.contains("won't wait for 1 message: Voximplant doesn't know the status"))
  }

  @Test("A message that SMS-iT is to send later is not waited for: the answer would be about the one before")
  func scheduled() {
    let (world, code) = run("send +15550100001 hi --at +1h --wait", with: "smsit", [])
    #expect(code == .unsupported)
    #expect(world.complained.contains("doesn't support send --wait with --at\n"))
  }

  @Test("What was sent to a list is waited for together")
  func list() {
    let (world, code) = run(
      "list-send 1 hi --wait",
      [.messages([(1, "Pending"), (2, "Pending")]), .messages([(1, "Delivered"), (2, "Failed")])])
    #expect(code == .refused)
    #expect(world.printed == "1,delivered\n2,failed\n")
    #expect(world.requests.last?.hasSuffix("groupId=g1") == true)
  }

  @Test("Messages that are sent again are waited for as well")
  func resend() {
    let (world, code) = run("resend 1 --wait", [.message(1, "Pending"), .message(1, "Failed")])
    #expect(code == .refused)
    #expect(world.printed == "1,failed\n")
  }
}
