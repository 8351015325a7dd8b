import CommandLineKit
import Configuration
import Output
import Platform
import Synchronization
import TextFormats

/// Results that go through the program `jq` on their way to standard output (`--jq`).
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
      throw JQFailure.notStarted(error, installation: context.environment.installation(of: .jq))
    }
  }

  package func write(_ bytes: [UInt8]) throws(SystemError) {
    try filter.write(bytes)
  }

  /// Waits for the last result. What jq finds fault with is an error, whatever it printed before.
  package func finish() throws {
    let ending: FilterProcess.Ending
    do {
      ending = try filter.end()
    } catch {
      throw error.writingOutput
    }
    guard ending.status != .exited(0) else { return }
    throw JQFailure(expression, errors: ending.errors, status: ending.status)
  }
}

/// A program at work that turns bytes into others.
package struct FilterFeed: Sendable {
  package var write: @Sendable (_ bytes: [UInt8]) throws(SystemError) -> Void
  /// Waits until all of its output is written.
  package var end: @Sendable () throws(SystemError) -> FilterProcess.Ending

  package init(
    write: @escaping @Sendable ([UInt8]) throws(SystemError) -> Void,
    end: @escaping @Sendable () throws(SystemError) -> FilterProcess.Ending
  ) {
    (self.write, self.end) = (write, end)
  }
}

/// How jq is called.
private enum JQ {
  /// Strings as they are. Other values take one line each, unless a person reads them.
  static func arguments(_ expression: String, isShown: Bool) -> [String] {
    // With a space before it, no expression is an option.
    ["jq", "--raw-output", "--unbuffered"] + (isShown ? [] : ["--compact-output"]) + [" " + expression]
  }
}

/// What is wrong with a filter, in the words of jq.
package struct JQFailure: UserError, Hashable {
  package var message: String
  private var advice: String?
  /// Whether the command had done its work by then: nobody may take it for undone.
  package var isLate = false
  package var hint: String? { isLate ? "the command was carried out; 'sms log' lists what was sent" : advice }
  package var kind: String { isLate ? "io" : "usage" }
  package var exitCode: ExitCode { isLate ? .io : .usage }

  /// The first thing it said.
  fileprivate init(_ expression: String, errors: [UInt8], status: Subprocess.ExitStatus) {
    let said = String(decoding: errors, as: UTF8.self).split(separator: "\n").first.map(String.init)
    var words = said.map { $0.hasPrefix("jq: error: ") ? String($0.dropFirst(11)) : $0 } ?? "jq \(status.words)"
    while let last = words.last, ": ".contains(last) { words.removeLast() }
    let shown = expression.count > 40 ? "\(expression.prefix(40))..." : expression
    message = "--jq: '\(shown.escapingControls)': \(words)"
    advice = "try the filter by itself, such as: sms log --json | jq FILTER"
  }

  private init(_ message: String, hint: String? = nil) {
    (self.message, advice) = (message, hint)
  }

  fileprivate static func notStarted(_ error: SystemError, installation: String) -> JQFailure {
    guard error.isNotFound else {
      return JQFailure("--jq: can't run jq: \(error.reason)", hint: "check its permissions: ls -l \"$(command -v jq)\"")
    }
    return JQFailure("--jq requires jq, which isn't installed", hint: installation)
  }

  /// One for each reason.
  package static var examples: [ExampleMessage] {
    let installation = SystemPart.jq.installation(osRelease: "ID=debian")
    var late = JQFailure(".x", errors: Array("jq: error (at <stdin>:3): Cannot index array".utf8), status: .exited(5))
    late.isLate = true
    let said = Array("jq: error: syntax error, unexpected end of file at <top-level>, line 1, column 3".utf8)
    return [
      notStarted(SystemError(code: 2, operation: "exec"), installation: installation),
      notStarted(SystemError(code: 13, operation: "exec"), installation: installation),
      JQFailure(".[", errors: said, status: .exited(3)), JQFailure(".", errors: [], status: .signaled(9)), late,
    ].map { ExampleMessage($0) } + [ExampleMessage(Failure.jqAndFormat(.csv))]
  }
}

/// Makes what jq prints safe for a terminal, line by line.
private final class TerminalLines: Sendable {
  private let rest = Mutex<[UInt8]>([])

  /// What can be shown of the lines that are whole by now; without bytes, all of it.
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
  /// Without control characters other than tabs.
  fileprivate var shown: String {
    unicodeScalars.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).escapingControls }
      .joined(separator: "\t")
  }
}

extension Context {
  /// Fails where `--jq` can't be followed: before anything is done.
  package func checkFilter() throws {
    guard let expression = globals[GlobalOptions.jq] else { return }
    if let format = globals.outputFormat, !format.isJSON {
      throw Failure.jqAndFormat(format)
    }
    do {
      // Without input, jq reads the expression and does no more.
      let output = try environment.runProgram(JQ.arguments(expression, isShown: false), 65_536)
      guard output.status == .exited(0) else {
        throw JQFailure(expression, errors: output.stderr, status: output.status)
      }
    } catch let error as SubprocessError {
      guard case .notStarted(let error) = error else { throw Failure("usage", .usage, "--jq: \(error.reason)") }
      throw JQFailure.notStarted(error, installation: environment.installation(of: .jq))
    }
  }

  /// The filter of `--jq`; nil without one.
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
