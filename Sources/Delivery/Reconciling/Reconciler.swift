import Ledger
import Messaging

/// Concludes from a provider's history what became of messages of unknown outcome. A plain value: requests, waiting
/// and recording are done elsewhere.
///
/// *Found* requires the number, the text, a time no earlier than the message left, and an id that no other row has.
/// *Missing* bears the burden of proof, as it is the only conclusion that leads to sending: the complete history was
/// read twice and contained nothing that may be the message. Everything else is unclear.
public struct Reconciler {
  /// What is concluded about a message.
  public enum Conclusion: Hashable, Sendable {
    /// The provider has it; the record is from the history.
    case found(MessageRecord)
    /// The provider does not have it.
    case missing
    case unclear(UnresolvedReason)
  }

  let history: History
  let circumstances: ReconciliationContext
  /// The number of other messages of unknown outcome for each number and text.
  private let rivals: [MessageIdentity: Int]
  private var entries: CandidateEntries

  /// `owners` are other messages of the account whose id occurs in the history; `unknownElsewhere` are others that
  /// are unknown, too.
  public init(
    _ history: History, owners: [NamedMessage], unknownElsewhere: [(number: String, body: String)],
    _ circumstances: ReconciliationContext
  ) {
    self.history = history
    self.circumstances = circumstances
    rivals = unknownElsewhere.reduce(into: [:]) { rivals, message in
      guard let number = try? PhoneNumber(parsing: message.number) else { return }
      rivals[MessageIdentity(to: number, text: message.body), default: 0] += 1
    }
    entries = CandidateEntries(history, owners: owners)
  }

  /// Returns the conclusions in the order of the messages; each entry of the history is used at most once.
  public mutating func conclusions(about messages: [UnresolvedMessage]) -> [Conclusion] {
    var found = [Int: MessageRecord]()
    for index in messages.indices { found[index] = take(named: messages[index]) }
    let rest = messages.indices.filter { found[$0] == nil }
    for equals in Dictionary(grouping: rest, by: { messages[$0].identity }).values {
      found.merge(take(equals, messages)) { $1 }
    }
    return messages.indices.map { index in
      if let record = found[index] { return .found(record) }
      return unclarity(of: messages[index]).map(Conclusion.unclear) ?? .missing
    }
  }

  /// Takes the entry with the id that the provider gave when it accepted the message, regardless of its text and time.
  private mutating func take(named message: UnresolvedMessage) -> MessageRecord? {
    guard let id = message.id else { return nil }
    let place = entries.firstIndex(near: message.number) { candidate in
      candidate.entry.record.id == id && candidate.state == .free
        && NumberMatch(candidate.entry.number, to: message.number) != .other
    }
    return place.map { entries.take($0) }
  }

  /// Takes entries for messages with the same number and text, in the order in which the messages left.
  private mutating func take(_ equals: [Int], _ messages: [UnresolvedMessage]) -> [Int: MessageRecord] {
    var found = [Int: MessageRecord]()
    let rivals = rivals[messages[equals[0]].identity] ?? 0
    for index in equals.sorted(by: { messages[$0].leavesBefore(messages[$1]) }) {
      let message = messages[index]
      let open = equals.count - found.count
      guard rivals == 0 || entries.count(at: message.number, where: { isFound(message, $0) }) >= open + rivals
      else { break }
      let place = entries.firstIndex(at: message.number) { isFound(message, $0) }
      found[index] = place.map { entries.take($0) }
    }
    return found
  }

  private func isFound(_ message: UnresolvedMessage, _ candidate: CandidateEntries.Candidate) -> Bool {
    let entry = candidate.entry
    guard candidate.state == .free, candidate.isIdentified, let time = entry.time, let leftAt = message.leftAt
    else { return false }
    return NumberMatch(entry.number, to: message.number) == .same
      && TextMatch(entry.record.body, to: message.body) == .same && !isBefore(time.lowerBound, leftAt)
  }

  /// Whether a time of the provider is before the message left.
  func isBefore(_ time: Timestamp, _ leftAt: Timestamp) -> Bool { time < history.earliestArrival(of: leftAt) }
}

// MARK: - Missing or unclear

extension Reconciler {
  /// Why it can't be concluded that the message is missing; nil if it can.
  private func unclarity(of message: UnresolvedMessage) -> UnresolvedReason? {
    entries.first(near: message.number) { trace(of: message, in: $0) }
      ?? message.id.map(UnresolvedReason.named)
      ?? history.gap(about: message.number).map(UnresolvedReason.gap)
      ?? circumstances.unclarity(of: message, in: history)
  }

  /// Why an entry may be the message; nil if it can't be.
  private func trace(of message: UnresolvedMessage, in candidate: CandidateEntries.Candidate) -> UnresolvedReason? {
    let entry = candidate.entry
    let number = NumberMatch(entry.number, to: message.number)
    let text = TextMatch(entry.record.body, to: message.body)
    guard number != .other else { return nil }
    if let time = entry.time, let leftAt = message.leftAt, isBefore(time.upperBound, leftAt) {
      let isAnother = text == .other || candidate.state == .placed || text == .absent && candidate.state == .owned
      return isAnother ? nil : .beforeClaim
    }
    switch (number, text, candidate.state) {
    case (.same, .same, .placed), (.same, .same, .owned): return .takenByAnother
    case (_, _, .placed): return nil
    case (.possible, _, _): return .oddNumber
    case (_, .absent, _): return .noText
    case (_, .other, _), (_, .similar, _): return .otherText
    case (_, .same, .free): return isUndated(entry, message) ? .noTime : candidate.isIdentified ? .rivals : .noID
    case (.other, _, _): return nil
    }
  }

  /// Whether its time may be before the message left, because there is none or only the day is known.
  private func isUndated(_ entry: HistoryEntry, _ message: UnresolvedMessage) -> Bool {
    guard let time = entry.time else { return true }
    return message.leftAt.map { isBefore(time.lowerBound, $0) } ?? false
  }
}

/// A message of unknown outcome.
public struct UnresolvedMessage: Sendable {
  let row: Int
  let number: PhoneNumber
  let body: String
  /// When its request left, by our clock at the time; nil if unknown.
  let leftAt: Timestamp?
  /// The provider's id, if its reply gave one although the reply could not be trusted.
  let id: String?
  /// Whether it was scheduled or recurring.
  let isForLater: Bool

  /// The provider's history is masked, so secrets in the text are masked as well.
  public init(_ message: JobMessage, hiding mask: SecretMask) {
    (row, leftAt, id) = (message.row, message.leftAt, message.id)
    (number, body) = (message.message.to, mask.masking(message.message.body))
    isForLater = message.message.scheduledAt != nil || message.message.options.recurrence != nil
  }

  var identity: MessageIdentity { MessageIdentity(to: number, text: body) }

  fileprivate func leavesBefore(_ other: UnresolvedMessage) -> Bool {
    guard let leftAt, let otherLeftAt = other.leftAt, leftAt != otherLeftAt else { return row < other.row }
    return leftAt < otherLeftAt
  }
}
