import Application
import CommandLineKit
import Configuration
import Delivery
import Messaging
import Platform
import TextFormats

/// Runs a program, and sends a text about how it ended.
struct RunCommand: Command {
  /// When to send a text.
  enum Occasion: String, CaseIterable, Sendable {
    case fail, ok, always
  }

  static let capability = Capability("run") { _ in true }
  static let on = Option(
    "on", value: .enumeration(Occasion.self), default: .always,
    help: "When to text: after a failure, a success, or always.")
  static let name = Option(
    "name", value: .string.named("NAME"), help: "Name to use in the text instead of the command line.")
  static let to = Operand("TO", help: "One number, or several joined by commas.")
  static let command = RepeatedOperand(
    "-- CMD", value: .string.completed(by: .files), atLeast: 1, help: "The program and its arguments.")
  static let spec = CommandSpec<any Command>(
    "run", summary: "Run a command and text the result.",
    discussion: """
      The command uses the terminal, standard input, standard output, and standard error, and receives all signals, \
      as if it were run directly. sms ends with the command's exit code: 128 plus the signal number if a signal ended \
      it, 127 if it wasn't found, 126 if it can't be run.

      The text has the host, the command line, how it ended, and how long it took. Use --name if the command line \
      contains a secret. Variables that hold secrets of sms, such as SMS_KEY, are hidden from the command.

      If the text can't be sent, standard error says so, and the exit code is still that of the command. Invalid \
      options or an invalid TO are an error (exit code 2) before anything is run.
      """,
    examples: [
      Example("sms run +15550100001 -- make test", "Text when the tests are done."),
      Example("sms run --on fail +15550100001 -- ./backup.sh", "Text only if the backup failed."),
      Example(
        "sms run --name \"Nightly backup\" +15550100001 -- ./backup.sh --full", "Use a name in the text."),
    ],
    group: "Sending", options: [on, name, SendOptionSet.from], operands: [to, command],
    commonMistakes: CommonMistake.operand("put -- before the command: sms run NUMBER -- CMD"), exits: .program,
    make: RunCommand.init)

  private let occasion: Occasion
  private let name: String?
  private let to: String
  private let command: [String]
  private let options: SendOptionSet

  init(_ parsed: Parsed) throws(UsageError) {
    (occasion, name, to, command) = (parsed[Self.on], parsed[Self.name], try parsed[Self.to], parsed[Self.command])
    options = try SendOptionSet(parsed)
    guard parsed.operandsBeforeTerminator == 1 else {
      throw UsageError("missing -- before the command", hint: "sms run NUMBER -- CMD")
    }
  }

  func run(_ context: Context) throws {
    let preparation = Result { try prepared(context) }
    // An invalid command line is reported now, but an invalid configuration must not keep a backup from running.
    if case .failure(let error) = preparation, [.usage, .unsupported].contains(userError(error).exitCode) {
      throw error
    }
    let start = context.environment.clock()
    let end = ending(context)
    let time = context.environment.clock() - start
    if occasion.includes(end) {
      let text = RunReport(name: name ?? command.shortened, host: context.environment.hostName(), end, time).text
      if let error = caught({ try send(text, preparation.get()) }) { complain(error, context) }
    }
    throw Ending.program(.other(end.exitCode))
  }

  /// The recipients, and the settings for sending to them.
  private func prepared(_ context: Context) throws -> (sending: SendingContext, numbers: [PhoneNumber]) {
    let settings = try context.settings()
    let numbers = try to.split(separator: ",", omittingEmptySubsequences: false).map { part in
      try context.phoneNumber(String(part), of: "TO", settings)
    }
    return (try SendingContext(context, settings, options), numbers)
  }

  private func ending(_ context: Context) -> ProgramEnding {
    do {
      return .ended(try context.environment.runInPlace(context.arguments.suffix(command.count)))
    } catch {
      context.say(Notes.notStarted(command.first ?? "", error))
      return .notStarted(error)
    }
  }

  private func send(_ text: String, _ preparation: (sending: SendingContext, numbers: [PhoneNumber])) throws {
    let (sending, numbers) = preparation
    let messages = numbers.map { sending.template.message(to: $0, body: text) }
    let reporter = DeliveryReporter(silentFor: sending.context)
    let sender = RecordedSending(sending.context, sending.settings, Self.capability)
    let session = try ProviderSession(sending.context, sending.settings, for: Self.capability)
    let result = try sender.send(messages, through: session, report: reporter.report)
    try reporter.finish(result, of: messages.map(sending.planned), session)
  }

  private func complain(_ error: any UserError, _ context: Context) {
    context.environment.streams.writeError(Array(context.text(of: error).utf8))
  }
}

extension RunCommand.Occasion {
  fileprivate func includes(_ end: ProgramEnding) -> Bool {
    switch self {
    case .always: true
    case .ok: end.exitCode == 0
    case .fail: end.exitCode != 0
    }
  }
}

extension [String] {
  /// The command line, cut to leave room for the rest of the text.
  fileprivate var shortened: String {
    let line = map { $0.shellQuoted.escapingControls }.joined(separator: " ")
    return line.count > 80 ? "\(line.prefix(77))..." : line
  }
}

/// How a program that was run for the user ended.
enum ProgramEnding {
  case ended(Subprocess.ExitStatus)
  case notStarted(SystemError)

  /// The exit code that a shell would report.
  var exitCode: Int32 {
    switch self {
    case .ended(.exited(let code)): code
    case .ended(.signaled(let number)): 128 + number
    case .notStarted(let error): error.isNotFound ? 127 : 126
    }
  }
}

/// The text about a program that was run.
struct RunReport {
  private static let signalNames: [Int32: String] = [
    1: "HUP", 2: "INT", 3: "QUIT", 4: "ILL", 6: "ABRT", 8: "FPE", 9: "KILL", 11: "SEGV", 13: "PIPE", 15: "TERM",
  ]

  private let name: String
  private let host: String
  private let end: ProgramEnding
  private let time: Duration

  init(name: String, host: String, _ end: ProgramEnding, _ time: Duration) {
    (self.name, self.host, self.end, self.time) = (name, host, end, time)
  }

  /// For example, `web1: make test failed with exit code 2 after 3 min 12 s`.
  var text: String { "\(host.isEmpty ? "" : "\(host): ")\(name) \(outcome)" }

  private var outcome: String {
    switch end {
    case .ended(.exited(0)): "succeeded after \(duration)"
    case .ended(.exited(let code)): "failed with exit code \(code) after \(duration)"
    case .ended(.signaled(let number)): "was killed by \(Self.signal(number)) after \(duration)"
    case .notStarted(let error): "couldn't be started: \(error.reason)"
    }
  }

  private static func signal(_ number: Int32) -> String {
    signalNames[number].map { "signal \(number) (\($0))" } ?? "signal \(number)"
  }

  private var duration: String {
    let seconds = Int(time.components.seconds)
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3600: return "\(seconds / 60) min \(seconds % 60) s"
    default: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
    }
  }
}

extension Notes {
  static func notStarted(_ program: String, _ error: SystemError) -> String { "sms: \(program): \(error.reason)" }
}

extension RunReport {
  /// One text for each kind of ending.
  static var examples: [String] {
    let ends: [ProgramEnding] = [
      .ended(.exited(0)), .ended(.exited(2)), .ended(.signaled(9)), .ended(.signaled(40)),
      .notStarted(SystemError(code: 2, operation: "exec")),
    ]
    return ends.map { RunReport(name: "make test", host: "web1", $0, .seconds(192)).text }
  }
}
