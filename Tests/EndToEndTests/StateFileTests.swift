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

/// State files that are damaged after a kill or during a run: what the provider took is the judge.
@Suite(.ownThread) struct StateFileTests {
  private static let numbers = phoneNumbers(40)
  private static let bulk = ["bulk", "list.csv", "--job", "spring", "--batch", "1", "--concurrency", "3", "-q"]
  private static let state = ".local/state/sms"

  /// A job at work, of which some messages are with the provider.
  private func withRun(
    latency: Duration = .milliseconds(20), _ body: (TestSandbox, RunningTool) throws -> Void
  ) throws {
    try withSandbox(latency: latency) { sandbox in
      try sandbox.writeList(Self.numbers)
      let running = try RunningTool(sandbox.tool, ["-p", "sendapp"] + Self.bulk)
      try wait(for: "messages") { try sandbox.log().count >= 6 }
      try body(sandbox, running)
      let accepted = try sandbox.accepted()
      #expect(Set(accepted).count == accepted.count, "nobody gets it twice")
    }
  }

  private func kill(_ running: RunningTool) throws {
    running.signal(SIGKILL)
    #expect(try running.end().code == 128 + SIGKILL)
  }

  private func damage(_ sandbox: TestSandbox, _ script: String) throws {
    let run = try sandbox.tool.shell("cd \(Self.state) || exit 1\n\(script)")
    #expect(run.code == 0, "\(run.stderr)")
  }

  static let damages = [
    "printf x | dd of=ledger.db-wal bs=1 seek=9000 conv=notrunc 2>/dev/null",
    "truncate -s -3000 ledger.db-wal", "rm ledger.db-wal", "rm ledger.db", ": >ledger.db", "rm ledger.db*",
    "rm ledger.db-wal ledger.lock", "rm ledger.db-* ledger.lock", "rm ledger.lock", ": >ledger.lock",
  ]

  @Test("Damaged after a kill: no command takes it for nothing, and nobody gets it twice", arguments: damages)
  func afterKill(script: String) throws {
    try withRun { sandbox, running in
      try kill(running)
      let taken = try sandbox.accepted()
      try damage(sandbox, script)
      let commands = [
        Self.bulk, Self.bulk + ["--reconcile"], ["bulk", "--resume", "spring", "--retry-unknown"], ["log"], ["jobs"],
        ["doctor"], ["send", "+15550190001", "Hello"], ["list-send", "1", "Hello"], ["resend", "1"],
      ]
      for command in commands {
        let run = try sandbox.run(.sendapp, command)
        #expect(run.code == 10, "\(command) \(run.stderr)")
      }
      #expect(try sandbox.accepted() == taken)
      let doctor = try sandbox.run(.sendapp, "doctor", "-o", "json").records().filter { $0["check"] == "ledger" }
      #expect(doctor.texts("status") == ["failed"] && doctor.texts("hint").count == 1)
      let elsewhere = ["SMS_STATE_DIR": "elsewhere"]
      #expect(try sandbox.run(.sendapp, ["send", "+15550190001", "Hello"], variables: elsewhere).code == 0)
    }
  }

  @Test("An older copy is refused; once it is trusted again, what it still had to send is unknown")
  func repaired() throws {
    try withRun { sandbox, running in
      try kill(running)
      let ledger = "\(sandbox.folder)/\(Self.state)/ledger.db"
      // Closed by the last who has it open, the log is written back.
      _ = try Database(path: ledger).numbers("PRAGMA user_version")
      let old = try Files.read(ledger, limit: 1 << 24)
      #expect(try [0, 6].contains(sandbox.run(.sendapp, "bulk", "--resume", "spring", "-q").code))
      try sandbox.write("old.db", old)
      try damage(sandbox, "rm -f ledger.db-wal ledger.db-shm; cat \"$HOME/old.db\" >ledger.db")
      #expect(try sandbox.run(.sendapp, Self.bulk).code == 10)
      let repair = try sandbox.run(.sendapp, "doctor", "--repair")
      #expect(repair.code == 0, "\(repair.stderr)\(repair.text)")
      #expect(try sandbox.run(.sendapp, Self.bulk).code == 6, "what may have been sent is unknown")
      let (accepted, statuses) = (try sandbox.accepted(), try sandbox.statuses(ofJob: "spring"))
      #expect(Set(accepted).count == accepted.count)
      for number in Set(Self.numbers).subtracting(accepted) { #expect(statuses[number] == "unknown") }
    }
  }

  @Test(
    "The lock file goes while a run is at work: it stops with 10, and another run can't claim",
    arguments: ["rm ledger.lock", "cp ledger.lock l; mv l ledger.lock"])
  func lockTaken(script: String) throws {
    try withRun(latency: .milliseconds(1500)) { sandbox, running in
      try damage(sandbox, script)
      let other = try sandbox.run(.sendapp, Self.bulk + ["--reconcile"])
      #expect(other.code == 10 && other.said.contains("ledger.lock"), "\(other.stderr)")
      let run = try running.end()
      #expect(run.code == 10 && run.said.contains("ledger.lock"), "\(run.stderr)")
      let statuses = try sandbox.statuses(ofJob: "spring")
      for number in try sandbox.accepted() { #expect(statuses[number] == "queued") }
    }
  }

  @Test(
    "Files that go during a run end it with 10; what could not be noted is named",
    arguments: [
      "rm ledger.db", "rm ledger.db-wal", ": >ledger.db-wal", "rm ledger.db-shm", ": >ledger.db-shm", "rm ledger.*",
    ])
  func duringRun(script: String) throws {
    try withRun { sandbox, running in
      try damage(sandbox, script)
      let run = try running.end()
      #expect(run.code == 10, "\(run.stderr)")
      _ = try sandbox.run(.sendapp, Self.bulk)
    }
  }

  private static let canMount =
    (try? Subprocess.run(["unshare", "-m", "true"], timeout: .seconds(10)))?.status == .exited(0)

  @Test(
    "Where the state can only be read, log, jobs and status work, and bulk sends nothing",
    .enabled(if: canMount, "only root can mount a file system"),
    arguments: ["true", "rm -f ledger.db-shm", "rm ledger.lock", "close"])
  func readOnly(script: String) throws {
    try withRun { sandbox, running in
      try kill(running)
      _ = try sandbox.run(.sendapp, "jobs")
      if script == "close" {
        _ = try Database(path: "\(sandbox.folder)/\(Self.state)/ledger.db").numbers("PRAGMA user_version")
      } else {
        try damage(sandbox, script)
      }
      let mount = "mount --bind \(Self.state) \(Self.state) && mount -o remount,ro,bind \(Self.state) && \"$@\""
      let commands = [(["log", "--job", "spring"], 0), (["jobs"], 0), (["status", "1"], 0), (Self.bulk, 10)]
      for (command, code) in commands {
        let run = try sandbox.tool.shell(
          "unshare -m sh -c '\(mount)' sh sms -p sendapp \(command.joined(separator: " "))")
        #expect(Int(run.code) == code, "\(command) \(run.stderr)")
      }
      #expect(try sandbox.run(.sendapp, Self.bulk).code == (script == "rm ledger.lock" ? 10 : 6))
    }
  }

  @Test("A process that was stopped while it wrote is waited for 5 seconds, and named")
  func stoppedWriter() throws {
    try withSandbox { sandbox in
      try sandbox.writeList(Self.numbers)
      #expect(try sandbox.run(.sendapp, "send", "+15550190001", "Hello").code == 0)
      let writer = try Database(path: "\(sandbox.folder)/\(Self.state)/ledger.db")
      try writer.execute("BEGIN IMMEDIATE")
      let start = MonotonicInstant.now
      let run = try sandbox.run(.sendapp, Self.bulk)
      #expect(run.code == 10 && run.said.contains("locked by another process"), "\(run.stderr)")
      #expect(start.elapsed >= .seconds(5))
      try writer.execute("ROLLBACK")
      #expect(try sandbox.accepted().count == 1)
    }
  }
}
