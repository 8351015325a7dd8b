#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import TestSupport
import Testing
import TextFormats

/// No room for the ledger: what can't be noted is not sent, and what was sent and can't be noted is named.
@Suite(.ownThread) struct FullDiskTests {
  private static let numbers = phoneNumbers(200)

  /// Whether this user may mount a file system of a size.
  private static let canMount: Bool = {
    (try? withTemporaryFolder { folder in try mount(folder, kilobytes: 64) { true } }) ?? false
  }()

  private static func mount<Result>(_ folder: String, kilobytes: Int, _ body: () throws -> Result) throws -> Result {
    let options = "size=\(kilobytes)k,mode=700"
    let mounted = try Subprocess.run(
      ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], timeout: .seconds(10))
    guard mounted.status == .exited(0) else { throw SystemError(code: EPERM, operation: "mount", path: folder) }
    defer { _ = try? Subprocess.run(["umount", "-l", folder], timeout: .seconds(10)) }
    return try body()
  }

  /// Runs a job with its state on a disk of that size, and checks that nobody gets it twice nor is lost, now and after
  /// the disk has room again; `filler` fills the rest of the disk once the job is at work.
  private func runs(_ sandbox: TestSandbox, kilobytes: Int, _ options: String...) throws -> Run {
    let state = "\(sandbox.folder)/state"
    try Files.makeFolders(state)
    try sandbox.writeList(Self.numbers)
    var tool = sandbox.tool
    tool.variables["SMS_STATE_DIR"] = state
    return try Self.mount(state, kilobytes: kilobytes) {
      let run = try tool.run(["-p", "vpixelpro", "bulk", "list.csv", "--job", "spring", "--batch", "2"] + options)
      let accepted = try sandbox.accepted()
      #expect(Set(accepted).count == accepted.count)
      let resized = try Subprocess.run(["mount", "-o", "remount,size=8m", state], timeout: .seconds(10))
      #expect(resized.status == .exited(0))
      if run.code == 10 {
        // There is room again.
        let rest = try tool.run(
          "-p", "vpixelpro", "bulk", "list.csv", "--job", "spring", "--reconcile", "--settle", "1s", "-q")
        #expect(rest.code == 0, "\(rest.stderr)")
      }
      #expect(try sandbox.accepted().sorted() == Self.numbers)
      return run
    }
  }

  @Test(
    "On a disk that is full at some moment the job stops, and goes on when there is room",
    .enabled(if: canMount, "only root can mount a file system"), arguments: [0, 40, 80, 110, 130, 150, 200, 250])
  func full(kilobytes: Int) throws {
    // 0 is no limit to tmpfs.
    try withSandbox { sandbox in
      let run = try runs(sandbox, kilobytes: max(kilobytes, 4))
      #expect(run.code == 10 || kilobytes >= 150, "\(run.code) \(run.stderr)")
    }
  }

  @Test(
    "A claim that can't be written: nothing is sent; an outcome that can't be: its id is said",
    .enabled(if: canMount, "only root can mount a file system"))
  func unrecorded() throws {
    let state = try TemporaryFolder()
    try Self.mount(state.path, kilobytes: 1024) {
      try withSandbox(latency: .milliseconds(400)) { sandbox in
        try sandbox.writeList(Array(Self.numbers.prefix(20)))
        var tool = sandbox.tool
        tool.variables["SMS_STATE_DIR"] = state.path
        let command = ["-p", "vpixelpro", "bulk", "list.csv", "--job", "spring", "--batch", "2", "--concurrency", "2"]
        let running = try RunningTool(tool, command + ["-o", "jsonl"])
        try wait(for: "messages under way") { try sandbox.log().count >= 4 }
        let filled = try tool.shell("cat /dev/zero >\"$SMS_STATE_DIR/filler\"")
        #expect(filled.code != 0, "it is full")
        let run = try running.end()
        #expect(run.code == 10, "\(run.stderr)")
        let accepted = try sandbox.log()
        #expect(accepted.count < 20)
        let statuses = try tool.shell("rm \"$SMS_STATE_DIR/filler\"; sms log --job spring -o jsonl").lines()
        let noted = Set(statuses.filter { $0["status"] == "queued" }.texts("to"))
        let unknown = Set(statuses.filter { $0["status"] == "unknown" }.texts("to"))
        #expect(noted.union(unknown).isSuperset(of: accepted.map(\.to)))
        for message in accepted where !noted.contains(message.to) {
          let id = try #require(message.json["id"]?.text)
          #expect(run.said.contains(message.to) && run.said.contains("id \(id)"), "\(run.stderr)")
        }
        #expect(accepted.contains { !noted.contains($0.to) })
      }
    }
  }

  @Test(
    "Both disks full, that of the ledger and that of the results: the ids are said all the same",
    .enabled(if: canMount, "only root can mount a file system"))
  func nowhereToWrite() throws {
    let disk = try TemporaryFolder()
    try Self.mount(disk.path, kilobytes: 1024) {
      try withSandbox(latency: .milliseconds(400)) { sandbox in
        try sandbox.writeList(Array(Self.numbers.prefix(20)))
        var tool = sandbox.tool
        tool.variables["SMS_STATE_DIR"] = disk.path
        let running = try RunningTool(
          tool, ["-p", "vpixelpro", "bulk", "list.csv", "--concurrency", "2", "--batch", "2", "-o", "jsonl"],
          output: "\(disk.path)/out")
        try wait(for: "messages under way") { try sandbox.log().count >= 4 }
        _ = try tool.shell("cat /dev/zero >\"$SMS_STATE_DIR/filler\"")
        let run = try running.end()
        #expect(run.code == 10)
        for message in try sandbox.log() {
          let id = try #require(message.json["id"]?.text)
          #expect(run.said.contains("id \(id)"), "\(run.stderr)")
        }
      }
    }
  }

  @Test(
    "A limit on the size of files is like a full disk, not the end of the program", arguments: [8, 40, 60, 80, 120])
  func fileSizeLimit(blocks: Int) throws {
    try withSandbox { sandbox in
      try sandbox.writeList(Self.numbers)
      let command = "sms -p vpixelpro bulk list.csv --job spring --batch 2 --concurrency 4"
      // In units of 512 bytes.
      let limited = try sandbox.tool.shell("ulimit -f \(blocks); \(command)")
      #expect(limited.code == 10, "\(limited.stderr)")
      let accepted = try sandbox.accepted()
      #expect(Set(accepted).count == accepted.count)
      let rest = try sandbox.tool.shell("\(command) --reconcile --settle 1s -q")
      #expect(rest.code == 0, "\(rest.stderr)")
      #expect(try sandbox.accepted().sorted() == Self.numbers)
    }
  }
}
