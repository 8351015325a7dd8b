import Application
import Testing

@testable import Commands

@Suite struct USSDCommandTests {
  private static func reply(_ member: String, _ rows: String) -> ScriptedNetwork.Answer {
    .json(#"{"success":true,"data":{"\#(member)":\#(rows)},"error":null}"#)
  }

  private static let sent = reply("request", #"{"ID":5,"request":"*1#","deviceID":1,"simSlot":0,"response":null}"#)
  private static let pending = reply("requests", #"[{"ID":5,"request":"*1#","deviceID":1,"response":null}]"#)
  private static let answered = reply("requests", #"[{"ID":5,"request":"*1#","deviceID":1,"response":"Hello"}]"#)

  private static let untrusted: [ScriptedNetwork.Answer] = [.noReply, .status(500), .json("{}")]

  @Test("Waiting ends with the answer, with ever longer pauses of at most 30 s")
  func wait() {
    let looks = Array(repeating: Self.pending, count: 7)
    let world = World(answers: [Self.sent] + looks + [Self.answered])
    let code = world.run(line: "ussd send *1# --device 1 --wait -o csv --columns id,response", with: "vpixelpro")
    #expect(code == .success)
    #expect(world.printed == "id,response\n5,Hello\n")
    // 1 + 2 + 4 + 8 + 16 + 30 + 30 + 30
    #expect(world.elapsed == .seconds(121))
  }

  @Test("What was sent is printed also when the answer does not come in time")
  func patience() {
    let world = World(answers: [Self.sent, Self.pending, Self.pending, Self.pending])
    let code = world.run(
      line: "ussd send *1# --device 1 --wait --wait-timeout 5s -o csv --columns id,response", with: "vpixelpro")
    #expect(code == .waitedTooLong)
    #expect(world.printed == "id,response\n5,\n")
    #expect(world.elapsed == .seconds(5))
  }

  @Test("A look that fails is no news", arguments: untrusted)
  func failingLook(answer: ScriptedNetwork.Answer) {
    let world = World(answers: [Self.sent, answer, Self.answered])
    let code = world.run(line: "ussd send *1# --device 1 --wait -o csv --columns id,response", with: "vpixelpro")
    #expect(code == .success, "\(world.complained)")
    #expect(world.printed == "id,response\n5,Hello\n")
  }

  @Test("Credentials that are refused end the waiting; what was sent is printed")
  func failingWait() {
    let world = World(answers: [Self.sent, .wrongKey])
    let code = world.run(line: "ussd send *1# --device 1 --wait -o csv --columns id", with: "vpixelpro")
    #expect(code == .credentials)
    #expect(world.printed == "id\n5\n")
  }

  @Test("Without a trustworthy answer it may have been dialled", arguments: untrusted)
  func unknown(answer: ScriptedNetwork.Answer) {
    let world = World(answers: [answer])
    #expect(world.run(line: "ussd send *1# --device 1", with: "vpixelpro") == .unknown)
    #expect(world.requests.count == 1)
  }

  @Test("Without an id there is nothing to wait for, which is no success")
  func noID() {
    let world = World(answers: [Self.reply("request", #"{"request":"*1#","deviceID":1}"#)])
    #expect(world.run(line: "ussd send *1# --device 1 --wait", with: "vpixelpro") == .refused)
  }

  @Test("A refused code was not dialled")
  func refused() {
    let world = World(answers: [.json(#"{"success":false,"error":{"code":500,"message":"no such device"}}"#)])
    #expect(world.run(line: "ussd send *1# --device 9", with: "vpixelpro") == .refused)
    #expect(world.complained.contains("no such device"))
  }

  @Test("An id that nobody knows is exit 1")
  func notFound() {
    let world = World(answers: [Self.reply("requests", "[]")])
    #expect(world.run(line: "ussd status 7 -o json", with: "vpixelpro") == .refused)
    #expect(world.printed == "")
    #expect(world.complained.contains(#""kind":"not-found""#))
  }

  @Test("Filters go to the provider, and a list of none is an empty array")
  func list() {
    let world = World(answers: [Self.reply("requests", "[]")])
    let line = "ussd list --request *1# --device 2 --sim 1 --since @1000 --until @2000 -o json"
    #expect(world.run(line: line, with: "vpixelpro") == .success)
    #expect(world.printed == "[]\n")
    for field in ["request=*1%23", "deviceID=2", "simSlot=1", "startTimestamp=1000", "endTimestamp=2000"] {
      #expect(world.requests.first?.contains(field) == true, "\(field) in \(world.requests)")
    }
  }
}
