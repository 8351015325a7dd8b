import Application
import CommandLineKit

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
