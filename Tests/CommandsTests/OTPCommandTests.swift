import Application
import Testing
import TextFormats

@testable import Commands

@Suite struct OTPCommandTests {
  private static let code = ScriptedNetwork.Answer.json(#"{"status":0,"otp":"482913"}"#)
  private static let line = "otp send +15550100001 --retries 0 -o jsonl"
  private static let record = #"{"code":"482913","to":"+15550100001","valid":null,"message":null}"# + "\n"

  @Test("The code is put into the message and sent")
  func send() {
    let world = World(answers: [Self.code, .json(#"{"status":0}"#)])
    let code = world.run(line: "\(Self.line) --message {{code}}:code", with: "smsit")
    #expect(code == .success, "\(world.complained)")
    #expect(world.printed == Self.record)
    #expect(world.requests.last?.contains("message=482913%3Acode") == true, "\(world.requests)")
  }

  @Test(
    "What becomes of the message decides the exit code",
    arguments: [(.noReply, .unknown), (.json(#"{"status":-2}"#), .refused), (.unreachable, .unavailable)]
      as [(ScriptedNetwork.Answer, ExitCode)])
  func failure(answer: ScriptedNetwork.Answer, code: ExitCode) {
    let world = World(answers: [Self.code, answer])
    #expect(world.run(line: Self.line, with: "smsit") == code, "\(world.complained)")
    #expect(world.printed == Self.record)
  }

  @Test("Without a code nothing is sent")
  func noCode() {
    let world = World(answers: [.json(#"{"status":-1}"#)])
    #expect(world.run(line: Self.line, with: "smsit") == .credentials)
    #expect(world.requests.count == 1)
    #expect(world.printed == "")
  }

  @Test("A message that can't be sent costs no code")
  func noSender() {
    let world = World(answers: [])
    var variables = World.profile("smsit")
    variables["SMS_FROM"] = nil
    let arguments = Self.line.split(separator: " ").map(String.init)
    #expect(SMSProgram(environment: world.environment(variables)).run(arguments) == .usage)
  }

  @Test("A wrong code is exit 1, printed as not valid, and nothing is complained about")
  func invalid() {
    let world = World(answers: [.json(#"{"status":-2}"#)])
    #expect(world.run(line: "otp verify 111111 -o csv --columns code,valid", with: "smsit") == .refused)
    #expect(world.printed == "code,valid\n111111,false\n")
    #expect(world.complained == "")
  }
}
