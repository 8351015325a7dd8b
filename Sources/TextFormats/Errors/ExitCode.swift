/// The exit code of the program; `docs/exit-codes.md` explains each.
package enum ExitCode: Hashable, Sendable {
  case success
  /// The provider refused some or all messages, gave an invalid answer, or has no such thing.
  case refused
  /// Usage or input error; nothing was sent.
  case usage
  /// Configuration error; nothing was sent.
  case configuration
  case credentials
  /// Unreachable, too slow, kept answering "later", or out of credit; the rest was not sent.
  case unavailable
  /// The outcome of at least one message is unknown.
  case unknown
  /// The provider doesn't support that.
  case unsupported
  case waitedTooLong
  case busy
  /// Local input or output failed.
  case io
  /// Ended by the signal with this number.
  case signal(Int32)
  /// The exit code of another program, or a common convention.
  case other(Int32)

  /// The number seen by the shell.
  package var number: Int32 {
    switch self {
    case .success: 0
    case .refused: 1
    case .usage: 2
    case .configuration: 3
    case .credentials: 4
    case .unavailable: 5
    case .unknown: 6
    case .unsupported: 7
    case .waitedTooLong: 8
    case .busy: 9
    case .io: 10
    case .signal(let number): 128 + number
    case .other(let number): number
    }
  }

  /// The one to report if several apply.
  package static func worst(of codes: some Sequence<ExitCode>) -> ExitCode {
    codes.max { $0.weight < $1.weight } ?? .success
  }

  private var weight: Int {
    switch self {
    case .success: 0
    case .waitedTooLong: 1
    case .refused: 2
    case .busy: 3
    case .unavailable: 4
    case .credentials: 5
    // Only if profiles are checked one by one; otherwise it ends a command before others can apply, like the last two.
    case .configuration: 6
    case .unknown: 7
    case .signal: 8
    case .io: 9
    case .unsupported, .usage, .other: 10
    }
  }
}

extension ExitCode {
  /// All codes, in the order of their numbers.
  package static let documented: [ExitCode] = [
    .success, .refused, .usage, .configuration, .credentials, .unavailable, .unknown, .unsupported, .waitedTooLong,
    .busy, .io, .signal(2), .signal(15),
  ]

  /// What it means, as a sentence.
  package var words: String {
    switch self {
    case .success: "Everything was done as requested."
    case .refused:
      "The provider refused some or all messages, sent an unusable reply, or has no such item."
    case .usage: "Usage or input error, or not confirmed; nothing was sent."
    case .configuration: "Configuration error; nothing was sent."
    case .credentials: "The provider refused the credentials."
    case .unavailable:
      "The provider couldn't be reached, was too slow or busy, or has no credit left; the rest was not sent."
    case .unknown: "The outcome of at least one message is unknown; it is never sent again automatically."
    case .unsupported: "The provider doesn't support this; nothing was sent."
    case .waitedTooLong: "--wait ran out before a final status."
    case .busy: "Busy: another process is working on this job, or there is an unfinished job for the same input."
    case .io: "Local input or output failed, or the state files can't be trusted."
    case .signal(2): "Interrupted (Ctrl-C)."
    case .signal(15): "Terminated."
    case .signal(let number): "Ended by signal \(number)."
    case .other(let number): "Exit code \(number) of another program."
    }
  }
}
