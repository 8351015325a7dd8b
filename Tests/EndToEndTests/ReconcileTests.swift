#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import TestSupport
import Testing
import TextFormats

@testable import Ledger

/// Asking the provider about messages whose reply never came.
@Suite(.ownThread) struct ReconcileTests {
  private static let numbers = phoneNumbers(4)

  /// A job whose run was killed after the provider had taken all of its messages and before it said so.
  private func withUnanswered(_ provider: Provider, _ body: (TestSandbox) throws -> Void) throws {
    try withSandbox(latency: .seconds(1)) { sandbox in
      try sandbox.writeList(Self.numbers)
      let running = try RunningTool(
        sandbox.tool, ["-p", provider.rawValue, "bulk", "list.csv", "--job", "spring", "-q"])
      try wait(for: "the messages") { try sandbox.accepted().count == Self.numbers.count }
      running.signal(SIGKILL)
      #expect(try running.end().code == 128 + SIGKILL)
      try body(sandbox)
    }
  }

  @Test("A clock that was ahead and is set back makes nobody get it twice", arguments: [Provider.sendapp, .voximplant])
  func clockSetBack(provider: Provider) throws {
    try withUnanswered(provider) { sandbox in
      let ledger = try Database(path: "\(sandbox.folder)/.local/state/sms/ledger.db")
      try ledger.execute("UPDATE message SET left_at = left_at + 7200; UPDATE job SET created_at = created_at + 7200")
      let run = try sandbox.run(provider, "bulk", "--resume", "spring", "--reconcile", "-o", "jsonl")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try run.lines().texts("to") == Self.numbers)
      #expect(try sandbox.accepted().sorted() == Self.numbers)
    }
  }

  @Test("Terminated while it asks: nothing is sent, and the way to go on is shown")
  func terminated() throws {
    try withUnanswered(.smsit) { sandbox in
      let running = try RunningTool(sandbox.tool, ["-p", "smsit", "bulk", "--resume", "spring", "--reconcile"])
      try wait(for: "the run") { try sandbox.job("spring")["state"] == "running" }
      running.signal(SIGTERM)
      let run = try running.end()
      #expect(run.code == 128 + SIGTERM)
      #expect(run.stderr.contains("4 rows, 0 accepted, 0 failed, 4 unknown") && run.stderr.contains("--resume spring"))
      #expect(try sandbox.accepted().sorted() == Self.numbers)
    }
  }
}
