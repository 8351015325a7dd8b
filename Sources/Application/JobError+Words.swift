import Configuration
import Messaging

extension JobError {
  package var exitCode: ExitCode {
    switch self {
    case .missing, .otherInput, .otherOwner: .usage
    case .busy, .unfinished: .busy
    }
  }

  package var failure: Failure {
    switch self {
    case .missing(let name):
      Failure("input", "there is no job '\(name)'", hint: "'sms jobs' lists them")
    case .otherInput(let job):
      Failure(
        "input", "the job '\(job.name)' is about other messages, another profile, or another shard",
        hint: "give the new job a name of its own, or go on with the old one by \(job.resuming())")
    case .otherOwner(let name, let provider, let profile):
      Failure(
        "input", "the job '\(name)' was begun through \(profile.map { "the profile '\($0)' of " } ?? "")\(provider)",
        hint: "leave --profile out, or name that one")
    case .busy(let name):
      Failure(
        "busy", "another run works on the job '\(name)'",
        hint: "\("sms jobs --job \(name.shellQuoted)".asCommand) shows how far it is")
    case .unfinished(let job, let reference): job.failure(reference)
    }
  }
}

extension JobRecord {
  /// That it stands in the way of another job for the same input.
  fileprivate func failure(_ reference: JobReference) -> Failure {
    let rest = [(counts.pending, "not sent yet"), (counts.unknown, "unknown")].filter { $0.0 > 0 }
    let state = rest.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return Failure(
      "busy", "the job '\(job)' for the same messages is not over: of \(counted(counts.rows, "row")) \(state)",
      hint: "go on with it by \(reference.resuming()), or send all of it again with --new")
  }
}

extension JobReference {
  /// The command that goes on with it, to be copied into a shell; `option` is one more.
  package func resuming(_ option: String? = nil) -> String {
    let configuration = config.map { ["--config", $0.shellQuoted] } ?? []
    let words = ["sms"] + configuration + ["bulk", "--resume", name.shellQuoted] + [option].compactMap(\.self)
    return words.joined(separator: " ").asCommand
  }
}

extension String {
  /// A command within a sentence: in quotes, unless it has some of its own.
  fileprivate var asCommand: String { contains("'") ? self : "'\(self)'" }
}
