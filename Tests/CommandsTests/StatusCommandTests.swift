import Application
import Testing
import TextFormats

@testable import Commands

@Suite struct StatusCommandTests {
  private static let output = " -o csv --columns id,status --retries 0"

  private func run(
    _ line: String, with provider: String = "vpixelpro", _ answers: [ScriptedNetwork.Answer]
  ) -> (world: World, code: ExitCode) {
    let world = World(answers: answers)
    return (world, world.run(line: line + Self.output, with: provider))
  }

  @Test("An unknown id is exit 1 and named, and the others are printed; one that is repeated counts once")
  func unknownID() {
    let (world, code) = run("status 1 8 9 1 3", [.message(1, "Sent"), .noMessage, .noMessage, .message(3, "Failed")])
    #expect(code == .refused)
    #expect(world.printed == "id,status\n1,sent\n3,failed\n")
    #expect(world.complained.hasPrefix("sms: V Pixel Pro has no messages 8, 9: no such message\nhint: "))
  }

  @Test("A filter that matches nothing is an empty result and no failure")
  func noMatch() {
    let (world, code) = run("status --status failed", [.messages([])])
    #expect(code == .success)
    #expect(world.printed == "id,status\n")
  }

  @Test(
    "Filters go to the provider",
    arguments: [
      ("--status failed --device 2 --sim 0", "key=K3Y&status=Failed&deviceID=2&simSlot=0"),
      (
        "--status Sent --since 2026-03-01T00:00:00Z --until now",
        "key=K3Y&status=Sent&startTimestamp=1772323200&endTimestamp=1772355600"
      ),
      ("--group g1", "key=K3Y&groupId=g1"), ("--direction in", "key=K3Y&status=Received"),
    ])
  func filters(options: String, form: String) {
    let (world, code) = run("status \(options)", [.messages([])])
    #expect(code == .success, "\(world.complained)")
    #expect(world.requests.map { $0.split(separator: "?").last.map(String.init) } == [form])
  }

  @Test("More than the limit is said on standard error")
  func limit() {
    let (world, code) = run("status --group g1 --limit 1", [.messages([(1, "Sent"), (2, "Sent")])])
    #expect(code == .success)
    #expect(world.printed == "id,status\n1,sent\n")
    #expect(world.complained.contains("--limit"))
  }

  @Test("Ids beyond a limit are not asked for, which is said; without a limit all are")
  func limitOfIDs() {
    let (world, code) = run("status 1 2 3 --limit 2", [.message(1, "Sent"), .message(2, "Sent")])
    #expect(code == .success)
    #expect(world.printed == "id,status\n1,sent\n2,sent\n")
    #expect(world.complained.contains("--limit"))
    let ids = (1...1001).map(String.init)
    let all = World(answers: ids.map { .message(Int($0) ?? 0, "Sent") })
    #expect(
      all.run(line: "status \(ids.joined(separator: " "))\(Self.output) --no-header", with: "vpixelpro") == .success)
    #expect(all.printed.split(separator: "\n").count == 1001)
    #expect(all.complained == "")
  }

  @Test("A failure in the midst leaves a valid document of what came before")
  func partial() {
    let world = World(answers: [.message(1, "Sent"), .status(500)])
    #expect(world.run(line: "status 1 2 -o json --columns id", with: "vpixelpro") == .refused)
    #expect(world.printed == "[\n  {\n    \"id\": \"1\"\n  }\n]\n")
  }

  @Test("A group that the provider only counts is one object")
  func groupReport() {
    let world = World(answers: [.json(#"{"status":0,"successful":3,"failed":1}"#)])
    #expect(world.run(line: "status --group 42 -o json", with: "smsit") == .success, "\(world.complained)")
    #expect(world.printed == "{\n  \"group_id\": \"42\",\n  \"successful\": 3,\n  \"failed\": 1\n}\n")
  }

  @Test(
    "What a provider can't be asked is exit 7, and nothing is asked",
    arguments: [
      ("status --group 42 --to +15550100001", "smsit"), ("status --group 42 --wait", "smsit"),
      ("status 7", "smsit"), ("status --device 1", "voximplant"), ("status --status sent --from 7", "vpixelpro"),
    ])
  func unsupported(line: String, provider: String) {
    let (world, code) = run(line, with: provider, [])
    #expect(code == .unsupported, "\(world.complained)")
    #expect(world.printed == "")
  }

  @Test(
    "A wrong input is exit 2, and nothing is asked",
    arguments: [
      "status", "status x", "status 1 --group g1", "status --status canceled", "status --limit 0",
      "status --limit many",
      "status --direction up", "status --to 5550100001", "status --device x", "status 1 --wait-timeout 5s",
      "status 1 --wait --wait-timeout 0s", "status --group=", "status --columns nothing 1",
    ])
  func wrongInput(line: String) {
    let world = World(answers: [])
    #expect(world.runWithoutFetching(line: line, with: "vpixelpro") == .usage, "\(world.complained)")
    #expect(world.printed == "")
  }
}
