import Configuration
import Messaging
import TextFormats

/// How a job is named on a command line.
package struct JobReference: Hashable, Sendable {
  package var name: String
  /// The configuration file given with `--config`.
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

extension JobReference {
  /// The command that resumes the job, quoted for use in a sentence; `option` is added to it.
  package func resuming(_ option: String? = nil) -> String { resumeCommand(option).asCommand }

  /// The command that resumes the job, unquoted, to be pasted into a shell.
  package func resumeCommand(_ option: String? = nil) -> String {
    let configuration = config.map { ["--config", $0.shellQuoted] } ?? []
    let words = ["sms"] + configuration + ["bulk", "--resume", name.shellQuoted] + [option].compactMap(\.self)
    return words.joined(separator: " ")
  }
}

extension Context {
  /// An `sms` command with this run's profile and configuration file, quoted for use in a sentence.
  package func command(_ words: [String]) -> String { commandLine(words).asCommand }

  /// An `sms` command with this run's profile and configuration file, unquoted, to be pasted into a shell.
  package func commandLine(_ words: [String]) -> String {
    let options = [("--config", globals[GlobalOptions.config]), ("--profile", globals[GlobalOptions.profile])]
    let given = options.flatMap { name, value in value.map { [name, $0.shellQuoted] } ?? [] }
    return (["sms"] + given + words.map(\.shellQuoted)).joined(separator: " ")
  }
}

extension String {
  /// A command in a sentence: quoted, unless it contains quotes.
  package var asCommand: String { contains("'") ? self : "'\(self)'" }
}

/// A job as hints refer to it.
package struct JobLabel: Hashable, Sendable {
  package var reference: JobReference
  /// Whether its provider can look up messages with an unknown outcome.
  package var canReconcile: Bool

  package init(reference: JobReference, canReconcile: Bool) {
    self.reference = reference
    self.canReconcile = canReconcile
  }
}

extension Failure {
  /// A second signal ended a run while messages were being sent.
  package static func endedAtOnce(_ job: JobLabel?) -> Failure {
    let state = "stopped immediately; messages without a reply may or may not have been sent"
    guard let job else {
      return Failure(
        "interrupted", .io, state, hint: "'sms log --limit 5' shows them; check with the provider before sending again"
      )
    }
    let next = job.reference.resuming(job.canReconcile ? "--reconcile" : nil)
    let consequence = job.canReconcile ? "asks the provider about them and sends the rest" : "sends the rest"
    return Failure(
      "interrupted", .io, state, hint: "\(next) \(consequence)", details: ErrorDetails(job: job.reference.name))
  }
}
