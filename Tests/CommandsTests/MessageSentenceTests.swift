import Application
import Messaging
import Testing
import TextFormats

@testable import Commands

/// What a person at a terminal is told of a single message.
@Suite struct MessageSentenceTests {
  private func context(_ options: String..., atTerminal: Bool = true, width: Int = 80) -> Context {
    var environment = World().environment()
    environment.terminal.outputIsTerminal = atTerminal
    environment.terminal.width = width
    let invocation = SMSProgram.program.parse(["--no-color"] + options + ["providers"])
    return Context(environment: environment, globals: invocation.parsed, program: SMSProgram.program.outline)
  }

  private func record(_ status: MessageStatus) -> MessageRecord {
    var record = MessageRecord(status: status)
    record.to = "+15550100001"
    record.segments = 1
    return record
  }

  @Test(
    "The sentence is true whatever became of the message",
    arguments: [
      (.accepted, "Sent to +15550100001 (accepted, 1 segment, id 4)"),
      (.queued, "Sent to +15550100001 (queued, 1 segment, id 4)"),
      (.sent, "Sent to +15550100001 (sent, 1 segment, id 4)"),
      (.delivered, "Delivered to +15550100001 (delivered, 1 segment, id 4)"),
      (.scheduled, "Will be sent to +15550100001 at 2026-03-01 09:00 (scheduled, 1 segment, id 4)"),
      (.failed, "Not delivered to +15550100001: no such device (failed, 1 segment, id 4)"),
      (.canceled, "Not sent to +15550100001 (canceled, 1 segment, id 4)"),
      (.unknown, "Sent to +15550100001 (unknown, 1 segment, id 4)"),
    ] as [(MessageStatus, String)])
  func known(status: MessageStatus, sentence: String) throws {
    var record = record(status)
    record.id = "4"
    if status == .scheduled { record.scheduledAt = World.now }
    if status == .unknown { record.providerStatus = "Strange" }
    if status == .failed { record.error = MessageError(code: "500", message: "no such device") }
    #expect(try #require(MessageSentence(context())).line(record).replacing("\n", with: " ") == sentence + " ")
  }

  @Test("Of what no answer came for, it is said that it may have been sent, and of what never left, that it was not")
  func uncertain() throws {
    let sentence = try #require(MessageSentence(context(width: 200)))
    var unknown = record(.unknown)
    unknown.error = MessageError(message: "cut off")
    #expect(
      sentence.line(unknown) == "May or may not have been sent to +15550100001: cut off (unknown, 1 segment)\n")
    #expect(sentence.line(record(.planned)) == "Not sent to +15550100001 (1 segment)\n")
    #expect(sentence.line(record(.planned), isDryRun: true) == "Would be sent to +15550100001 (1 segment)\n")
  }

  @Test("A price has its currency, long words break at the edge, and what a reply says is escaped")
  func details() throws {
    var record = record(.failed)
    (record.price, record.currency) = ("0.0075", "USD")
    record.error = MessageError(message: "no \u{1B}[31msuch device")
    #expect(
      try #require(MessageSentence(context(width: 40))).line(record)
        == "Not delivered to +15550100001: no\n\\x1b[31msuch device (failed, 1 segment,\nprice 0.0075 USD)\n")
  }

  @Test("Elsewhere it is a record: off a terminal, in another format, with columns or the provider's object")
  func records() {
    #expect(MessageSentence(context()) != nil)
    #expect(MessageSentence(context(atTerminal: false)) == nil)
    for options in [["-o", "json"], ["--columns", "to"], ["--raw"], ["--jq", "."]] {
      var environment = World().environment()
      environment.terminal.outputIsTerminal = true
      let globals = SMSProgram.program.parse(options + ["providers"]).parsed
      #expect(
        MessageSentence(Context(environment: environment, globals: globals, program: SMSProgram.program.outline)) == nil
      )
    }
  }

  @Test("One number gets a sentence and several get a table, as does one in a pipe")
  func commands() {
    func printed(_ to: String, atTerminal: Bool = true) -> String {
      let world = World(answers: [
        .messages([(1, "Pending"), (2, "Pending")].prefix(to.contains(",") ? 2 : 1).map { $0 })
      ])
      var environment = world.environment(World.profile("vpixelpro"))
      environment.terminal.outputIsTerminal = atTerminal
      environment.terminal.width = 80
      _ = SMSProgram(environment: environment).run(["--no-color", "send", to, "hi"])
      return world.printed
    }
    #expect(printed("+15550100001") == "Sent to +15550100001 (queued, 1 segment, id 1)\n")
    #expect(printed("+15550100001,+15550100002").hasPrefix("ID  TO"))
    #expect(printed("+15550100001", atTerminal: false).hasPrefix("ID  ROW"))
  }
}
