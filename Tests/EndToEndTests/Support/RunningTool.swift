#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

import Testing

@testable import Platform

/// The program at work, to be signalled while it is; killed when this value goes before its end.
final class RunningTool {
  private let folder: String
  private let child: ChildProcess
  /// Where standard output goes.
  private let outputPath: String
  private let ended: FileDescriptor
  private var isReaped = false

  /// Starts the program with nothing on standard input; what it writes goes to the files `output` and `err`.
  ///
  /// With a terminal, it is standard input and error.
  init(_ tool: Tool, _ arguments: [String], output: String = "out", terminal: PseudoTerminal? = nil) throws {
    let ends = try Pipe()
    folder = tool.folder
    outputPath = output.hasPrefix("/") ? output : "\(folder)/\(output)"
    ended = ends.reading
    let streams = terminal.map { "<\($0.path) >\(output) 2>\($0.path)" } ?? "</dev/null >\(output) 2>err"
    let command = tool.command("exec \"$@\" \(streams)", [Tool.path] + arguments)
    child = try ChildProcess.spawn(command, environment: tool.environment, descriptors: [])
    try child.closeWhenEnded(ends.writing)
  }

  deinit {
    if !isReaped {
      child.kill()
      _ = child.reap()
    }
    ended.close()
  }

  func signal(_ number: Int32) {
    kill(child.id, number)
  }

  /// Waits for its end; after two minutes it is killed, and the test fails.
  func end() throws -> Run {
    if try !ended.waitUntilReadable(atMost: .seconds(120)) {
      Issue.record("it did not end")
      child.kill()
    }
    isReaped = true
    let status = child.reap()
    return Run(status, stdout: try read(outputPath), stderr: (try? read("\(folder)/err")) ?? [])
  }

  /// What it has written to standard output so far.
  var output: String { (try? read(outputPath)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

  private func read(_ path: String) throws -> [UInt8] {
    try Files.read(path, limit: 64 << 20)
  }
}

/// Waits until something holds that another process brings about; after two minutes the test fails.
func wait(for what: String, until holds: () throws -> Bool) throws {
  let start = MonotonicInstant.now
  while try !holds() {
    try #require(start.elapsed < .seconds(120), "waited for \(what)")
    SystemClock.sleep(for: .milliseconds(2))
  }
}
