import TestSupport
import Testing

/// The line that tells how far a job is takes one line of the terminal, and is drawn over itself.
@Suite(.ownThread) struct ProgressTests {
  private static let clearLine = "\r\u{1B}[K"

  /// The lines that were drawn over each other while a job ran; `body` is what happens at the terminal meanwhile.
  private func drawn(columns: Int, _ body: (PseudoTerminal) throws -> Void = { _ in }) throws -> [String] {
    let terminal = try PseudoTerminal()
    try terminal.resize(columns: columns)
    return try withSandbox(latency: .milliseconds(30)) { sandbox in
      try sandbox.writeList(phoneNumbers(40))
      let options = ["--batch", "1", "--concurrency", "2", "-o", "jsonl"]
      let running = try RunningTool(sandbox.tool, ["bulk", "list.csv"] + options, terminal: terminal)
      try body(terminal)
      #expect(try running.end().code == 0)
      let shown = try terminal.shown()
      return shown.split(separator: Self.clearLine).map(String.init).filter { $0.contains("/40") }
    }
  }

  @Test(
    "It fits the terminal: the bar gives way first, then the time, then the speed, then the share",
    arguments: [
      (columns: 100, shows: ["[", "%", "/s", " left"], not: []), (50, ["[", "%", "/s", " left"], []),
      (30, ["%", "/s", " left"], ["["]), (24, ["%", "/s"], ["[", " left"]), (13, ["%"], ["/s"]), (8, [], ["%"]),
    ] as [(columns: Int, shows: [String], not: [String])])
  func fits(columns: Int, shows: [String], not: [String]) throws {
    let lines = try drawn(columns: columns)
    #expect(lines.count > 1)
    for line in lines {
      #expect(line.count < columns, "\(line)")
      #expect(shows.allSatisfy { line.contains($0) } && !not.contains { line.contains($0) }, "\(line)")
    }
  }

  @Test("It fits a window that is made narrower while it runs")
  func resized() throws {
    let lines = try drawn(columns: 100) { terminal in
      try wait(for: "the bar") { try terminal.shown().contains("/40") }
      try terminal.resize(columns: 30)
    }
    #expect(lines.last.map { $0.count < 30 } == true, "\(lines)")
  }
}
