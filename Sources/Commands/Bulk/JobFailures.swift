import Application
import Configuration
import Ledger
import Messaging
import TextFormats

/// Why a job can't be begun, or gone on with.
extension Failure {
  static func missingJob(_ name: String) -> Failure {
    Failure("input", .usage, "there is no job '\(name)'", hint: "'sms jobs' lists them")
  }

  /// The name belongs to a job with other input.
  static func otherInput(_ difference: JobDifference, _ job: JobReference) -> Failure {
    Failure(
      "input", .usage, "the job '\(job.name)' was started with \(difference.words)",
      hint: "to send this list, give it another name with --job; \(job.resuming()) goes on with the old one")
  }

  /// It was closed before all of it was sent.
  static func abandoned(_ job: JobRecord, now: Timestamp) -> Failure {
    let time = job.finishedAt.map { " \($0.ago(now))" } ?? ""
    return Failure(
      "input", .usage, "the job '\(job.job)' was canceled\(time) (\(job.counts.words))",
      hint: "to send what is left, give the list another name with --job")
  }

  /// It was started with another profile, which may be of another account.
  static func otherProfile(_ owner: JobOwner, than session: ProviderSession) -> Failure {
    let account = session.account
    guard (owner.provider, owner.baseURL) == (account.provider, account.baseURL) else {
      return otherAccount(owner, than: session)
    }
    let profile = owner.profile.map { "with the profile '\($0)'" } ?? "without a profile"
    return Failure(
      "input", .usage, "the job '\(owner.job)' was started \(profile)", hint: "leave --profile out, or name that one")
  }

  /// The name belongs to a job of another account.
  static func otherAccount(_ owner: JobOwner, than session: ProviderSession) -> Failure {
    let account = session.account
    let isKeyAlone = (owner.baseURL, owner.provider) == (account.baseURL, account.provider)
    return Failure(
      "input", .usage, "the job '\(owner.job)' belongs to another account: \(owner.difference(from: account))",
      hint: isKeyAlone ? keyHint(owner.job, session.context) : accountHint(owner, session.context))
  }

  private static func accountHint(_ owner: JobOwner, _ context: Context) -> String {
    let others = owner.baseURL == nil ? "" : ", or use the account of the first run"
    return "give the new job another name\(others); to send the rest of '\(owner.job)' "
      + "with this account: \(context.sendingRest(ofJob: owner.job))"
  }

  /// Nothing here can tell whether a new key leads to the same messages.
  private static func keyHint(_ job: String, _ context: Context) -> String {
    "use the old key while it works; without it, look up unknown messages with the provider "
      + "(\(context.rows(ofJob: job, "unknown"))), then send the rest: \(context.sendingRest(ofJob: job))"
  }

  /// Another process works on it.
  static func busyJob(_ name: String) -> Failure {
    Failure(
      "busy", .busy, "another run works on the job '\(name)'",
      hint: "\("sms jobs \(name.shellQuoted)".asCommand) shows how far it is", details: ErrorDetails(job: name))
  }

  /// A job without a name of its own for the same input is not over.
  static func unfinished(_ job: JobRecord, _ owner: JobOwner, _ context: Context) -> Failure {
    let rest = [(job.counts.pending, "not sent yet"), (job.counts.unknown, "unknown")].filter { $0.0 > 0 }
    let first = rest.first.map { "\($0.0) of \(counted(job.counts.rows, "row")) \($0.1)" }
    let state = ([first] + rest.dropFirst().map { "\($0.0) \($0.1)" }).compactMap(\.self).joined(separator: ", ")
    let list = job.input.map { " for \($0)" } ?? ""
    let start = job.createdAt.ago(context.environment.now())
    return Failure(
      "busy", .busy,
      "the job '\(job.job)'\(list), started \(start), is not finished: \(state)",
      hint: waysOut(of: job, owner, context), details: ErrorDetails(job: job.job))
  }

  private static func waysOut(of job: JobRecord, _ owner: JobOwner, _ context: Context) -> String {
    let closing = "\(context.command(["jobs", "cancel", job.job])) closes it"
    guard owner.baseURL != nil else {
      let rest = context.sendingRest(ofJob: job.job)
      return
        "it has no account, as an earlier version started it; to send the rest of it: \(rest); --new closes it and "
        + "sends everything again, \(closing)"
    }
    let going = context.reference(toJob: job.job).resuming()
    return "\(going) goes on with it, --new closes it and sends everything again, \(closing)"
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
}

extension Context {
  /// A command that sends the rows of a job that never left as a new job, as it is typed.
  fileprivate func sendingRest(ofJob job: String) -> String {
    "\(rows(ofJob: job, "planned")) -o csv --columns to,body,from | " + commandLine(["bulk", "-"])
  }

  /// A command that shows the rows of a job with a status, as it is typed.
  fileprivate func rows(ofJob job: String, _ status: String) -> String {
    // Not with the profile, by which `log` would choose.
    let config = globals[GlobalOptions.config].map { "--config \($0.shellQuoted) " } ?? ""
    return "sms \(config)log --job \(job.shellQuoted) --status \(status)"
  }
}

extension JobDifference {
  /// What differs, the rows first.
  fileprivate var words: String {
    guard hasOtherRows else {
      return hasOtherProfile
        ? "another profile" : hasOtherOptions ? "other options" : "another time or shard"
    }
    let parts = [(new, "new"), (changed, "changed"), (gone, "gone")].filter { !$0.0.isEmpty }
    return "another list: " + parts.map { Self.words($0.0, $0.1) }.joined(separator: ", ")
  }

  /// Such as `2 rows are new (rows 4, 5)`.
  private static func words(_ rows: [Int], _ state: String) -> String {
    let most = 5
    let more = rows.count > most ? " and \(rows.count - most) more" : ""
    let list = rows.prefix(most).map(String.init).joined(separator: ", ") + more
    return rows.count == 1 ? "1 row is \(state) (row \(list))" : "\(rows.count) rows are \(state) (rows \(list))"
  }
}
