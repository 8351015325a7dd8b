import Messaging
import TextFormats

extension JobCounts {
  /// The outcomes of the messages, as part of a sentence that works for all combinations.
  ///
  /// Without `namesSent`, the number of sent messages is left out if there are other outcomes.
  func outcome(namesSent: Bool) -> String {
    let groups = OutcomeGroup.all(of: self)
    let total = groups.reduce(0) { $0 + $1.count }
    if groups.count == 1, let group = groups.first { return group.kind.words(total) }
    let named = groups.filter { namesSent || $0.kind != .sent }
    guard let first = named.first else { return "there was no message to send" }
    let rest = named.dropFirst().map { "\($0.count) \($0.kind.participle)" }
    return (["\(first.count) of \(counted(total, "message")) \(first.kind.participle)"] + rest).joined(separator: ", ")
  }
}

/// A number of messages with the same outcome.
private struct OutcomeGroup {
  enum Kind {
    case sent, failed, unknown, notSent
  }

  var kind: Kind
  var count: Int

  /// The groups that aren't empty.
  static func all(of counts: JobCounts) -> [OutcomeGroup] {
    [
      OutcomeGroup(kind: .sent, count: counts.accepted), OutcomeGroup(kind: .failed, count: counts.failed),
      OutcomeGroup(kind: .unknown, count: counts.unknown), OutcomeGroup(kind: .notSent, count: counts.pending),
    ].filter { $0.count > 0 }
  }
}

extension OutcomeGroup.Kind {
  /// The word that follows a number of messages.
  fileprivate var participle: String {
    switch self {
    case .sent: "sent"
    case .failed: "failed"
    case .unknown: "unknown"
    case .notSent: "not sent"
    }
  }

  /// The words if all messages, at least 1, have this outcome.
  fileprivate func words(_ count: Int) -> String {
    let all = count == 1 ? "the message" : count == 2 ? "both messages" : "all \(count) messages"
    switch self {
    case .sent: return "\(all) had been sent"
    case .failed: return "\(all) failed"
    case .unknown: return "\(all) may or may not have been sent"
    case .notSent:
      return count == 1
        ? "the message was not sent"
        : count == 2 ? "neither message was sent" : "none of the \(count) messages was sent"
    }
  }
}
