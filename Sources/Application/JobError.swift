import Configuration
import Messaging

/// Why a job can't be begun, or gone on with.
package enum JobError: Hashable, Sendable {
  /// There is no job of that name.
  case missing(name: String)
  /// The name belongs to a job with other input.
  case otherInput(JobReference)
  /// It was begun through another provider or profile.
  case otherOwner(name: String, provider: String, profile: String?)
  /// Another process works on it.
  case busy(name: String)
  /// A job without a name of its own for the same input is not over.
  case unfinished(JobRecord, JobReference)
}

/// What leads to a job on a command line.
package struct JobReference: Hashable, Sendable {
  package var name: String
  /// The configuration file that the user named for this run.
  package var config: String?

  package init(name: String, config: String?) {
    self.name = name
    self.config = config
  }
}

extension Context {
  package func reference(toJob name: String) -> JobReference {
    JobReference(name: name, config: globals[GlobalOptions.config])
  }
}
