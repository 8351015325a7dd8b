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

  /// It was started with another profile, which may be of another account.
  static func otherProfile(_ owner: JobOwner, than account: Account) -> Failure {
    guard (owner.provider, owner.baseURL) == (account.provider, account.baseURL) else {
      return otherAccount(owner, than: account)
    }
    let profile = owner.profile.map { "with the profile '\($0)'" } ?? "without a profile"
    return Failure(
      "input", .usage, "the job '\(owner.job)' was started \(profile)", hint: "leave --profile out, or name that one")
  }

  /// The name belongs to a job of another account.
  static func otherAccount(_ owner: JobOwner, than account: Account) -> Failure {
    Failure(
      "input", .usage, "the job '\(owner.job)' belongs to another account: \(owner.difference(from: account))",
      hint: "start a job with another name, or use the profile of the first run; to send the rest of this job with "
        + "this account: \(owner.sendingRest)")
  }

  /// Another process works on it.
  static func busyJob(_ name: String) -> Failure {
    Failure(
      "busy", .busy, "another run works on the job '\(name)'",
      hint: "\("sms jobs --job \(name.shellQuoted)".asCommand) shows how far it is")
  }

  /// A job without a name of its own for the same input is not over.
  static func unfinished(_ job: JobRecord, _ owner: JobOwner, _ reference: JobReference) -> Failure {
    let rest = [(job.counts.pending, "not sent yet"), (job.counts.unknown, "unknown")].filter { $0.0 > 0 }
    let state = rest.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return Failure(
      "busy", .busy,
      "the job '\(job.job)' for the same messages is not over: of \(counted(job.counts.rows, "row")) \(state)",
      hint: owner.baseURL == nil
        ? "it has no account, as an earlier version started it; to send the rest of it: \(owner.sendingRest); to send "
          + "the whole list again, add --new"
        : "go on with it by \(reference.resuming()), or send all of it again with --new")
  }
}

extension JobOwner {
  /// Such as `it was started with https://one.example, and this run uses https://two.example`.
  fileprivate func difference(from account: Account) -> String {
    guard let baseURL else {
      return "an earlier version of sms started it and did not record which; this run uses \(account.baseURL)"
    }
    guard (baseURL, provider) == (account.baseURL, account.provider) else {
      return "it was started with \(baseURL), and this run uses \(account.baseURL)"
    }
    return "it was started with another key for \(baseURL)"
  }

  /// A command that sends the rows that never left as a new job, as it is typed.
  fileprivate var sendingRest: String {
    "sms log --job \(job.shellQuoted) --status planned -o csv --columns to,body,from | sms bulk -"
  }
}
