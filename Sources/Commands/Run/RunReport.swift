import Application
import Platform

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
