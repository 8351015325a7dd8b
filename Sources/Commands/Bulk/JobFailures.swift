import Application
import Configuration
import Ledger
import Messaging
import TextFormats

/// Why a job can't be started or resumed.
extension Failure {
  static func missingJob(_ name: String, _ context: Context, meaning action: String? = nil) -> Failure {
    let list = "\(context.command(["jobs"])) lists all jobs"
    let hint = action.map { "did you mean 'sms jobs \($0)'? \(list)" } ?? list
    return Failure("input", .usage, "no job named '\(name)'", hint: hint)
  }

  /// The name belongs to a job with other input.
  static func otherInput(_ difference: JobDifference, _ job: JobReference) -> Failure {
    Failure(
      "input", .usage, "job '\(job.name)' was started with \(difference.words)",
      hint: "use another --job name for this list; to continue the old job: \(job.resumeCommand())")
  }

  /// The job was canceled before all of it was sent.
  static func abandoned(_ job: JobRecord, now: Timestamp, _ context: Context) -> Failure {
    let time = job.finishedAt.map { " \($0.ago(now))" } ?? ""
    return Failure(
      "input", .usage, "job '\(job.job)' was canceled\(time) (\(job.counts.words))",
      hint: "to send the rest: \(context.sendingRest(ofJob: job.job))")
  }

  /// The job was started with another profile, which may be of another account.
  static func otherProfile(_ owner: JobOwner, than account: Account, _ context: Context) -> Failure {
    guard (owner.provider, owner.baseURL) == (account.provider, account.baseURL) else {
      return otherAccount(owner, than: account, context)
    }
    let profile = owner.profile.map { "with profile '\($0)'" } ?? "without a profile"
    let hint = owner.profile.map { "add -p \($0.shellQuoted), or omit --profile" } ?? "omit --profile"
    return Failure("input", .usage, "job '\(owner.job)' was started \(profile)", hint: hint)
  }

  /// The name belongs to a job of another account.
  static func otherAccount(_ owner: JobOwner, than account: Account, _ context: Context) -> Failure {
    let isKeyAlone = (owner.baseURL, owner.provider) == (account.baseURL, account.provider)
    return Failure(
      "input", .usage, "job '\(owner.job)' belongs to another account: \(owner.difference(from: account))",
      hint: isKeyAlone ? keyHint(owner.job, context) : accountHint(owner, context))
  }

  private static func accountHint(_ owner: JobOwner, _ context: Context) -> String {
    "use another --job name; to send the rest with this account: \(context.sendingRest(ofJob: owner.job))"
  }

  /// Nothing here shows whether a new key accesses the same messages.
  private static func keyHint(_ job: String, _ context: Context) -> String {
    "use the old key; if it no longer works, send the rest: \(context.sendingRest(ofJob: job))"
  }

  /// Another process is working on the job.
  static func busyJob(_ name: String) -> Failure {
    Failure(
      "busy", .busy, "job '\(name)' is already running",
      hint: "to see its progress: sms jobs \(name.shellQuoted)", details: ErrorDetails(job: name))
  }

  /// An earlier job without a name, for the same input, is unfinished.
  static func unfinished(_ job: JobRecord, _ owner: JobOwner, _ context: Context) -> Failure {
    let rest = [(job.counts.pending, "not sent"), (job.counts.unknown, "unknown")].filter { $0.0 > 0 }
    let first = rest.first.map { "\($0.0) of \(counted(job.counts.rows, "row")) \($0.1)" }
    let state = ([first] + rest.dropFirst().map { "\($0.0) \($0.1)" }).compactMap(\.self).joined(separator: ", ")
    let list = job.input.map { " for \($0)" } ?? ""
    let start = job.createdAt.ago(context.environment.now())
    return Failure(
      "busy", .busy,
      "job '\(job.job)'\(list), started \(start), is unfinished: \(state)",
      hint: waysOut(of: job, owner, context), details: ErrorDetails(job: job.job))
  }

  private static func waysOut(of job: JobRecord, _ owner: JobOwner, _ context: Context) -> String {
    guard owner.baseURL != nil else {
      return "to send the rest: \(context.sendingRest(ofJob: job.job)); to send all again: --new"
    }
    let resuming = context.reference(toJob: job.job).resumeCommand(job.counts.pending > 0 ? nil : "--reconcile")
    let canceling = context.commandLine(["jobs", "cancel", job.job])
    return "to continue: \(resuming); to give up: \(canceling); to send all again: --new"
  }
}

extension JobOwner {
  /// For example, `it was started with https://one.example, but this run uses https://two.example`.
  fileprivate func difference(from account: Account) -> String {
    guard let baseURL else {
      return "an earlier version of sms started it, and didn't record the account"
    }
    guard (baseURL, provider) == (account.baseURL, account.provider) else {
      return "it was started with \(baseURL), but this run uses \(account.baseURL)"
    }
    return "it was started with another key for \(baseURL)"
  }
}

extension Context {
  /// A shell command that sends a job's unsent rows as a new job.
  fileprivate func sendingRest(ofJob job: String) -> String {
    "\(rows(ofJob: job, "planned")) -o csv --columns to,body,from | " + commandLine(["bulk", "-"])
  }

  /// A shell command that prints a job's rows with a status.
  fileprivate func rows(ofJob job: String, _ status: String) -> String {
    // Without the profile, because `log` would filter by it.
    let config = globals[GlobalOptions.config].map { "--config \($0.shellQuoted) " } ?? ""
    return "sms \(config)log --job \(job.shellQuoted) --status \(status)"
  }
}

extension JobDifference {
  /// What differs, starting with the rows.
  fileprivate var words: String {
    guard hasOtherRows else {
      return hasOtherProfile
        ? "a different profile" : hasOtherOptions ? "different options" : "another --at or --shard"
    }
    let parts = [(new, "new"), (changed, "changed"), (gone, "missing")].filter { !$0.0.isEmpty }
    return "a different list: " + parts.map { Self.words($0.0, $0.1) }.joined(separator: ", ")
  }

  /// For example, `2 new rows (4, 5)`.
  private static func words(_ rows: [Int], _ state: String) -> String {
    let most = 5
    let more = rows.count > most ? " and \(rows.count - most) more" : ""
    let list = rows.prefix(most).map(String.init).joined(separator: ", ") + more
    return "\(counted(rows.count, "\(state) row")) (\(list))"
  }
}

extension Failure {
  /// One for each reason why a job can't be started or resumed.
  static func jobExamples(_ context: Context) -> [Failure] {
    let now = context.environment.now()
    let account = Account(provider: "sendapp", baseURL: "https://two.example", credentials: .none)
    var owner = JobOwner(job: "spring", provider: "sendapp", profile: "office", baseURL: "https://one.example")
    var failures = [otherAccount(owner, than: account, context)]
    owner.baseURL = account.baseURL
    failures += [otherAccount(owner, than: account, context), otherProfile(owner, than: account, context)]
    var job = JobRecord(job: "spring", state: .interrupted, createdAt: now.adding(seconds: -7200))
    (job.input, job.finishedAt, job.counts.planned, job.counts.unknown) = ("list.csv", now, 2, 1)
    failures.append(unfinished(job, owner, context))
    (owner.profile, owner.baseURL) = (nil, nil)
    failures += [
      otherProfile(owner, than: account, context), unfinished(job, owner, context), abandoned(job, now: now, context),
      missingJob("sprnig", context), missingJob("cancl", context, meaning: "cancel"), busyJob("spring"),
    ]
    var difference = JobDifference(job: "spring")
    let reference = context.reference(toJob: "spring")
    failures.append(otherInput(difference, reference))
    difference.hasOtherOptions = true
    failures.append(otherInput(difference, reference))
    difference.hasOtherProfile = true
    failures.append(otherInput(difference, reference))
    difference.new = [4, 5]
    difference.changed = [1]
    return failures + [otherInput(difference, reference)]
  }
}
