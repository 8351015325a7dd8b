import Application
import CommandLineKit

/// The options of `bulk` that select a job of the ledger.
struct JobOptions: Sendable {
  static let job = Option(
    "job", value: .jobName, group: group,
    help: "Name the job. Repeating the command with the same name sends only what wasn't sent.")
  static let resume = Option(
    "resume", value: .jobName, group: group, help: "Continue this job; FILE isn't needed.")
  static let new = Flag(
    "new", group: group, help: "Cancel the unfinished job; send everything again.")
  static let retryUnknown = Flag(
    "retry-unknown", group: group, help: "Resend unknown messages; some may arrive twice.")
  static let reconcile = Flag(
    "reconcile", group: group, help: "Ask the provider about unknown messages. Those it never received are sent.")
  static let settle = Option(
    "settle", value: .duration, fallback: "timeout + 1m", variable: "SMS_SETTLE", group: group,
    help: "How long a lost request may still arrive. Requires --reconcile.")

  static let retryFailed = Flag(
    "retry-failed", group: group, help: "Resend failed messages. Requires --job or --resume.")

  static let all: [any OptionDeclaration] = [job, resume, new, reconcile, settle, retryUnknown, retryFailed]

  private static let group = "Job"

  var name: String?
  var resumed: String?
  var startsAnew: Bool
  var retriesUnknown: Bool
  var reconciles: Bool
  var retriesFailed: Bool
  /// How long a request whose reply was lost may take to arrive; nil for the profile's setting.
  var settle: Duration?

  /// Throws if options contradict each other.
  init(_ parsed: Parsed) throws(UsageError) {
    try parsed.allowOne(of: Self.job, Self.resume, Self.new)
    try parsed.allowOne(of: Self.reconcile, Self.retryUnknown)
    try parsed.require(Self.retryFailed, with: Self.job, Self.resume)
    name = parsed[Self.job]
    resumed = parsed[Self.resume]
    startsAnew = parsed[Self.new]
    retriesUnknown = parsed[Self.retryUnknown]
    reconciles = parsed[Self.reconcile]
    retriesFailed = parsed[Self.retryFailed]
    settle = parsed[Self.settle]
  }
}

extension ValueKind where Value == String {
  /// A name of 1 to 100 visible characters.
  fileprivate static var jobName: Self {
    ValueKind("JOB", completion: .dynamic("jobs")) { (text) throws(ValueProblem) in
      guard !text.isEmpty else { throw .empty }
      guard text.isName(upTo: 100) else {
        throw .other("not a valid job name", hint: "use up to 100 characters, without control characters")
      }
      return text
    }
  }
}
