import Application
import Testing

@testable import Commands

@Suite struct WebhookCommandTests {
  private static let value =
    #"[{"ID":17,"number":"+15550100001","message":"Hi","status":"Delivered","deviceID":1,"simSlot":0}]"#
  /// By `openssl dgst -sha256 -hmac K3Y -binary | base64` of the value.
  private static let signature = "ZHwTzc+JATpC679taTAmS1e0MYI1waq1vDKm0pK6jgI="
  private static let line = "webhook verify --signature \(signature) -o csv --columns provider,id,status"

  @Test("A signed body is printed, from standard input or a file, without any network", arguments: ["", " -", " body"])
  func verify(file: String) {
    let world = World(files: ["body": Self.value], input: [Self.value])
    #expect(world.run(line: Self.line + file, with: "vpixelpro") == .success, "\(world.complained)")
    #expect(world.printed == "provider,id,status\nvpixelpro,17,delivered\n")
  }

  @Test("A USSD request is printed as one")
  func ussd() {
    let world = World(input: [#"{"ID":5,"request":"*150#","response":"Balance 3","deviceID":1,"simSlot":0}"#])
    let line = "webhook verify --signature 84K1+142ixDpcyZYuCvmnEAg5MP7sMABmYq2IL8z3FE= -o jsonl --columns id,response"
    #expect(world.run(line: line, with: "vpixelpro") == .success, "\(world.complained)")
    #expect(world.printed == #"{"id":"5","response":"Balance 3"}"# + "\n")
  }

  @Test("A body with one other byte is exit 1, and nothing of it is printed")
  func tampered() {
    let world = World(input: [Self.value.replacing("Hi", with: "Ho")])
    #expect(world.run(line: Self.line, with: "vpixelpro") == .refused)
    #expect(world.printed == "")
    #expect(world.complained.contains("signature"))
  }

  @Test("A terminal as standard input is a hint instead of a hang")
  func terminal() {
    let world = World()
    var environment = world.environment(World.profile("vpixelpro"))
    environment.terminal.inputIsTerminal = true
    #expect(SMSProgram(environment: environment).run(["webhook", "verify", "--signature", "x"]) == .usage)
    #expect(world.complained.contains("hint: "))
  }
}
