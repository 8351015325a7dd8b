import Platform

/// Standard output that goes through a pager if it is longer than the screen.
package final class PagedOutput {
  /// Larger than a pipe's buffer: if more was written to the pager, the pager has read some of it.
  private static let mostKept = 1 << 20
  /// A shell's exit codes for a command that can't be run or isn't found.
  private static let notRun: Set<Subprocess.ExitStatus> = [.exited(126), .exited(127)]

  private enum Way {
    /// No more than one screen so far.
    case collecting
    case pager(PagerFeed)
    case direct
  }

  private let environment: Environment
  private let command: String
  private let lines: Int
  private var way = Way.collecting
  private var kept: [UInt8] = []
  private var isComplete = true

  /// `lines` is the number of lines that fit on the screen.
  package init(_ environment: Environment, command: String, lines: Int) {
    self.environment = environment
    self.command = command
    self.lines = lines
  }

  deinit {
    try? finish()
  }

  package func write(_ bytes: [UInt8]) throws(SystemError) {
    switch way {
    case .direct: try environment.streams.writeOutput(bytes)
    case .collecting:
      kept += bytes
      if kept.count(where: { $0 == UInt8(ascii: "\n") }) >= lines { try startPager() }
    case .pager(let pager):
      if kept.count + bytes.count <= Self.mostKept { kept += bytes } else { isComplete = false }
      try feed(bytes, to: pager)
    }
  }

  /// Writes what was kept back, or waits until the user has left the pager.
  package func finish() throws(SystemError) {
    switch way {
    case .direct: return
    case .collecting: try writeDirectly()
    case .pager(let pager): if Self.notRun.contains(pager.end()), isComplete { try writeDirectly() }
    }
    way = .direct
  }

  private func startPager() throws(SystemError) {
    do {
      let pager = try environment.startPager(command)
      way = .pager(pager)
      try feed(kept, to: pager)
    } catch let error where !error.isBrokenPipe {
      // A pager that can't be started isn't an error.
      try writeDirectly()
    }
  }

  private func feed(_ bytes: [UInt8], to pager: PagerFeed) throws(SystemError) {
    do {
      try pager.write(bytes)
    } catch {
      guard error.isBrokenPipe, isComplete, Self.notRun.contains(pager.end()) else { throw error }
      try writeDirectly()
    }
  }

  private func writeDirectly() throws(SystemError) {
    way = .direct
    try environment.streams.writeOutput(kept)
    kept = []
  }
}

extension Context {
  /// Output through the user's pager; nil if results don't go to a terminal, aren't a table, or no pager is wanted.
  ///
  /// `SMS_PAGER` overrides `PAGER`; an empty value or `cat` turns paging off.
  package func pagedOutput() -> PagedOutput? {
    let terminal = environment.terminal
    guard showsTable, !isSilent,
      let command = environment.variables["SMS_PAGER"] ?? environment.variables["PAGER"],
      !command.allSatisfy(\.isWhitespace), command != "cat"
    else { return nil }
    return PagedOutput(environment, command: command, lines: terminal.height ?? 24)
  }
}

/// A running pager.
package struct PagerFeed: Sendable {
  package var write: @Sendable (_ bytes: [UInt8]) throws(SystemError) -> Void
  /// Waits until the user leaves it.
  package var end: @Sendable () -> Subprocess.ExitStatus

  package init(
    write: @escaping @Sendable ([UInt8]) throws(SystemError) -> Void,
    end: @escaping @Sendable () -> Subprocess.ExitStatus
  ) {
    self.write = write
    self.end = end
  }
}
