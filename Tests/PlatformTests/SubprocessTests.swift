#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import Testing
import TestSupport

@Suite(.ownThread) struct SubprocessTests {
  private func shell(
    _ script: String, input: [UInt8] = [], timeout: Duration = .seconds(60)
  ) throws(SubprocessError) -> Subprocess.Output {
    try Subprocess.run(["/bin/sh", "-c", script], input: input, timeout: timeout)
  }

  @Test func outputsAndExitCodeAreKeptApart() throws {
    let output = try shell("cat; echo oops >&2; exit 3", input: Array("in".utf8))
    #expect(output.status == .exited(3))
    #expect(output.stdout == Array("in".utf8))
    #expect(output.stderr == Array("oops\n".utf8))
  }

  @Test func aSignalIsNotAnExitCode() throws {
    #expect(try shell("kill -9 $$").status == .signaled(SIGKILL))
  }

  @Test func aMissingProgramIsNotStarted() throws {
    try withTemporaryFolder { folder in
      for program in ["\(folder)/program", "no-such-program-here"] {
        let error = #expect(throws: SubprocessError.self) { try Subprocess.run([program], timeout: .seconds(60)) }
        guard case .notStarted(let reason) = error else { Issue.record("\(String(describing: error))"); return }
        #expect(reason.isNotFound)
        #expect(reason.path == program)
      }
    }
  }

  @Test(arguments: [[], ["echo", "a\0b"]])
  func argumentsThatCWouldCutAreRefused(arguments: [String]) {
    #expect(throws: SubprocessError.self) { try Subprocess.run(arguments, timeout: .seconds(60)) }
  }

  @Test func muchOnAllPipesAtOnceIsNoDeadlock() throws {
    let input = [UInt8](repeating: 120, count: 500_000)
    let output = try shell("head -c 500000 /dev/zero; head -c 500000 /dev/zero >&2; cat", input: input)
    #expect(output.stdout.count == 1_000_000)
    #expect(output.stderr.count == 500_000)
  }

  @Test func aProgramNeedNotReadItsInput() throws {
    #expect(try shell("exit 0", input: [UInt8](repeating: 120, count: 500_000)).status == .exited(0))
  }

  @Test func endlessOutputIsCut() {
    #expect(throws: SubprocessError.outputTooLarge(limit: 1_048_576)) { try shell("cat /dev/zero") }
  }

  @Test func theTimeoutEndsAProgramThatSleeps() {
    #expect(throws: SubprocessError.timedOut) { try shell("sleep 600; echo never", timeout: .milliseconds(200)) }
  }

  @Test func theTimeoutEndsAProgramThatClosedItsOutputs() {
    #expect(throws: SubprocessError.timedOut) { try shell("exec >&- 2>&-; sleep 600", timeout: .milliseconds(200)) }
  }

  @Test func theTimeoutEndsAProgramThatKeepsWriting() {
    #expect(throws: SubprocessError.timedOut) {
      try Subprocess.run(["cat", "/dev/zero"], timeout: .milliseconds(100), outputLimit: .max)
    }
  }

  @Test func aProgramLeftInTheBackgroundIsNotWaitedFor() throws {
    #expect(try shell("(sleep 10; echo late) & echo done").stdout == Array("done\n".utf8))
  }

  @Test func whatAKilledProgramStartedIsKilledWithIt() throws {
    guard open("/dev/tty", O_RDWR) < 0 else { return }
    try withTemporaryFolder { folder in
      // The descendant holds the other end of a pipe: when it is gone, there is the end of the file to read.
      try #require(mkfifo("\(folder)/alive", 0o600) == 0)
      let held = open("\(folder)/alive", O_RDONLY | O_NONBLOCK)
      defer { close(held) }
      #expect(throws: SubprocessError.timedOut) {
        try shell("(exec 9>'\(folder)/alive'; echo x >&9; sleep 600); true", timeout: .milliseconds(500))
      }
      let reader = FileDescriptor(rawValue: held)
      #expect(try reader.read(upTo: 100) == Array("x\n".utf8))
      #expect(try reader.waitUntilReadable(atMost: .seconds(10)))
    }
  }

  @Test func theChildHasPlainSignals() throws {
    // With SIGPIPE ignored, `yes` would complain about the broken pipe.
    let output = try shell("yes | head -n 1")
    #expect(output.stdout == Array("y\n".utf8))
    #expect(output.stderr == [])
  }

  @Test func ourFilesAreClosedInTheChild() throws {
    let file = try Files.openForReading("/dev/null")
    defer { file.close() }
    #expect(try shell("test -e /dev/fd/\(file.rawValue)").status == .exited(1))
  }

  @Test func aSecondInputIsReadFromItsOwnDescriptor() throws {
    let output = try Subprocess.run(
      ["/bin/sh", "-c", "cat /dev/fd/3 -"], input: [98], secondInput: [97], timeout: .seconds(60))
    #expect(output.stdout == [97, 98])
  }

  @Test func theEnvironmentIsTheGivenOne() throws {
    let output = try Subprocess.run(["/usr/bin/env"], environment: ["A": "x y=z"], timeout: .seconds(60))
    #expect(output.stdout == Array("A=x y=z\n".utf8))
  }

  @Test func manyAtOnceDoNotDisturbEachOther() async throws {
    try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for number in 0..<16 { group.addTask { try shell("echo \(number); exit 0").stdout } }
      let outputs = try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
      #expect(outputs == Set((0..<16).map { Array("\($0)\n".utf8) }))
    }
  }
}
