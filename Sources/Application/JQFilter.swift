import CommandLineKit
import Configuration
import Output
import Platform
import Synchronization
import TextFormats

/// Filters results through `jq` on their way to standard output (`--jq`).
package final class JQFilter {
  private let filter: FilterFeed
  private let expression: String

  fileprivate init(_ expression: String, _ context: Context) throws {
    self.expression = expression
    let write = context.environment.streams.writeOutput
    let isShown = context.environment.terminal.outputIsTerminal
    let lines = TerminalLines()
    do {
      filter = try context.environment.startFilter(JQ.arguments(expression, isShown: isShown)) {
        (bytes) throws(SystemError) in try write(isShown ? lines.taking(bytes) : bytes)
      }
    } catch {
      throw Failure.jqNotStarted(error, installation: context.environment.installation(of: .jq))
    }
  }

  package func write(_ bytes: [UInt8]) throws(SystemError) {
    try filter.write(bytes)
  }

  /// Waits until jq exits. If jq reports an error, throws it, even after some output.
  package func finish() throws {
    let ending: FilterProcess.Ending
    do {
      ending = try filter.end()
    } catch {
      throw error.writingOutput
    }
    guard ending.status != .exited(0) else { return }
    throw Failure.jq(expression, errors: ending.errors, status: ending.status)
  }
}

/// A running filter program.
package struct FilterFeed: Sendable {
  package var write: @Sendable (_ bytes: [UInt8]) throws(SystemError) -> Void
  /// Waits until all its output is written.
  package var end: @Sendable () throws(SystemError) -> FilterProcess.Ending

  package init(
    write: @escaping @Sendable ([UInt8]) throws(SystemError) -> Void,
    end: @escaping @Sendable () throws(SystemError) -> FilterProcess.Ending
  ) {
    (self.write, self.end) = (write, end)
  }
}

/// The command line of jq.
private enum JQ {
  /// Prints strings raw. Other values take one line each, unless a person reads them.
  static func arguments(_ expression: String, isShown: Bool) -> [String] {
    // The leading space keeps jq from reading an expression as an option.
    ["jq", "--raw-output", "--unbuffered"] + (isShown ? [] : ["--compact-output"]) + [" " + expression]
  }
}

extension Failure {
  /// The error for a filter, in jq's own words: the first line that it printed.
  fileprivate static func jq(_ expression: String, errors: [UInt8], status: Subprocess.ExitStatus) -> Failure {
    let said = String(decoding: errors, as: UTF8.self).split(separator: "\n").first.map(String.init)
    var words = said.map { $0.hasPrefix("jq: error: ") ? String($0.dropFirst(11)) : $0 } ?? "jq \(status.words)"
    while let last = words.last, ": ".contains(last) { words.removeLast() }
    let shown = expression.count > 40 ? "\(expression.prefix(40))..." : expression
    return Failure(
      "usage", .usage, "--jq: '\(shown.escapingControls)': \(words)",
      hint: "try the filter by itself, such as: sms log --json | jq FILTER")
  }

  /// The same after the command has done its work: the error must not suggest that it wasn't done.
  package static func lateFilter(_ failure: Failure) -> Failure {
    Failure("io", .io, failure.message, hint: "the command was carried out; 'sms log' lists what was sent")
  }

  fileprivate static func jqNotStarted(_ error: SystemError, installation: String) -> Failure {
    guard error.isNotFound else {
      return Failure(
        "usage", .usage, "--jq: can't run jq: \(error.reason)",
        hint: "check its permissions: ls -l \"$(command -v jq)\"")
    }
    return Failure("usage", .usage, "--jq requires jq, which isn't installed", hint: installation)
  }

  /// One for each cause.
  package static var jqExamples: [ExampleMessage] {
    let installation = SystemDependency.jq.installation(osRelease: "ID=debian")
    let late = jq(".x", errors: Array("jq: error (at <stdin>:3): Cannot index array".utf8), status: .exited(5))
    let said = Array("jq: error: syntax error, unexpected end of file at <top-level>, line 1, column 3".utf8)
    return [
      jqNotStarted(SystemError(code: 2, operation: "exec"), installation: installation),
      jqNotStarted(SystemError(code: 13, operation: "exec"), installation: installation),
      jq(".[", errors: said, status: .exited(3)), jq(".", errors: [], status: .signaled(9)), lateFilter(late),
      jqAndFormat(.csv),
    ].map { ExampleMessage($0) }
  }
}

/// Escapes jq's output for a terminal, line by line.
private final class TerminalLines: Sendable {
  private let rest = Mutex<[UInt8]>([])

  /// Returns the lines completed so far, escaped; keeps an incomplete one for later.
  func taking(_ bytes: [UInt8]) -> [UInt8] {
    rest.withLock { rest in
      rest += bytes
      guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
      let lines = String(decoding: rest[...end], as: UTF8.self)
      rest.removeSubrange(...end)
      return Array(
        lines.split(separator: "\n", omittingEmptySubsequences: false).map(\.shown).joined(separator: "\n").utf8)
    }
  }
}

extension Substring {
  /// The text with control characters other than tabs escaped.
  fileprivate var shown: String {
    unicodeScalars.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).escapingControls }
      .joined(separator: "\t")
  }
}

extension Context {
  /// Throws if `--jq` can't be used, before the command does anything.
  package func checkFilter() throws {
    guard let expression = globals[GlobalOptions.jq] else { return }
    if let format = globals.outputFormat, !format.isJSON {
      throw Failure.jqAndFormat(format)
    }
    do {
      // Without input, jq only parses the expression.
      let output = try environment.runProgram(JQ.arguments(expression, isShown: false), 65_536)
      guard output.status == .exited(0) else {
        throw Failure.jq(expression, errors: output.stderr, status: output.status)
      }
    } catch let error as SubprocessError {
      guard case .notStarted(let error) = error else { throw Failure("usage", .usage, "--jq: \(error.reason)") }
      throw Failure.jqNotStarted(error, installation: environment.installation(of: .jq))
    }
  }

  /// The filter for `--jq`; nil if it wasn't given.
  package func filteredOutput() throws -> JQFilter? {
    guard let expression = globals[GlobalOptions.jq] else { return nil }
    return try JQFilter(expression, self)
  }
}

extension Failure {
  fileprivate static func jqAndFormat(_ format: OutputFormat) -> Failure {
    Failure(
      "usage", .usage, "--jq and --output \(format.rawValue) can't be used together",
      hint: "--jq filters json and jsonl")
  }
}
