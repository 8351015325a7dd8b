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

/// Rows and indexes of the ledger that change at rest: damage × command, judged by what the provider took.
@Suite(.ownThread) struct DamagedRowTests {
  private static let numbers = phoneNumbers(12)
  private static let spring = ["bulk", "list.csv", "--job", "spring", "-q"]
  private static let unnamed = ["bulk", "other.csv", "--batch", "1", "--rate", "8/s", "-q"]
  private static let keyed = ["send", "+15550190001", "Hello", "--key", "backup", "-q"]

  /// A job that is over, one without a name that was killed, and a key.
  private func withLedger(_ body: (TestSandbox, _ ledger: String) throws -> Void) throws {
    try withSandbox { sandbox in
      try sandbox.writeList(Self.numbers)
      try sandbox.write("other.csv", "to,message\n" + (1...8).map { "+1555017000\($0),Hello\n" }.joined())
      for command in [Self.spring, Self.keyed] { #expect(try sandbox.run(.sendapp, command).code == 0) }
      let before = try sandbox.log().count
      let running = try RunningTool(sandbox.tool, ["-p", "sendapp"] + Self.unnamed)
      try wait(for: "messages") { try sandbox.log().count >= before + 2 }
      running.signal(SIGKILL)
      _ = try running.end()
      try body(sandbox, "\(sandbox.folder)/.local/state/sms/ledger.db")
    }
  }

  static let damages =
    [
      "UPDATE job SET name = 'sprinf' WHERE name = 'spring'", "UPDATE job SET input = 'x'",
      "UPDATE job SET account = 9", "UPDATE job SET finished_at = 5", "UPDATE account SET fingerprint = randomblob(32)",
      "UPDATE ledger SET secret = randomblob(32)", "UPDATE send_key SET key = 'backuq'",
      "UPDATE send_key SET expires_at = 5", "DELETE FROM job WHERE name IS NULL",
      "UPDATE message SET status = 'planned'", "UPDATE message SET recipient = '+15550199999', digest = NULL",
      "DELETE FROM message", "UPDATE sqlite_sequence SET seq = 9223372036854775807; DELETE FROM send_key",
    ] + lost

  /// Nothing is left that the rows could be missed by.
  static let lost = [
    "DELETE FROM job; DELETE FROM message; DELETE FROM send_key; DELETE FROM printed", "DELETE FROM account",
    "DELETE FROM send_key; DELETE FROM job WHERE name IS NULL; DELETE FROM message WHERE body = 'Hello'",
  ]

  @Test("No command sends a message twice, or to a stranger; doctor says what to do", arguments: damages)
  func damaged(change: String) throws {
    try withLedger { sandbox, ledger in
      let taken = Set(try sandbox.accepted())
      try Database(path: ledger).execute(change)
      let commands = [
        Self.spring, Self.unnamed, Self.keyed, ["bulk", "--resume", "spring", "--reconcile", "-q"],
        Self.spring + ["--retry-failed", "--retry-unknown"],
      ]
      var codes: [Int32] = []
      for command in commands { codes.append(try sandbox.run(.sendapp, command).code) }
      #expect(codes.contains(10) && Set(codes).isSubset(of: [0, 9, 10]), "\(codes)")
      #expect(Set(try sandbox.accepted()) == taken)
      #expect(try sandbox.accepted().count == taken.count, "nobody gets it twice")
      for (arguments, status) in [(["doctor"], "failed"), (["doctor", "--repair"], "ok")] {
        let checks = try sandbox.run(.sendapp, arguments + ["-o", "json"]).records().filter { $0["check"] == "ledger" }
        #expect(checks.texts("status") == [status], "\(checks)")
      }
    }
  }

  @Test("A repair says that what is lost counts as new from now on", arguments: lost)
  func told(change: String) throws {
    try withLedger { sandbox, ledger in
      try Database(path: ledger).execute(change)
      let repair = try sandbox.run(.sendapp, ["doctor", "--repair"])
      #expect(repair.code == 0 && repair.stderr.contains("may count as new"), "\(repair.stderr)")
      #expect(try sandbox.run(.sendapp, ["doctor"]).code == 0)
      #expect(try sandbox.run(.sendapp, ["jobs", "prune", "--before", "now"]).code == 0)
    }
  }

  @Test("The file changes bit by bit: nobody gets it twice, and no stranger gets it")
  func flips() throws {
    try withLedger { sandbox, ledger in
      let lock = "\(sandbox.folder)/.local/state/sms/ledger.lock"
      #expect(try sandbox.run(.sendapp, "jobs").code == 0)
      _ = try Database(path: ledger).numbers("PRAGMA wal_checkpoint(TRUNCATE)")
      let (bytes, record) = (try Files.read(ledger, limit: 1 << 24), try Files.read(lock, limit: 1 << 10))
      let taken = try sandbox.accepted()
      let used = bytes.indices.filter { bytes[$0] != 0 }
      for step in 0..<24 {
        var flipped = bytes
        flipped[used[(step * 104_729 + 977) % used.count]] ^= 1 << UInt8(step % 8)
        try? Files.remove("\(ledger)-wal")
        for (path, bytes) in [(ledger, flipped), (lock, record)] {
          let file = try Files.openForUpdating(path)
          defer { file.close() }
          try file.writeAll(bytes, at: 0)
        }
        for command in [Self.spring, Self.unnamed, Self.keyed] { _ = try sandbox.run(.sendapp, command) }
        #expect(try sandbox.accepted() == taken, "step \(step)")
      }
    }
  }
}
