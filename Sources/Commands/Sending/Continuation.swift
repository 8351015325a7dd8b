import Application

/// How to continue after a run that left messages unknown or unsent.
enum Continuation {
  case job(JobLabel)
  /// The send has a key: running the same command again continues it.
  case sameCommand(canReconcile: Bool)

  var job: JobLabel? { if case .job(let job) = self { job } else { nil } }

  /// What to do about messages of unknown outcome.
  var unknownHint: String {
    switch self {
    case .job(let job) where job.canReconcile:
      let question = job.reference.resuming("--reconcile")
      return "\(question) asks the provider about unknown messages; --retry-unknown sends them again"
    case .job(let job):
      return "check with the provider; \(job.reference.resuming("--retry-unknown")) sends unknown messages again"
    case .sameCommand(canReconcile: true):
      return
        "the same command with --reconcile asks the provider about unknown messages; another --key sends them again"
    case .sameCommand(canReconcile: false):
      return "check with the provider; the same command with another --key sends unknown messages again"
    }
  }

  /// What to do about unsent messages. A job that has sent messages can't change its account.
  func pendingHint(keepsCredentials: Bool) -> String {
    switch self {
    case .job(let job) where keepsCredentials:
      "to send the rest, use the credentials that the job started with: \(job.reference.resumeCommand())"
    case .job(let job): "\(job.reference.resuming()) sends the rest"
    case .sameCommand: "run the same command again to send the rest"
    }
  }
}
