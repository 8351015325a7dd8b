import Application
import Testing
import TextFormats

@testable import Commands
@testable import Ledger

/// With a key, a command can be run again, whatever became of it: what was sent is not sent again.
@Suite struct SendKeyTests {
  /// A command, the answers to its requests up to the send, and those that a provider may give to the send itself.
  struct Case: Sendable {
    var line: String
    var provider: String
    var before: [ScriptedNetwork.Answer] = []
    var taken: ScriptedNetwork.Answer
    var refused: ScriptedNetwork.Answer
  }

  private static let smsitRefusal = ScriptedNetwork.Answer.json(#"{"status":-4}"#)
  static let cases: [Case] = [
    Case(
      line: "send +15550100001,+15550100002 hi", provider: "vpixelpro",
      taken: .messages([(1, "Pending"), (2, "Pending")]), refused: .noMessage),
    Case(line: "send +15550100001 hi", provider: "smsit", taken: .json(#"{"status":0}"#), refused: smsitRefusal),
    Case(line: "list-send 1 hi", provider: "sendapp", taken: .message(1, "Pending"), refused: .noMessage),
    Case(line: "list-send A hi", provider: "smsit", taken: .json(#"{"status":42}"#), refused: smsitRefusal),
    Case(
      line: "otp send +15550100001", provider: "smsit", before: [.json(#"{"status":0,"otp":"482913"}"#)],
      taken: .json(#"{"status":0}"#), refused: smsitRefusal),
  ]

  /// What a run printed, and how it ended.
  private struct Outcome: Equatable {
    var code: ExitCode
    var printed: String
  }

  private func run(_ world: World, _ test: Case, _ options: String = "") -> Outcome {
    let start = world.printed.count
    let code = world.run(line: "\(test.line) --key k --retries 0 -o csv\(options)", with: test.provider)
    return Outcome(code: code, printed: String(world.printed.dropFirst(start)))
  }

  @Test(
    "What was taken, refused or left unknown is printed again, with the same exit code, and nothing is asked",
    arguments: cases.indices)
  func again(index: Int) {
    let test = Self.cases[index]
    let outcomes: [(ScriptedNetwork.Answer, ExitCode)] = [
      (test.taken, .success), (test.refused, .refused), (.noReply, .unknown),
    ]
    for (answer, code) in outcomes {
      let world = World(answers: test.before + [answer])
      let first = run(world, test)
      #expect(first.code == code, "\(world.complained)")
      let second = run(world, test, " --timeout 3s -q")
      #expect(second == first)
      #expect(world.requests.count == test.before.count + 1)
    }
  }

  @Test(
    "What surely was not sent is sent by the next run, once",
    arguments: cases.indices,
    [(.unreachable, .unavailable), (.status(429), .unavailable)] as [(ScriptedNetwork.Answer, ExitCode)])
  func notSent(index: Int, outcome: (answer: ScriptedNetwork.Answer, code: ExitCode)) {
    let test = Self.cases[index]
    let world = World(answers: test.before + [outcome.answer, test.taken])
    #expect(run(world, test).code == outcome.code, "\(world.complained)")
    let second = run(world, test)
    #expect(second.code == .success, "\(world.complained)")
    #expect(run(world, test) == second)
    #expect(world.requests.count == test.before.count + 2)
  }

  @Test(
    "After a run that waited, what came of it is printed again, with its exit code, with and without waiting",
    arguments: [("Failed", "failed", .refused), ("Delivered", "delivered", .success)]
      as [(word: String, status: String, code: ExitCode)])
  func waited(end: (word: String, status: String, code: ExitCode)) {
    let world = World(answers: [.message(1, "Pending"), .message(1, end.word)])
    let line = "send +15550100001 hi --key k -o csv --columns id,status"
    for options in [" --wait", "", " --wait", ""] {
      let start = world.printed.count
      #expect(world.run(line: line + options, with: "vpixelpro") == end.code, "\(options): \(world.complained)")
      #expect(world.printed.dropFirst(start) == "id,status\n1,\(end.status)\n", "\(options)")
    }
    #expect(world.requests.count == 2)
  }

  @Test("With several numbers, only those that were not taken are sent to")
  func rest() {
    let world = World(answers: [.json(#"{"status":0}"#), .unreachable, .json(#"{"status":0}"#)])
    let line = "send +15550100001,+15550100002 hi --key k --retries 0 -o csv --columns to,status"
    #expect(world.run(line: line, with: "smsit") == .unavailable, "\(world.complained)")
    #expect(world.complained.contains("run the same command again to send the rest"))
    #expect(world.run(line: line, with: "smsit") == .success, "\(world.complained)")
    #expect(world.requests.count { $0.contains("15550100001") } == 1)
    #expect(world.printed.hasSuffix("to,status\n+15550100001,accepted\n+15550100002,accepted\n"))
  }

  @Test("A code that was not sent is sent by the next run; no other is made for the key")
  func sameCode() {
    let made = ScriptedNetwork.Answer.json(#"{"status":0,"otp":"482913"}"#)
    let world = World(answers: [made, .unreachable, .json(#"{"status":0}"#)])
    let line = "otp send +15550100001 --key k --retries 0 -o jsonl --message {{code}}:{{code}}"
    let record = #"{"code":"482913","to":"+15550100001","valid":null,"message":null}"# + "\n"
    for code in [ExitCode.unavailable, .success, .success] {
      #expect(world.run(line: line, with: "smsit") == code, "\(world.complained)")
    }
    #expect(world.printed == record + record + record)
    #expect(world.requests.last?.contains("message=482913%3A482913") == true, "\(world.requests)")
  }

  @Test("Where no code could be made, the next run makes one")
  func noCode() {
    let world = World(answers: [
      .json(#"{"status":-1}"#), .json(#"{"status":0,"otp":"482913"}"#), .json(#"{"status":0}"#),
    ])
    let line = "otp send +15550100001 --key k --retries 0 -o csv --columns code"
    #expect(world.run(line: line, with: "smsit") == .credentials)
    #expect(world.run(line: line, with: "smsit") == .success, "\(world.complained)")
    #expect(world.printed == "code\n482913\n")
  }

  @Test(
    "Anything else under the key is refused, and nothing leaves",
    arguments: [
      "send +15550100002 hi", "send +15550100001,+15550100002 hi", "send +15550100001 ho",
      "send +15550100001 hi --from +15550100102", "send +15550100001 hi --at +2h",
      "send +15550100001 hi --sender-id Shop",
      "list-send +15550100001 hi", "otp send +15550100001", "send +15550100002 hi --dry-run",
    ])
  func otherContent(line: String) {
    let world = World(answers: [.json(#"{"status":0}"#)])
    #expect(world.run(line: "send +15550100001 hi --key k", with: "smsit") == .success)
    world.putLedger()
    #expect(world.run(line: "\(line) --key k", with: "smsit") == .usage)
    #expect(
      world.complained.contains("key 'k' was used for a different message at 2026-03-01T09:00:00Z"),
      "\(world.complained)")
    #expect(world.requests.count == 1)
  }

  @Test(
    "The same numbers, however they are written and in whatever order, are the same message",
    arguments: ["+15550100002,+15550100001", "+1-555-010-0001,001.555.010.0002,+15550100001"])
  func sameNumbers(numbers: String) {
    let world = World(answers: [.messages([(1, "Pending"), (2, "Pending")])])
    let rest = "hi --key k -o csv --columns id,to --no-header"
    #expect(world.run(line: "send +15550100001,+15550100002 \(rest)", with: "vpixelpro") == .success)
    #expect(world.run(line: "send \(numbers) \(rest)", with: "vpixelpro") == .success, "\(world.complained)")
    let records = "1,+15550100001\n2,+15550100002\n"
    #expect(world.printed == records + records)
  }

  @Test("A variable stands in for the option, which goes first")
  func variable() {
    let world = World(answers: [.json(#"{"status":0}"#), .json(#"{"status":0}"#)])
    var variables = World.profile("smsit")
    variables["SMS_SEND_KEY"] = "k"
    let program = SMSProgram(environment: world.environment(variables))
    #expect(program.run(["send", "+15550100001", "hi"]) == .success)
    #expect(program.run(["send", "+15550100001", "hi"]) == .success)
    #expect(world.run(line: "send +15550100001 hi --key k", with: "smsit") == .success)
    #expect(world.requests.count == 1)
    #expect(program.run(["send", "+15550100001", "hi", "--key", "other"]) == .success)
    #expect(world.requests.count == 2)
    #expect(!world.complained.contains("SMS_SEND_KEY"))
  }

  @Test(
    "A key that is none, and an option that needs one, are refused before anything is fetched",
    arguments: [
      ["--key", ""], ["--key", " "], ["--key", "a\tb"], ["--key", "a\nb"], ["--key", "a\u{202E}b"],
      ["--key", String(repeating: "k", count: 256)], ["--key-ttl", "1h"], ["--reconcile"],
      ["--key", "k", "--key-ttl", "0s"], ["--key", "k", "--key-ttl", "999ms"], ["--key", "k", "--key-ttl", "1"],
    ])
  func badKey(options: [String]) {
    for command in [["send", "+15550100001", "hi"], ["otp", "send", "+15550100001"]] {
      let world = World()
      var variables = World.profile("smsit")
      variables["SMS_KEY"] = nil
      variables["SMS_KEY_COMMAND"] = "pass show key"
      #expect(SMSProgram(environment: world.environment(variables)).run(command + options) == .usage)
      if options.count == 2, options[0] == "--key", !options[1].isEmpty {
        variables["SMS_SEND_KEY"] = options[1]
        #expect(SMSProgram(environment: world.environment(variables)).run(command) == .usage)
        #expect(world.complained.contains("SMS_SEND_KEY: "))
      }
    }
  }

  @Test("A run that is stopped under the key is waited for as long as its requests may take, and then it is exit 9")
  func stopped() throws {
    let world = World(answers: [.unreachable, .json(#"{"status":0}"#)])
    let line = "send +15550100001 hi --key k --retries 1 --timeout 5s"
    #expect(world.run(line: line.replacing("--retries 1", with: "--retries 0"), with: "smsit") == .unavailable)
    let other = try world.ledger()
    #expect(try other.lock(1))
    #expect(world.run(line: line, with: "smsit") == .busy)
    #expect(world.elapsed >= .seconds(20) && world.requests.count == 1)
    #expect(world.complained.contains("another sms is still sending with key 'k'"))
    other.unlock(1)
    #expect(world.run(line: line, with: "smsit") == .success, "\(world.complained)")
  }

  @Test("A list can't be asked about, and neither can a provider without a history")
  func reconcileWhereThereIsNone() {
    #expect(World().run(line: "list-send 1 hi --key k --reconcile", with: "vpixelpro") == .usage)
    let variables = [
      "HOME": "/home/ada", "SMS_PROVIDER": "voipcomm", "SMS_KEY": "K3Y", "SMS_PASSWORD": "P4SS",
      "SMS_FROM": "+15550100101", "SMS_SEND_KEY": "k",
    ]
    let program = SMSProgram(environment: World().environment(variables))
    #expect(program.run(["send", "+15550100001", "hi", "--reconcile"]) == .unsupported)
  }

  @Test("A time that has passed since is no reason to send again, nor to fail")
  func pastTime() {
    let world = World(answers: [.message(1, "Pending")])
    let line = ["send", "+15550100001", "hi", "--at", "2026-03-01T10:00:00Z", "--key", "k", "-o", "csv"]
    let variables = World.profile("sendapp")
    #expect(SMSProgram(environment: world.environment(variables)).run(line) == .success, "\(world.complained)")
    var later = world.environment(variables)
    later.now = { World.now.adding(seconds: 7200) }
    let printed = world.printed
    #expect(SMSProgram(environment: later).run(line) == .success, "\(world.complained)")
    #expect(world.printed == printed + printed)
    #expect(world.requests.count == 1)
    #expect(SMSProgram(environment: later).run(Array(line.dropLast(4)) + ["--key", "new"]) == .usage)
    #expect(world.complained.contains("2026-03-01T10:00:00Z is in the past"))
  }

  @Test("A dry run says whether the key was used, and uses up none")
  func dryRun() {
    let world = World(answers: [.json(#"{"status":0}"#)])
    let line = "send +15550100001 hi --key k -o csv --columns to,status --no-header"
    #expect(world.run(line: line + " --dry-run", with: "smsit") == .success)
    #expect(!world.complained.contains("already used"))
    #expect(world.run(line: line, with: "smsit") == .success, "\(world.complained)")
    world.putLedger()
    #expect(world.run(line: line + " --dry-run", with: "smsit") == .success)
    #expect(world.complained.contains("key 'k' was first used for this message at 2026-03-01T09:00:00Z"))
    #expect(world.printed == "+15550100001,planned\n+15550100001,accepted\n+15550100001,planned\n")
  }
}

extension World {
  /// Lets the ledger show among the files.
  fileprivate func putLedger() { put("/home/ada/.local/state/sms/ledger.db", []) }
}
