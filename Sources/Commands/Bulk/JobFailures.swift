import Application
import Ledger
import Messaging
import TextFormats

/// Why a job can't be begun, or gone on with.
extension Failure {
  static func missingJob(_ name: String) -> Failure {
    Failure("input", .usage, "there is no job '\(name)'", hint: "'sms jobs' lists them")
  }

  /// The name belongs to a job with other input.
  static func otherInput(of job: JobReference) -> Failure {
    Failure(
      "input", .usage, "the job '\(job.name)' is about other messages, another profile, or another shard",
      hint: "give the new job a name of its own, or go on with the old one by \(job.resuming())")
  }

  /// It was begun through another provider or profile.
  static func otherOwner(_ owner: JobOwner) -> Failure {
    let profile = owner.profile.map { "the profile '\($0)' of " } ?? ""
    return Failure(
      "input", .usage, "the job '\(owner.job)' was begun through \(profile)\(owner.provider)",
      hint: "leave --profile out, or name that one")
  }

  /// The name belongs to a job of another account.
  static func otherAccount(_ owner: JobOwner, than account: Account) -> Failure {
    Failure("input", .usage, "the job '\(owner.job)' was started with another account (\(owner.baseURL ?? "unknown"))")
  }

  /// Another process works on it.
  static func busyJob(_ name: String) -> Failure {
    Failure(
      "busy", .busy, "another run works on the job '\(name)'",
      hint: "\("sms jobs --job \(name.shellQuoted)".asCommand) shows how far it is")
  }

  /// A job without a name of its own for the same input is not over.
  static func unfinished(_ job: JobRecord, _ reference: JobReference) -> Failure {
    let rest = [(job.counts.pending, "not sent yet"), (job.counts.unknown, "unknown")].filter { $0.0 > 0 }
    let state = rest.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return Failure(
      "busy", .busy,
      "the job '\(job.job)' for the same messages is not over: of \(counted(job.counts.rows, "row")) \(state)",
      hint: "go on with it by \(reference.resuming()), or send all of it again with --new")
  }
}
