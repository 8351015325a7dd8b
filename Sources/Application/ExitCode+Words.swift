extension ExitCode {
  /// Every code there is, in the order of their numbers.
  package static let documented: [ExitCode] = [
    .success, .refused, .usage, .configuration, .credentials, .unavailable, .unknown, .unsupported, .waitedTooLong,
    .busy, .io, .signal(2), .signal(15),
  ]

  /// What it means, as a sentence.
  package var words: String {
    switch self {
    case .success: "All that was asked for was done."
    case .refused:
      "The provider refused some or all of it, gave no answer to trust to a question, or has no such thing."
    case .usage: "Wrong usage or bad input, or not confirmed; nothing was sent."
    case .configuration: "The configuration is wrong; nothing was sent."
    case .credentials: "The provider refused the credentials."
    case .unavailable:
      "The provider was not reached, was too slow, kept answering 'later', or has no credit left; the rest was not sent."
    case .unknown: "The outcome of at least one message is unknown: it is never sent again by itself."
    case .unsupported: "This provider can't do that; nothing was sent."
    case .waitedTooLong: "--wait ran out before a final status."
    case .busy: "Busy: another run holds this job, or an unfinished job exists for the same input."
    case .io: "Local input or output failed."
    case .signal(2): "Interrupted (Ctrl-C)."
    case .signal(15): "Terminated."
    case .signal(let number): "Ended by signal \(number)."
    }
  }
}
