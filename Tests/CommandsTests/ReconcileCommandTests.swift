import Messaging
import Synchronization
import TestSupport
import Testing

@testable import Commands

/// Asking a provider about a message whose reply was lost: judged by what it is asked to send after that.
@Suite(.ownThread) struct ReconcileCommandTests {
  typealias Answer = ScriptedNetwork.Answer

  /// A provider that lost its reply to the first message.
  private struct Provider {
    var name: String
    /// What its history says to a question, given how many questions there were with the same text before.
    var history: @Sendable (_ question: String, _ before: Int) -> Answer
    /// What it says to messages, but the first.
    var acceptance: String

    static func gateway(_ history: @escaping @Sendable (_ status: String, _ before: Int) -> Answer) -> Provider {
      Provider(
        name: "vpixelpro",
        history: { question, before in
          let status = question.split(separator: "&").first { $0.hasPrefix("status=") }?.dropFirst("status=".count)
          return history(String(status ?? ""), before)
        }, acceptance: Self.row("2", #""+15550100001""#).whole)
    }

    static func smsit(_ report: Answer) -> Provider {
      Provider(name: "smsit", history: { _, _ in report }, acceptance: #"{"status":"0","msg":""}"#)
    }

    /// A message of the gateway, and a reply that lists it.
    static func row(_ id: String, _ number: String, _ more: String = #""status":"Sent""#) -> (
      row: String, whole: String
    ) {
      let row =
        #"{"ID":\#(id),"number":\#(number),"message":"Hello","sentDate":"2026-03-01T09:00:01+00:00",\#(more)}"#
      return (row, #"{"success":true,"data":{"messages":[\#(row)]},"error":null}"#)
    }
  }

  private static let nothing = #"{"success":true,"data":{"messages":[]},"error":null}"#

  /// What came of asking: messages sent in all, time that passed, and what was said.
  private func outcome(
    _ provider: Provider, _ options: String = ""
  ) -> (sent: Int, elapsed: Duration, code: Int32, said: String) {
    let asked = Mutex<[String: Int]>([:])
    let network = ScriptedNetwork { request in
      // From when on it asks depends on the clocks.
      let question = request.split(separator: "&").filter { !$0.hasPrefix("startTimestamp=") }.joined(separator: "&")
      let before = asked.withLock { asked in
        defer { asked[question, default: 0] += 1 }
        return asked[question, default: 0]
      }
      guard request.contains("message=") else { return provider.history(request, before) }
      return before == 0 ? .noReply : .dated(provider.acceptance)
    }
    let world = World(files: ["/list.csv": "to,message\n+15550100001,Hello\n"], network: network)
    #expect(world.run(line: "bulk /list.csv --job j \(options)", with: provider.name) == .unknown)
    let code = world.run(line: "bulk --resume j --reconcile", with: provider.name)
    let sent = world.requests.count { $0.contains("message=") }
    return (sent, world.elapsed, code.number, world.complained)
  }

  // MARK: Sent again

  @Test("What the gateway surely doesn't have is sent again, once the lost request can't arrive any more")
  func missing() {
    let outcome = outcome(.gateway { _, _ in .dated(Self.nothing) })
    #expect(outcome.sent == 2 && outcome.code == 0, "\(outcome.said)")
    #expect(outcome.elapsed >= .seconds(90))
    #expect(outcome.said.contains("waiting 90s") && outcome.said.contains("1 missing"))
  }

  @Test("What SMS-iT never sent anything to is sent again")
  func never() {
    let outcome = outcome(.smsit(.dated(#"{"status":"-3","msg":"can't be found"}"#)))
    #expect(outcome.sent == 2 && outcome.code == 0, "\(outcome.said)")
  }

  // MARK: Found

  @Test("What is there is found, without a wait")
  func found() {
    let outcome = outcome(
      .gateway { status, _ in .dated(status == "Sent" ? Provider.row("1", "15550100001").whole : Self.nothing) })
    #expect(outcome.sent == 1 && outcome.code == 0, "\(outcome.said)")
    #expect(outcome.elapsed == .zero && outcome.said.contains("1 found"))
  }

  @Test("A message that arrives late is found when the wait is over")
  func late() {
    let row = Provider.row("1", "15550100001").whole
    let outcome = outcome(.gateway { status, before in .dated(status == "Sent" && before > 0 ? row : Self.nothing) })
    #expect(outcome.sent == 1 && outcome.code == 0, "\(outcome.said)")
    #expect(outcome.elapsed >= .seconds(90))
  }

  @Test("One that changes to a status asked for before is asked for again", arguments: [1, 2])
  func movingBack(readings: Int) {
    let row = Provider.row("1", "15550100001").whole
    let outcome = outcome(
      .gateway { status, before in .dated(status == "Pending" && before >= readings ? row : Self.nothing) })
    #expect(outcome.sent == 1 && outcome.code == 0, "\(outcome.said)")
  }

  @Test("A status that turns up in the answers is asked for")
  func metStatus() {
    let other = Provider.row("7", "15550100777", #""status":"Paused""#).whole
    let own = Provider.row("1", "15550100001", #""status":"Paused""#).whole
    let outcome = outcome(
      .gateway { status, _ in .dated(status == "Paused" ? own : status == "Pending" ? other : Self.nothing) })
    #expect(outcome.sent == 1 && outcome.code == 0, "\(outcome.said)")
  }

  // MARK: Unclear

  @Test(
    "A message that may be ours keeps it from being sent again",
    arguments: [
      #""1555***1001""#, #""""#, "1.5E10", "null", #""5550100001""#, #""0015550100001""#, #""whom it may concern""#,
    ])
  func oddNumber(number: String) {
    let row = Provider.row("1", number).whole
    let outcome = outcome(.gateway { status, _ in .dated(status == "Sent" ? row : Self.nothing) })
    #expect(outcome.sent == 1, "\(outcome.said)")
  }

  @Test(
    "A history that can't be believed keeps it from being sent again",
    arguments: [
      .json(nothing), .dated(#"{"success":false,"data":null,"error":{"code":500,"message":"No messages found"}}"#),
      .dated(#"{"success":true,"data":{"messages":[7]}}"#), .dated(""), .status(500), .noReply,
    ] as [Answer])
  func doubt(answer: Answer) {
    let outcome = outcome(.gateway { status, _ in status == "Failed" ? answer : .json(Self.nothing) }, "--retries 0")
    #expect(outcome.sent == 1 && outcome.code == 6, "\(outcome.said)")
  }

  @Test("Two clocks that differ: what is there from before it left is not taken for absent", arguments: [-7200, 7200])
  func clocks(ahead: Int64) {
    let row = Provider.row("1", "15550100001").whole
    let outcome = outcome(.gateway { status, _ in .dated(status == "Sent" ? row : Self.nothing, ahead: ahead) })
    #expect(outcome.sent == 1, "\(outcome.said)")
  }

  @Test("What a provider with a wrong clock took is looked for further back before it counts as missing")
  func clockSetSince() {
    // Taken nine days ago, by a clock that is right now.
    let row = Provider.row("1", "15550100001").whole.replacing("2026-03-01", with: "2026-02-20")
    let gateway = Provider(
      name: "vpixelpro",
      history: { question, _ in
        let start = question.split(separator: "&").first { $0.hasPrefix("startTimestamp=") }
        let since = start.flatMap { Int64($0.dropFirst("startTimestamp=".count)) } ?? 0
        let isTold = question.contains("status=Sent") && since <= World.now.unixSeconds - 10 * 86_400
        return .dated(isTold ? row : Self.nothing)
      }, acceptance: row)
    let outcome = outcome(gateway)
    #expect(outcome.sent == 1 && outcome.code == 6, "\(outcome.said)")
    #expect(outcome.said.contains("older than this one"))
  }

  @Test("A question without a whole answer is put again, but not for ever, and each time it is said")
  func retries() {
    let patient = outcome(.gateway { status, before in before < 2 ? .noReply : .dated(Self.nothing) }, "--retries 2")
    #expect(patient.sent == 2 && patient.code == 0, "\(patient.said)")
    #expect(patient.said.contains("retrying in 0.3 s (incomplete reply)"), "\(patient.said)")
    let asked = Mutex(0)
    let never = outcome(
      .gateway { _, _ in
        asked.withLock { $0 += 1 }
        return .noReply
      })
    #expect(never.sent == 1 && never.code == 6, "\(never.said)")
    #expect(asked.withLock { $0 } == 14 * 4, "each question three times more")
  }

  @Test("A provider that answers others is asked a question twice as often; without an answer, nothing is missing")
  func troubledProvider() {
    let patient = outcome(
      .gateway { status, before in status == "Sent" && before < 6 ? .noReply : .dated(Self.nothing) })
    #expect(patient.sent == 2 && patient.code == 0, "\(patient.said)")
    let asked = Mutex(0)
    let never = outcome(
      .gateway { status, _ in
        guard status == "Sent" else { return .dated(Self.nothing) }
        asked.withLock { $0 += 1 }
        return .noReply
      })
    #expect(never.sent == 1 && never.code == 6, "\(never.said)")
    #expect(asked.withLock { $0 } == 1 + 2 * 3)
  }

  @Test(
    "SMS-iT's latest message to a number is not taken for ours, nor a refusal for none",
    arguments: [
      .json(#"{"smsstatus":"delivered","errormsg":""}"#), .json(#"{"status":"-16","msg":"Other error."}"#),
      .json(#"{"status":"-2","msg":"Number passed in is blank."}"#), .json(#"{"status":"-3","smsstatus":"sent"}"#),
      .json("{}"), .json(""), .status(404), .noReply,
    ] as [Answer])
  func smsit(report: Answer) {
    let outcome = outcome(.smsit(report))
    #expect(outcome.sent == 1 && outcome.code == 6, "\(outcome.said)")
  }

  @Test("What SMS-iT was to send later stays unknown")
  func scheduled() {
    let outcome = outcome(.smsit(.json(#"{"status":"-3","msg":""}"#)), "--at +2h")
    #expect(outcome.sent == 1 && outcome.code == 6, "\(outcome.said)")
    #expect(outcome.said.contains("scheduled"))
  }
}
