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
    "port", value: .int(0...65_535), default: 0, help: "Port to listen on; 0 takes any that is free.")
  static let writeConfig = Option(
    "write-config", value: .file,
    help: "Write a configuration with a profile for each provider to this file; no other file is replaced.")
  static let log = Option("log", value: .file, help: "Append a line of JSON to this file for each message accepted.")
  static let latency = Option(
    "latency", value: .duration(.zero ... .seconds(3600)), default: .zero, help: "Hold every reply back for so long.")
  static let fault = RepeatedOption(
    "fault", value: .fault, help: "Let requests go wrong in this way, all of them or with a probability from 0 to 1.")
  static let seed = Option(
    "seed", value: .int(), default: 0, help: "Which requests faults strike; the same seed, the same ones.")
  static let spec = CommandSpec<any Command>(
    "sandbox", summary: "Rehearse: serve all five APIs on this machine.",
    discussion: """
      Binds 127.0.0.1, prints its address, and serves until it is interrupted. Nothing is ever sent. Each provider's \
      API lives under its name, so that any client of it works when pointed there. Standard error shows each request \
      and what came of it, unless --quiet is given.

      Numbers ending in 9999 fail. Faults: \(FaultKind.allCases.map(\.rawValue).joined(separator: ", ")).
      """,
    examples: [
      Example("sms sandbox --write-config sandbox.toml", "Serve, and write a configuration to use it with."),
      Example(
        "sms -c sandbox.toml -p voximplant send +15550100001 \"Hello\"", "Send through it, from another terminal."),
      Example("sms sandbox --log accepted.jsonl --latency 200ms", "Keep what was sent, and answer slowly."),
      Example(
        "sms sandbox --fault drop-after=0.1 --fault http-429=0.1 --seed 7",
        "Lose every tenth reply, and ask as often to come later."),
    ],
    group: "Setup", options: [port, writeConfig, log, latency, fault, seed], make: SandboxCommand.init)

  private let options: SandboxOptions
  private let configurationPath: String?

  init(_ parsed: Parsed) throws(UsageError) {
    options = SandboxOptions(
      port: UInt16(clamping: parsed[Self.port]), latency: parsed[Self.latency],
      faults: parsed[Self.fault], seed: UInt64(parsed[Self.seed]), log: parsed[Self.log])
    configurationPath = parsed[Self.writeConfig]
  }

  func run(_ context: Context) throws {
    let signals = try context.environment.watchSignals()
    let server = try SandboxServer(reporting(to: context))
    try writeConfiguration(port: server.port, context.environment.files)
    try context.print("listening on http://127.0.0.1:\(server.port)\n")
    context.note("now type, in another terminal: \(nextCommand(port: server.port))")
    try server.run(until: signals.descriptor)
    throw Ending.stopped(signal: signals.received() ?? 0)
  }

  /// With each request shown, as long as somebody reads that: a pipe that is full must not hold up the replies.
  private func reporting(to context: Context) -> SandboxOptions {
    var options = options
    if !context.isQuiet {
      options.report = { line in
        if context.environment.streams.errorHasRoom() { context.note(line) }
      }
    }
    return options
  }

  /// What sends a first message through it.
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
  /// The file to be written is there already, and is not a sandbox's own.
  fileprivate static func notOurs(_ path: String) -> Failure {
    Failure(
      "input", .usage, "--write-config: \(path) is not a file that 'sms sandbox' wrote, or it was edited since",
      hint: "name another file; this one stays as it is")
  }
}

extension ValueKind where Value == Fault {
  /// `KIND` or `KIND=PROBABILITY`.
  static var fault: Self {
    let kinds = FaultKind.allCases.map(\.rawValue)
    return ValueKind("KIND[=PROBABILITY]", completion: .choices(kinds)) { (text) throws(ValueProblem) in
      guard let fault = Fault(text) else {
        let kind = String(text.prefix { $0 != "=" })
        if kinds.contains(kind) {
          throw .other("its probability must be a number from 0 to 1", hint: "write it as \(kind)=0.1")
        }
        let meant = nearest(to: kind, among: kinds)
        let hint = meant.map { "did you mean \($0)?" } ?? "write it as \(kinds[0]), or as \(kinds[0])=0.1"
        throw .other("it is no fault", hint: hint)
      }
      return fault
    }
  }
}
