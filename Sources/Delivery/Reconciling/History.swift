import Messaging

/// What a provider's history says about some numbers, and where it may have gaps. A value: who asks is elsewhere.
public struct History: Sendable {
  /// From when on, by the provider's clock; nil where it is about all times.
  let since: Timestamp?
  /// When the first question was asked, by our clock.
  public let askedAt: Timestamp
  /// The messages that may be to one of the numbers.
  public internal(set) var entries: [HistoryEntry] = []
  /// The ids of the others.
  private(set) var otherIDs: Set<String> = []
  /// Nil while no reply told the provider's time.
  public private(set) var clock: ClockDifference?
  /// The provider's words for statuses that were met.
  public private(set) var statuses: Set<String> = []
  /// What is missing, and to which number; nil where it may be to any.
  private var gaps: [(number: PhoneNumber?, gap: HistoryGap)] = []
  private let keys: Set<String>
  /// Messages that the provider has, as it said before, and that were not met so far.
  private var expectedIDs: Set<String>

  public init(
    about numbers: [PhoneNumber], since: Timestamp?, askedAt: Timestamp, expectedIDs: Set<String> = []
  ) {
    self.since = since
    self.askedAt = askedAt
    self.expectedIDs = expectedIDs
    keys = Set(numbers.map(HistoryNumber.key))
  }

  /// Takes in a page of an answer. What surely is to other numbers is counted, but not kept.
  mutating func add(_ page: [HistoryEntry]) {
    for entry in page {
      if let word = entry.record.providerStatus { statuses.insert(word) }
      if let id = entry.record.id { expectedIDs.remove(id) }
      if HistoryNumber(entry.number).key.map(keys.contains) ?? true {
        entries.append(entry)
      } else if let id = entry.record.id {
        otherIDs.insert(id)
      }
    }
  }

  /// Notes that something may be missing, about a number or, for nil, about any.
  public mutating func note(_ gap: HistoryGap, about number: PhoneNumber? = nil) {
    gaps.append((number, gap))
  }

  /// Notes the time that a reply tells, if any.
  public mutating func note(date: Timestamp?, between asked: Timestamp, and answered: Timestamp) {
    guard let date else { return }
    let difference = ClockDifference(date: date, between: asked, and: answered)
    if clock == nil { clock = difference } else { clock?.widen(by: difference) }
  }

  /// Whether nothing is known to be missing.
  public var isWhole: Bool { gaps.isEmpty && expectedIDs.isEmpty }

  /// Why messages to the number may be missing; nil if there is no reason.
  public func gap(about number: PhoneNumber) -> HistoryGap? {
    gaps.first { $0.number == nil || $0.number == number }?.gap ?? expectedIDs.min().map { .lacks(id: $0) }
  }
}
