import Messaging

extension JobError {
  var exitCode: ExitCode {
    switch self {
    case .missing, .otherInput, .otherOwner: .usage
    case .busy, .unfinished: .busy
    }
  }

  var failure: Failure {
    switch self {
    case .missing(let name):
      Failure("input", "there is no job '\(name)'", hint: "'sms jobs' lists them")
    case .otherInput(let name):
      Failure(
        "input", "the job '\(name)' is about other messages, another profile, or another shard",
        hint: "give the new job a name of its own, or go on with the old one by 'sms bulk --resume \(name)'")
    case .otherOwner(let name, let provider, let profile):
      Failure(
        "input", "the job '\(name)' was begun through \(profile.map { "the profile '\($0)' of " } ?? "")\(provider)",
        hint: "leave --profile out, or name that one")
    case .busy(let name):
      Failure("busy", "another run works on the job '\(name)'", hint: "'sms jobs --job \(name)' shows how far it is")
    case .unfinished(let job): job.failure
    }
  }
}

extension JobRecord {
  /// That it stands in the way of another job for the same input.
  fileprivate var failure: Failure {
    let rest = [(counts.pending, "not sent yet"), (counts.unknown, "unknown")].filter { $0.0 > 0 }
    let state = rest.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return Failure(
      "busy", "the job '\(job)' for the same messages is not over: of \(counted(counts.rows, "row")) \(state)",
      hint: "go on with it by 'sms bulk --resume \(job)', or send all of it again with --new")
  }
}
