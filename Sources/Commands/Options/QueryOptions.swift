import Application
import CommandLineKit
import Messaging
import Output
import TextFormats

/// The options that several queries share.
enum QueryOptions {
  static let device = Option(
    "device", value: .int().named("ID").completed(by: .dynamic("devices")), help: "Only this device.")
  static let sim = Option("sim", value: .int().named("SLOT"), help: "Only this SIM slot, counting from 0.")
  static let since = Option("since", value: .time, help: "Only results at or after this time.")
  static let until = Option("until", value: .time, help: "Only results at or before this time.")
  static let limit = Option(
    "limit", value: .resultLimit, fallback: ResultLimit.usual.text, help: "Maximum number of results.")
  static let list = Option("list", value: .string.named("LIST"), help: "Only this list or group.")
}

/// The maximum number of results.
enum ResultLimit: Hashable, Sendable {
  case all
  /// 1 or more.
  case first(Int)

  /// The default.
  static let usual = ResultLimit.first(1000)

  /// Nil for no limit.
  var count: Int? {
    if case .first(let count) = self { count } else { nil }
  }

  /// The option's value.
  var text: String { count.map(String.init) ?? "all" }

  /// The note if results were left out.
  var moreWords: String { "showing only the first \(text); for more, add --limit N or --limit all" }
}

extension ValueKind where Value == ResultLimit {
  /// A number of at least 1, or `all`.
  static var resultLimit: Self {
    ValueKind("N|all", completion: .choices(["all"])) { (text) throws(ValueProblem) in
      if text == "all" { return .all }
      do throws(ValueProblem) {
        return .first(try ValueKind<Int>.int(1...Int.max).parse(text))
      } catch {
        guard error == .notANumber else { throw error }
        let all = nearest(to: text, among: ["all"])
        throw .other("not a whole number or 'all'", hint: all.map { "did you mean '\($0)'?" })
      }
    }
  }
}

extension Record {
  /// All valid names for `--columns`, with their meanings.
  static var listedColumns: [ListedColumn] {
    schema.fields.flatMap { field in
      [ListedColumn(field.name, meaning: field.meaning)]
        + field.parts.map { ListedColumn("\(field.name).\($0)", meaning: "the \($0) of \(field.name)") }
    }
  }
}

/// The options of commands that can wait for a final result.
enum WaitOptions {
  static let wait = Flag("wait", help: "Wait until the status is final.")
  static let waitTimeout = Option(
    "wait-timeout", value: .duration, default: .seconds(300),
    help: "Stop waiting after this time. The exit code is then 8.")

  static let all: [any OptionDeclaration] = [wait, waitTimeout]

  /// How long to wait; nil for no waiting.
  static func patience(_ parsed: Parsed) throws(UsageError) -> Duration? {
    try parsed.require(waitTimeout, with: wait)
    return parsed[wait] ? parsed[waitTimeout] : nil
  }
}

/// The exit codes of commands, other than success.
extension [ExitCode] {
  /// Prints known data.
  static var printing: [ExitCode] { [.usage, .io] }
  /// Reads or writes the configuration.
  static var configuring: [ExitCode] { [.usage, .configuration, .io] }
  /// Reads the ledger.
  static var recorded: [ExitCode] { [.refused, .usage, .configuration, .io] }
  /// Queries a provider.
  static var asking: [ExitCode] {
    [.refused, .usage, .configuration, .credentials, .unavailable, .unsupported, .io] + signals
  }
  /// Makes a provider do or change something.
  static var ordering: [ExitCode] { (asking + [.unknown]).inOrder }
  /// Queries a provider, and can wait.
  static var waiting: [ExitCode] { (asking + [.waitedTooLong]).inOrder }
  /// Sends, and can wait.
  static var resending: [ExitCode] { (ordering + [.waitedTooLong]).inOrder }
  /// Sends once with a key, or as a job.
  static var sendingOnce: [ExitCode] { (ordering + [.waitedTooLong, .busy]).inOrder }
  /// Sends a job.
  static var bulk: [ExitCode] { (ordering + [.busy]).inOrder }
  static var signals: [ExitCode] { [.signal(2), .signal(15)] }
  /// The exit codes of sendmail(8), from sysexits.h.
  static var mail: [ExitCode] { [64, 65, 67, 69, 74, 75, 77, 78].map(ExitCode.other) }
  /// In addition to the exit codes of the program that is run.
  static var program: [ExitCode] { [.usage, .unsupported, .other(126), .other(127)] }

  var inOrder: [ExitCode] { sorted { $0.number < $1.number } }
}
