#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import Sandbox
import TestSupport
import Testing
import TextFormats

@testable import Ledger

/// Asking the provider about messages whose reply never came; what the provider took is the judge.
@Suite(.ownThread) struct ReconcileTests {
  private static let numbers = phoneNumbers(4)

  /// A job whose run was killed after the provider had taken all of its messages and before it said so.
  private func withUnanswered(_ provider: Provider, _ body: (TestSandbox) throws -> Void) throws {
    try withSandbox(latency: .seconds(1)) { sandbox in
      try sandbox.writeList(Self.numbers)
      var tool = sandbox.tool
      tool.variables["SMS_STORE_BODY"] = "true"
      let running = try RunningTool(tool, ["-p", provider.rawValue, "bulk", "list.csv", "--job", "spring", "-q"])
      try wait(for: "the messages") { try sandbox.accepted().count == Self.numbers.count }
      running.signal(SIGKILL)
      #expect(try running.end().code == 128 + SIGKILL)
      try body(sandbox)
    }
  }

  @Test("What the provider took is found at once", arguments: [Provider.vpixelpro, .sendapp, .voximplant])
  func found(provider: Provider) throws {
    try withUnanswered(provider) { sandbox in
      let run = try sandbox.run(provider, "bulk", "--resume", "spring", "--reconcile", "-o", "jsonl")
      #expect(run.code == 0 && run.said.contains("4 found"), "\(run.stderr)")
      #expect(try run.lines().texts("to") == Self.numbers)
      #expect(try sandbox.accepted().sorted() == Self.numbers)
    }
  }

  @Test("Where the provider tells no text, what it took stays unknown", arguments: [Provider.smsit, .voximplant])
  func numberAlone(provider: Provider) throws {
    try withSandbox(faults: [Fault(.dropAfter, probability: 1)]) { sandbox in
      try sandbox.writeList(Self.numbers)
      #expect(try sandbox.run(provider, "bulk", "list.csv", "--job", "spring", "-q").code == 6)
      let run = try sandbox.run(
        provider, "bulk", "--resume", "spring", "--reconcile", "--settle", "1s", "--retries", "0")
      #expect(run.code == 6, "\(run.stderr)")
      #expect(try sandbox.accepted().sorted() == Self.numbers)
    }
  }

  @Test(
    "What was cut off before the provider took it is sent again, once",
    arguments: [Provider.vpixelpro, .sendapp, .voximplant, .smsit])
  func missing(provider: Provider) throws {
    try withSandbox(faults: [Fault(.dropBefore, probability: 0.4)], seed: 5) { sandbox in
      try sandbox.writeList(Self.numbers)
      var code = try sandbox.run(provider, "bulk", "list.csv", "--job", "spring", "--batch", "1", "-q").code
      #expect(code == 6)
      for _ in 0..<20 where code != 0 {
        code = try sandbox.run(provider, "bulk", "--resume", "spring", "--reconcile", "--settle", "1s", "-q").code
        let accepted = try sandbox.accepted()
        #expect(Set(accepted).count == accepted.count)
      }
      #expect(code == 0)
      #expect(try sandbox.accepted().sorted() == Self.numbers)
    }
  }

  @Test("Another account's messages with the same ids hide nothing")
  func otherAccount() throws {
    try withSandbox { other in
      try withSandbox(faults: [Fault(.dropAfter, probability: 1)]) { sandbox in
        var tool = other.tool
        tool.variables["SMS_STATE_DIR"] = "\(sandbox.folder)/state"
        for number in Self.numbers { #expect(try tool.run("-p", "vpixelpro", "send", number, "Other").code == 0) }
        try sandbox.writeList(Self.numbers)
        let state = ["SMS_STATE_DIR": "\(sandbox.folder)/state"]
        let lost = try sandbox.run(.vpixelpro, ["bulk", "list.csv", "--job", "spring", "-q"], variables: state)
        #expect(lost.code == 6)
        let accepted = try sandbox.accepted()
        let run = try sandbox.run(
          .vpixelpro, ["bulk", "--resume", "spring", "--reconcile", "--settle", "1s", "--retries", "0"],
          variables: state)
        #expect(run.code == 6, "\(run.stderr)")
        #expect(try sandbox.accepted() == accepted)
      }
    }
  }

  @Test("A clock that was ahead and is set back makes nobody get it twice", arguments: [Provider.sendapp, .voximplant])
  func clockSetBack(provider: Provider) throws {
    try withUnanswered(provider) { sandbox in
      let ledger = try Database(path: "\(sandbox.folder)/.local/state/sms/ledger.db")
      try ledger.execute("UPDATE message SET left_at = left_at + 7200")
      try ledger.execute(DigestedTable.message.seal)
      try ledger.execute(DigestedTable.job.updating([("created_at", "created_at + 7200")]))
      try ledger.execute(DigestedTable.ledger.updating(DigestedTable.updatingSums))
      let run = try sandbox.run(provider, "bulk", "--resume", "spring", "--reconcile", "--settle", "1s", "-o", "jsonl")
      #expect([0, 6].contains(run.code), "\(run.stderr)")
      #expect(try sandbox.accepted().sorted() == Self.numbers)
    }
  }

  @Test("It says that it waits for what may still arrive, and a signal ends the wait")
  func terminated() throws {
    try withSandbox(faults: [Fault(.dropBefore, probability: 0.4)], seed: 5) { sandbox in
      try sandbox.writeList(Self.numbers)
      #expect(try sandbox.run(.vpixelpro, "bulk", "list.csv", "--job", "spring", "--batch", "1", "-q").code == 6)
      let accepted = try sandbox.accepted()
      let running = try RunningTool(sandbox.tool, ["-p", "vpixelpro", "bulk", "--resume", "spring", "--reconcile"])
      try wait(for: "the note") {
        let said = (try? Files.read("\(sandbox.folder)/err", limit: 1 << 20)) ?? []
        return String(decoding: said, as: UTF8.self).contains("(--settle)")
      }
      running.signal(SIGTERM)
      let run = try running.end()
      #expect(run.code == 128 + SIGTERM && run.said.contains("--resume spring"), "\(run.stderr)")
      #expect(try sandbox.accepted() == accepted)
    }
  }
}
