import Application

/// What leads on from a run that left something open.
enum Continuation {
  case job(JobLabel)
  /// The send has a key: the same command goes on with it.
  case sameCommand(canReconcile: Bool)

  /// What to do about messages of unknown outcome.
  var unknownHint: String {
    switch self {
    case .job(let job) where job.canReconcile:
      let question = job.reference.resuming("--reconcile")
      return "\(question) asks the provider about what is unknown, --retry-unknown sends it again"
    case .job(let job):
      return "look at the provider; \(job.reference.resuming("--retry-unknown")) sends what is unknown again"
    case .sameCommand(canReconcile: true):
      return "the same command with --reconcile asks the provider about it; with another --key it is sent again"
    case .sameCommand(canReconcile: false):
      return "look at the provider; the same command with another --key sends it again"
    }
  }

  /// What to do about messages that were not sent.
  var pendingHint: String {
    switch self {
    case .job(let job): "\(job.reference.resuming()) goes on"
    case .sameCommand: "the same command sends what is left"
    }
  }
}
