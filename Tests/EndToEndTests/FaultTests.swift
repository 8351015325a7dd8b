import Sandbox
import TestSupport
import Testing
import TextFormats

/// What becomes of messages when something goes wrong between provider and tool; the sandbox's log is the judge.
@Suite(.ownThread) struct FaultTests {
  /// What one fault makes of one message.
  struct Case: Sendable, CustomTestStringConvertible {
    var kind: FaultKind
    var exitCode: Int32
    var status: String
    /// How often the provider took the message.
    var accepted: Int

    var testDescription: String { kind.rawValue }
  }

  /// Contract, sections 3 and 7: what the provider may have taken is unknown, what it surely did not take is planned.
  static let cases: [Case] = [
    Case(kind: .dropBefore, exitCode: 6, status: "unknown", accepted: 0),
    Case(kind: .dropAfter, exitCode: 6, status: "unknown", accepted: 1),
    Case(kind: .hang, exitCode: 6, status: "unknown", accepted: 1),
    Case(kind: .http500, exitCode: 6, status: "unknown", accepted: 0),
    Case(kind: .http429, exitCode: 5, status: "planned", accepted: 0),
    Case(kind: .http503, exitCode: 5, status: "planned", accepted: 0),
    Case(kind: .garbage, exitCode: 6, status: "unknown", accepted: 1),
    Case(kind: .truncate, exitCode: 6, status: "unknown", accepted: 1),
  ]

  @Test("Every kind of fault there is has its test")
  func coverage() {
    #expect(Set(Self.cases.map(\.kind) + [.slow]) == Set(FaultKind.allCases))
  }

  @Test(
    "One message, whatever goes wrong: an honest status, and never two messages", arguments: Provider.allCases, cases)
  func send(provider: Provider, fault: Case) throws {
    try withSandbox(faults: [Fault(fault.kind)]) { sandbox in
      let timeout = fault.kind == .hang ? ["--timeout", "1s"] : []
      let run = try sandbox.run(
        provider, ["send", "+15550100001", "Hello", "-o", "json", "--retries", "0"] + timeout)
      #expect(run.code == fault.exitCode, "\(run.stderr)")
      #expect(try run.records().texts("status") == [fault.status])
      #expect(run.problems.count == 1)
      #expect(try sandbox.log().count == fault.accepted)
    }
  }

  @Test("A reply that trickles is waited for", arguments: [Provider.voipcomm])
  func slow(provider: Provider) throws {
    try withSandbox(faults: [Fault(.slow)]) { sandbox in
      let run = try sandbox.run(provider, "send", "+15550100001", "Hello")
      #expect(run.code == 0)
      #expect(try sandbox.log().count == 1)
    }
  }

  @Test("A reply that trickles beyond the timeout leaves the message unknown", arguments: Provider.allCases)
  func tooSlow(provider: Provider) throws {
    try withSandbox(faults: [Fault(.slow)]) { sandbox in
      let run = try sandbox.run(provider, "send", "+15550100001", "Hello", "--timeout", "1s", "-o", "json")
      #expect(run.code == 6)
      #expect(try run.records().texts("status") == ["unknown"])
      #expect(try sandbox.log().count == 1)
    }
  }

  @Test("What a provider surely did not take is tried again, and arrives once", arguments: Provider.allCases)
  func retries(provider: Provider) throws {
    // With this seed the first request gets 429, the second 503, and the third is taken.
    let faults = [FaultKind.http429, .http503].map { Fault($0, probability: 0.5) }
    try withSandbox(faults: faults, seed: 120) { sandbox in
      let run = try sandbox.run(provider, "send", "+15550100001", "Hello", "-o", "json", "-v")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(run.said.contains("(attempt 3)"))
      #expect(try sandbox.log().count == 1)
    }
  }

  @Test(
    "A list in the worst of all networks: nothing twice, nothing lost, every status true", arguments: Provider.allCases,
    [UInt64(11), 12])
  func mixedFaults(provider: Provider, seed: UInt64) throws {
    let faults = [FaultKind.dropBefore, .dropAfter, .http500, .garbage, .truncate].map { Fault($0, probability: 0.06) }
    try withSandbox(faults: faults + [Fault(.http429, probability: 0.02)], seed: seed) { sandbox in
      let numbers = (0..<80).map { "+1555010\(String(10_000 + $0).dropFirst())" }
      try sandbox.write("list.csv", "to,message\n" + numbers.map { "\($0),Hello \($0)\n" }.joined())
      let run = try sandbox.run(provider, "bulk", "list.csv", "--batch", "3", "--concurrency", "4", "-o", "json")
      let accepted = try sandbox.log().map(\.to)
      #expect(Set(accepted).count == accepted.count)
      let records = try run.records()
      #expect(records.texts("to").sorted() == numbers, "every row is settled")
      for record in records {
        let to = try #require(record["to"]?.text)
        switch record["status"]?.text {
        case "accepted", "queued", "sent": #expect(accepted.contains(to))
        case "unknown": break
        default: Issue.record("\(record)")
        }
      }
      #expect(records.texts("status").contains("unknown") && run.code == 6, "\(run.stderr)")
    }
  }

  @Test("A provider that can't be reached gets nothing, and the rows stay planned", arguments: Provider.allCases)
  func unreachable(provider: Provider) throws {
    let closed = try ClosedPort()
    try withSandbox { sandbox in
      try sandbox.write("list.csv", "to,message\n+15550100001,one\n+15550100002,two\n")
      let nowhere = ["SMS_BASE_URL": closed.url, "SMS_RETRIES": "0"]
      let send = try sandbox.run(
        provider, ["send", "+15550100001,+15550100002", "Hello", "-o", "json"], variables: nowhere)
      #expect(send.code == 5)
      #expect(try send.records().texts("status") == ["planned", "planned"])
      let bulk = try sandbox.run(provider, ["bulk", "list.csv", "-o", "json"], variables: nowhere)
      #expect(bulk.code == 5)
      #expect(bulk.text == "[]\n" && bulk.said.contains("0 unknown, 0 skipped, 2 pending"), "\(bulk.stderr)")
    }
  }

  @Test("A host that has no address is unreachable, too")
  func noAddress() throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(
        .voipcomm, ["send", "+15550100001", "Hello", "--retries", "0"],
        variables: ["SMS_BASE_URL": "https://sms.example.invalid"])
      #expect(run.code == 5, "\(run.stderr)")
    }
  }
}
