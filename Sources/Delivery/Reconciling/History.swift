import Messaging

/// What a provider's history says about some numbers, and where it may have gaps. A plain value; it makes no requests.
public struct History: Sendable {
  /// The start of the period, by the provider's clock; nil if it covers all times.
  let since: Timestamp?
  /// When the first question was asked, by our clock.
  public let askedAt: Timestamp
  /// The messages that may be to one of the numbers.
  public internal(set) var entries: [HistoryEntry] = []
  /// The ids of all other messages.
  private(set) var otherIDs: Set<String> = []
  /// Nil until a reply shows the provider's time.
  public private(set) var clock: ClockDifference?
  /// The provider's own words for the statuses seen so far.
  public private(set) var statuses: Set<String> = []
  /// What is missing, and for which number; nil if it may be for any.
  private var gaps: [(number: PhoneNumber?, gap: HistoryGap)] = []
  private let keys: Set<String>
  /// Messages that the provider is known to have, but that have not been seen so far.
  private var expectedIDs: Set<String>

  public init(
    about numbers: [PhoneNumber], since: Timestamp?, askedAt: Timestamp, expectedIDs: Set<String> = []
  ) {
    self.since = since
    self.askedAt = askedAt
    self.expectedIDs = expectedIDs
    keys = Set(numbers.map(HistoryNumber.key))
  }

  /// Adds a page of an answer. Entries that are certainly to other numbers are counted, but not kept.
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

  /// Notes that something may be missing for a number or, if nil, for any number.
  public mutating func note(_ gap: HistoryGap, about number: PhoneNumber? = nil) {
    gaps.append((number, gap))
  }

  /// Notes the time that a reply shows, if any.
  public mutating func note(date: Timestamp?, between asked: Timestamp, and answered: Timestamp) {
    guard let date else { return }
    let difference = ClockDifference(date: date, between: asked, and: answered)
    if clock == nil { clock = difference } else { clock?.widen(by: difference) }
  }

  /// Whether nothing is known to be missing.
  public var isWhole: Bool { gaps.isEmpty && expectedIDs.isEmpty }

  /// Why messages to the number may be missing; nil if none can be.
  public func gap(about number: PhoneNumber) -> HistoryGap? {
    gaps.first { $0.number == nil || $0.number == number }?.gap ?? expectedIDs.min().map { .lacks(id: $0) }
  }
}
