import Application
import Configuration
import Messaging
import Output
import TextFormats

/// Describes the outcome of a single message on a terminal: `Sent to +15550100001 (queued, 1 segment, id 4)`.
struct MessageSentence {
  private let context: Context

  /// Nil if records are printed: not on a terminal, in another format, or with columns or the provider's own object.
  init?(_ context: Context) {
    let globals = context.globals
    guard context.showsTable, globals[GlobalOptions.columns] == nil, !globals[GlobalOptions.raw] else { return nil }
    self.context = context
  }

  fileprivate init(of context: Context) { self.context = context }

  /// The sentence for a message; `isDryRun` if it wasn't supposed to be sent.
  func line(_ record: MessageRecord, isDryRun: Bool = false) -> String {
    let number = record.to ?? "?"
    let details = details(record).joined(separator: ", ")
    let reason = record.error.map { ": \($0.message.withoutFinalPeriod)" } ?? ""
    let start =
      switch record.status {
      case .accepted where isForLater(record), .queued where isForLater(record), .scheduled:
        "Will be sent to \(number)\(time(record))"
      case .accepted, .queued, .sent: "Sent to \(number)"
      case .delivered: "Delivered to \(number)"
      case .received: "Received from \(record.from ?? "?")"
      case .planned: isDryRun ? "Would be sent to \(number)\(time(record))" : "Not sent to \(number)"
      case .unknown where record.isKnownToProvider: "Sent to \(number)"
      case .unknown, .sending: "May or may not have been sent to \(number)\(reason)"
      case .failed: "Not delivered to \(number)\(reason)"
      case .canceled, .skipped: "Not sent to \(number)\(reason)"
      }
    let line = "\(start.escapingControls)\(details.isEmpty ? "" : " (\(details))")"
    return colored(line.brokenAtWords(width: context.environment.terminal.width ?? 80), record.status) + "\n"
  }

  private func colored(_ line: String, _ status: MessageStatus) -> String {
    guard context.colorsOutput else { return line }
    let word = status.rawValue
    return line.replacing("(\(word)", with: "(\(CellStyle(status: word).applied(to: word))")
  }

  /// Whether it is scheduled, whatever the provider calls its status.
  private func isForLater(_ record: MessageRecord) -> Bool {
    record.scheduledAt.map { $0 > context.environment.now() } ?? false
  }

  private func time(_ record: MessageRecord) -> String {
    let zone = context.environment.timeZone(nil) ?? .utc
    return record.scheduledAt.map { " at \($0.minute(in: zone))" } ?? ""
  }

  private func details(_ record: MessageRecord) -> [String] {
    let price = record.price.map { ["price \($0)", record.currency].compactMap(\.self).joined(separator: " ") }
    let details = [
      record.status == .planned ? nil : record.status.rawValue,
      record.segments.map { counted($0, "segment") }, price?.escapingControls,
      record.id.map { "id \($0.escapingControls)" },
    ]
    return details.compactMap(\.self)
  }
}

extension MessageSentence {
  /// One for each status.
  static func examples(_ context: Context) -> [String] {
    let sentence = MessageSentence(of: context)
    var lines: [String] = []
    for status in MessageStatus.allCases {
      var record = MessageRecord(status: status)
      (record.to, record.id, record.segments) = ("+15550100001", "4", 1)
      if [.failed, .unknown, .skipped].contains(status) { record.error = MessageError(message: "no reply within 30s") }
      lines.append(sentence.line(record))
      if status == .planned { lines.append(sentence.line(record, isDryRun: true)) }
      record.scheduledAt = context.environment.now().adding(seconds: 86_400)
      if status == .scheduled || status == .queued { lines.append(sentence.line(record)) }
    }
    return lines.map { String($0.dropLast()) }
  }
}

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
