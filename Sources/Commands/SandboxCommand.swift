import Application
import CommandLineKit
import Configuration
import Messaging
import Platform
import Sandbox
import TextFormats

/// Serves all five APIs on the loopback interface until it is interrupted.
struct SandboxCommand: Command {
  static let port = Option(
    "port", value: .int(0...65_535), default: 0, help: "Port to listen on; 0 for any free port.")
  static let writeConfig = Option(
    "write-config", value: .file,
    help:
      "Write a configuration for the sandbox to FILE. It has a profile for each provider, and replaces only a file that a sandbox wrote."
  )
  static let log = Option("log", value: .file, help: "Append accepted messages to FILE as JSON lines.")
  static let latency = Option(
    "latency", value: .duration(.zero ... .seconds(3600)), default: .zero, help: "Delay every reply by this time.")
  static let fault = RepeatedOption(
    "fault", value: .fault, help: "Make requests fail in this way. Always, or with a probability P from 0 to 1.")
  static let seed = Option(
    "seed", value: .int(), default: 0, help: "Seed for random faults. The same seed gives the same faults.")
  static let spec = CommandSpec<any Command>(
    "sandbox", summary: "Run all five APIs on this machine, for testing.",
    discussion: """
      Listens on 127.0.0.1, prints its address, and runs until it is interrupted. Nothing is ever sent. Each \
      provider's API is available under its name, so any client of that API works with it. Requests and results are \
      shown on standard error, unless --quiet is given.

      Messages to numbers ending in 9999 fail. Faults: drop-before, drop-after, hang, http-500, http-429, http-503, garbage, \
      truncate, slow.
      """,
    examples: [
      Example("sms sandbox --write-config sandbox.toml", "Start it, and write a configuration for it."),
      Example(
        "sms -c sandbox.toml -p voximplant send +15550100001 \"Hello\"", "Send through it, from another terminal."),
      Example("sms sandbox --log accepted.jsonl --latency 200ms", "Keep accepted messages, and reply slowly."),
      Example(
        "sms sandbox --fault drop-after=0.1 --fault http-429=0.1 --seed 7",
        "Lose one reply in ten, and reject one request in ten."),
    ],
    group: "Setup", options: [port, writeConfig, log, latency, fault, seed], exits: [.usage, .io] + .signals,
    make: SandboxCommand.init)

  private let options: SandboxOptions
  private let configurationPath: String?

  init(_ parsed: Parsed) throws(UsageError) {
    options = SandboxOptions(
      port: UInt16(clamping: parsed[Self.port]), latency: parsed[Self.latency],
      faults: parsed[Self.fault], seed: UInt64(parsed[Self.seed]), log: parsed[Self.log])
    configurationPath = parsed[Self.writeConfig]
  }

  /// Without the address, the server can't be used.
  var printsAtOnce: Bool { true }

  func run(_ context: Context) throws {
    let stop = try context.environment.watchSignals()
    let server = try SandboxServer(reporting(to: context))
    try writeConfiguration(port: server.port, context.environment.files)
    try context.print("\(Self.address(server.port))\n")
    context.note(Notes.tryIt(nextCommand(port: server.port)))
    if let descriptor = stop.descriptor { try server.run(until: descriptor) }
    throw Ending.stopped(signal: stop.received() ?? 0)
  }

  /// Prints each request, as long as the output is read: a full pipe must not delay replies.
  private func reporting(to context: Context) -> SandboxOptions {
    var options = options
    if !context.isQuiet {
      options.report = { line in
        if context.environment.streams.errorHasRoom() { context.note(line) }
      }
    }
    return options
  }

  /// A command that sends a first message to the sandbox.
  private func nextCommand(port: UInt16) -> String {
    let send = "send +15550100001 \"Hello\""
    if let configurationPath { return "sms -c \(configurationPath.shellQuoted) \(send)" }
    let variables = SandboxConfiguration.variables(port: port).map { "\($0)=\($1.shellQuoted)" }
    return "\(variables.joined(separator: " ")) sms \(send)"
  }

  private func writeConfiguration(port: UInt16, _ files: FileAccess) throws {
    guard let path = configurationPath else { return }
    let name = path.split(separator: "/").last ?? "sandbox"
    let text = SandboxConfiguration.text(port: port, stateDirectory: "\(name).state".tomlQuoted)
    guard try files.replaceOurs(path, Array(text.utf8), SandboxConfiguration.wrote) else {
      throw Failure.notOurs(path)
    }
  }
}

extension Failure {
  /// The file exists, but wasn't written by the sandbox, or was edited since.
  static func notOurs(_ path: String) -> Failure {
    Failure(
      "input", .usage, "--write-config: \(path) wasn't written by 'sms sandbox', or was edited since",
      hint: "choose another file; this one is left unchanged")
  }
}

extension ValueKind where Value == Fault {
  /// `KIND` or `KIND=PROBABILITY`.
  static var fault: Self {
    let kinds = FaultKind.allCases.map(\.rawValue)
    return ValueKind("KIND[=P]", completion: .choices(kinds)) { (text) throws(ValueProblem) in
      guard let fault = Fault(text) else {
        let kind = String(text.prefix { $0 != "=" })
        if kinds.contains(kind) {
          throw .other("not a probability from 0 to 1", hint: "use a number such as \(kind)=0.1")
        }
        let meant = nearest(to: kind, among: kinds)
        let hint = meant.map { "did you mean '\($0)'?" } ?? "use one of: \(kinds.joined(separator: ", "))"
        throw .other("unknown fault", hint: hint)
      }
      return fault
    }
  }
}

extension SandboxCommand {
  static func address(_ port: UInt16) -> String { "listening on http://127.0.0.1:\(port)" }
}

extension Notes {
  static func tryIt(_ command: String) -> String { "try it in another terminal: \(command)" }
}
