import Application
import CommandLineKit

/// The options of `bulk` that say which job of the ledger it is about.
struct JobOptions: Sendable {
  static let job = Option(
    "job", value: .jobName, group: group,
    help: "Name of the job: the same command again sends only what is left of it.")
  static let resume = Option(
    "resume", value: .jobName, group: group, help: "Go on with this job; FILE can be left out.")
  static let new = Flag(
    "new", group: group, help: "Begin anew, and close the job for the same messages that is not over.")
  static let retryUnknown = Flag(
    "retry-unknown", group: group, help: "Send messages of unknown outcome again: they may arrive twice.")
  static let reconcile = Flag(
    "reconcile", group: group, help: "Ask the provider about messages of unknown outcome; send what it does not have.")
  static let settle = Option(
    "settle", value: .duration, fallback: "the timeout and a minute", variable: "SMS_SETTLE", group: group,
    help: "With --reconcile: how long a request may still arrive.")

  static let retryFailed = Flag(
    "retry-failed", group: group, help: "With --job or --resume: send messages again that failed.")

  static let all: [any OptionDeclaration] = [job, resume, new, reconcile, settle, retryUnknown, retryFailed]

  private static let group = "Job"

  var name: String?
  var resumed: String?
  var startsAnew: Bool
  var retriesUnknown: Bool
  var reconciles: Bool
  var retriesFailed: Bool
  /// How long a request whose reply was lost may still arrive; nil for the profile's.
  var settle: Duration?

  /// Throws where options contradict each other.
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
        throw .other("it is no name for a job", hint: "take up to 100 letters, digits and signs")
      }
      return text
    }
  }
}
