import Application
import Testing
import TextFormats

@testable import Commands

/// What is said when a signal comes while something is under way: the truth about it, and how to go on.
@Suite struct InterruptionTests {
  private static let signals: [(number: Int32, word: String)] = [(2, "interrupted"), (15, "terminated")]
  private static let formats = ["table", "json", "jsonl"]

  /// The error, as the format says it.
  private func error(_ world: World, _ format: String) throws -> (message: String, hint: String) {
    let lines = world.complained.split(separator: "\n").map(String.init)
    guard format != "table" else {
      let message = try #require(lines.last { $0.hasPrefix("sms: ") })
      let hint = lines.last { $0.hasPrefix("hint: ") } ?? ""
      return (String(message.dropFirst("sms: ".count)), String(hint.dropFirst("hint: ".count)))
    }
    let documents = try lines.map { try JSONValue(parsing: Array($0.utf8)) }
    let error = try #require(documents.last?["error"])
    #expect(error["kind"] == "interrupted")
    return (try #require(error["message"]?.text), error["hint"]?.text ?? "")
  }
}

// MARK: - Messages

extension InterruptionTests {
  /// A command that sends to one number or to two, each with a request of its own.
  struct Sending: Sendable {
    var one: String
    var two: String?
    /// Answers before the first message leaves.
    var before: [ScriptedNetwork.Answer] = []
    var accepted = ScriptedNetwork.Answer.json(#"{"status":0}"#)
    var refused = ScriptedNetwork.Answer.json(#"{"status":-4}"#)
    var provider = "smsit"
    /// Whether its table of messages is printed.
    var printsMessages = true
    /// Whether the rest can be sent later.
    var goesOn = false
  }

  private static let sendings: [Sending] = [
    Sending(one: "send +15550100001 hi", two: "send +15550100001,+15550100002 hi"),
    Sending(
      one: "send +15550100001 hi --key k", two: "send +15550100001,+15550100002 hi --key k", goesOn: true),
    Sending(one: "list-send Friends hi", accepted: .json(#"{"status":42}"#)),
    Sending(one: "list-send Friends hi --key k", accepted: .json(#"{"status":42}"#), goesOn: true),
    Sending(
      one: "otp send +15550100001", before: [.json(#"{"status":0,"otp":"482913"}"#)], printsMessages: false),
    Sending(
      one: "resend 1", two: "resend 1 2", accepted: .message(1, "Pending"), refused: .noMessage, provider: "vpixelpro"),
    Sending(one: "bulk one.csv --job j", two: "bulk two.csv --job j", goesOn: true),
    Sending(one: "bulk one.csv", two: "bulk two.csv", goesOn: true),
  ]

  /// What became of messages, the request with which the signal came, and what is said about them.
  private static let outcomes: [(outcomes: [Character], words: String)] = [
    (["a"], "the message had been sent"), (["f"], "the message failed"),
    (["u"], "the message may or may not have been sent"), (["-"], "the message was not sent"),
    (["a", "a"], "both messages had been sent"), (["f", "f"], "both messages failed"),
    (["u", "u"], "both messages may or may not have been sent"), (["-", "-"], "neither message was sent"),
    (["a", "-"], "1 of 2 messages sent, 1 not sent"), (["f", "-"], "1 of 2 messages failed, 1 not sent"),
    (["u", "-"], "1 of 2 messages unknown, 1 not sent"), (["a", "f"], "1 of 2 messages sent, 1 failed"),
    (["a", "u"], "1 of 2 messages sent, 1 unknown"), (["f", "u"], "1 of 2 messages failed, 1 unknown"),
  ]

  @Test(
    "After a signal, what is said is true for every command, outcome, signal and format",
    arguments: sendings.indices, outcomes.indices)
  func messages(sending index: Int, outcome: Int) throws {
    let (sending, (outcomes, words)) = (Self.sendings[index], Self.outcomes[outcome])
    guard let line = outcomes.count == 1 ? sending.one : sending.two else { return }
    let asked = outcomes.prefix { $0 != "-" }
    let answers = sending.before + asked.map { $0 == "a" ? sending.accepted : $0 == "f" ? sending.refused : .noReply }
    for (signal, word, format) in [
      (Int32(2), "interrupted", "table"), (15, "terminated", "json"), (2, "interrupted", "jsonl"),
    ] {
      let world = World(
        files: [
          "one.csv": "to,message\n+15550100001,hi\n", "two.csv": "to,message\n+15550100001,hi\n+15550100002,ho\n",
        ],
        answers: answers, signal: (signal, sending.before.count + asked.count))
      let code = world.run(
        line: "\(line) -o \(format)", with: sending.provider, variables: ["SMS_CONCURRENCY": "1", "SMS_RETRIES": "0"])
      #expect(code == .signal(signal), "\(line): \(world.complained)")
      let error = try error(world, format)
      #expect(error.message.hasPrefix("\(word); \(words)"), "\(line): \(error.message)")
      #expect(error.hint.contains("the rest") == (sending.goesOn && outcomes.contains("-")), "\(line): \(error.hint)")
      #expect(!outcomes.contains("u") || error.hint.contains("unknown"), "\(line): \(error.hint)")
      guard sending.printsMessages else { continue }
      let left = sending.goesOn || format != "table" ? "planned" : "not sent"
      if !line.hasPrefix("bulk") {
        #expect(world.printed.contains(left) == outcomes.contains("-"), "\(world.printed)")
      }
      #expect(world.printed.contains("failed") == outcomes.contains("f"), "\(line): \(world.printed)")
      #expect(world.printed.contains("unknown") == outcomes.contains("u"), "\(line): \(world.printed)")
    }
  }
}

// MARK: - Single calls

extension InterruptionTests {
  /// A call, what a provider answers to it, and what that did.
  struct Call: Sendable {
    var line: String
    var answer: String
    var did: String?
    var next = ""
    var provider = "vpixelpro"
    var isOrder = false
  }

  private static func gateway(_ data: String) -> String { #"{"success":true,"data":{\#(data)},"error":null}"# }

  private static let contact = gateway(
    #""contact":{"ID":1,"number":"+15550100004","name":"A","contactsListID":1,"subscribed":true}"#)
  private static let calls: [Call] = [
    Call(line: "balance", answer: gateway(#""credits":"5""#)),
    Call(line: "devices", answer: gateway(#""devices":[{"id":5,"name":"A","sims":[]}]"#)),
    Call(line: "contacts add +15550100004 --list 1", answer: contact, did: "the contact was added"),
    Call(line: "contacts unsubscribe +15550100004 --list 1", answer: contact, did: "the contact was unsubscribed"),
    Call(
      line: "ussd send *1# --device 1",
      answer: gateway(#""request":{"ID":5,"request":"*1#","deviceID":1,"response":null}"#),
      did: "the code was sent to the phone", next: "'sms ussd status 5' shows the answer", isOrder: true),
    Call(
      line: "ussd send *1# --device 1 --wait",
      answer: gateway(#""request":{"ID":5,"request":"*1#","deviceID":1,"response":null}"#),
      did: "no answer from the phone yet", next: "'sms ussd status 5' shows the answer", isOrder: true),
    Call(
      line: "ussd status 5", answer: gateway(#""requests":[{"ID":5,"request":"*1#","deviceID":1,"response":null}]"#)),
    Call(line: "ussd list", answer: gateway(#""requests":[{"ID":5,"request":"*1#","deviceID":1,"response":null}]"#)),
    Call(
      line: "status 5",
      answer: gateway(#""messages":[{"ID":5,"number":"+15550100001","message":"hi","status":"Pending"}]"#)),
    Call(
      line: "status 5 --wait",
      answer: gateway(#""messages":[{"ID":5,"number":"+15550100001","message":"hi","status":"Pending"}]"#),
      did: "1 message still pending", next: "'sms status 5 --wait' keeps waiting"),
    Call(line: "otp generate", answer: #"{"status":0,"otp":"5"}"#, did: "the code was generated", provider: "smsit"),
    Call(line: "otp verify 5", answer: #"{"status":"0","msg":"5"}"#, provider: "smsit"),
    Call(
      line: "numbers enable +15550100105", answer: #"{"result":1}"#, did: "text messaging was turned on",
      provider: "voximplant"),
    Call(
      line: "appointments add +15550100005 --at +1d --status confirmed", answer: #"{"status":"0"}"#,
      did: "the appointment was added", provider: "smsit"),
  ]

  @Test("A record that came is printed, and the end is the signal's all the same", arguments: calls.indices, formats)
  func answered(index: Int, format: String) throws {
    let call = Self.calls[index]
    for (signal, word) in Self.signals {
      let world = World(answers: [.json(call.answer)], signal: (signal, 1))
      #expect(world.run(line: "\(call.line) -o \(format)", with: call.provider) == .signal(signal), "\(call.line)")
      #expect(world.printed.contains("5"), "\(call.line): \(world.printed) \(world.complained)")
      let error = try error(world, format)
      #expect(error.message == ([word] + [call.did].compactMap(\.self)).joined(separator: "; "), "\(call.line)")
      #expect(error.hint == call.next, "\(call.line): \(error.hint)")
    }
  }

  @Test(
    "A call that failed says why, whatever signal came meanwhile", arguments: calls.indices,
    [(ScriptedNetwork.Answer.status(429), "too many requests"), (.unreachable, "no route"), (.noReply, "cut off")])
  func failed(index: Int, answer: (ScriptedNetwork.Answer, String)) throws {
    let call = Self.calls[index]
    for (signal, word) in Self.signals {
      for format in Self.formats {
        let world = World(answers: [answer.0], signal: (signal, 1))
        #expect(world.run(line: "\(call.line) -o \(format)", with: call.provider) == .signal(signal), "\(call.line)")
        let error = try error(world, format)
        #expect(
          error.message.hasPrefix("\(word); ") && error.message.contains(answer.1), "\(call.line): \(error.message)")
        let isUnknown = call.isOrder && answer.1 == "cut off"
        #expect(error.message.contains("may or may not have done") == isUnknown, "\(call.line): \(error.message)")
        #expect(!isUnknown || error.hint.contains("'sms ussd list'"), "\(error.hint)")
      }
    }
  }

  @Test("Before anything is asked, the signal is all there is to say", arguments: calls.indices)
  func before(index: Int) throws {
    let call = Self.calls[index]
    let world = World(answers: [], signal: (2, 0))
    #expect(world.run(line: call.line, with: call.provider) == .signal(2))
    #expect(world.complained.contains("sms: interrupted\n"), "\(world.complained)")
    #expect(world.requests.isEmpty)
  }
}
