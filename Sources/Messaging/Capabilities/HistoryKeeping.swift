/// Can be asked whether messages of unknown outcome were accepted.
public protocol HistoryKeeping: MessageReading {
  /// The questions whose answers together list every message to these numbers that was accepted at `since` or later,
  /// by the provider's clock.
  ///
  /// `statuses` are the provider's own words for the statuses seen so far: a provider that can only be asked by
  /// status gets a question for each.
  func historyQuestions(
    about numbers: [PhoneNumber], since: Timestamp, statuses: Set<String>
  ) -> [HistoryQuestion]

  /// The same for a part of that period, both ends included, to narrow down messages of which the history gives only
  /// the day. Nil if the provider can't be asked that way.
  func historyQuestion(since: Timestamp, until: Timestamp?) -> HistoryQuestion?

  /// Whether its history covers a limited period. If not, it covers all times, and clocks don't matter.
  static var historyHasWindow: Bool { get }
}

extension HistoryKeeping {
  public static var historyHasWindow: Bool { true }

  public func historyQuestion(since: Timestamp, until: Timestamp?) -> HistoryQuestion? { nil }
}

/// A question about outgoing messages, and the pages of its answer.
public struct HistoryQuestion: Sendable {
  /// Distinguishes it from other questions to the same provider.
  public var name: String
  /// The number that the answer is about; nil if it is about the whole account.
  public var number: PhoneNumber?
  /// Returns the call for a page; nil for the first one.
  public var page: @Sendable (PageCursor?) -> APICall<HistoryPage>

  public init(
    _ name: String, number: PhoneNumber? = nil, page: @escaping @Sendable (PageCursor?) -> APICall<HistoryPage>
  ) {
    self.name = name
    self.number = number
    self.page = page
  }
}

/// Part of the answer to a question about outgoing messages.
public struct HistoryPage: Hashable, Sendable {
  /// Every row of the reply, including unreadable ones.
  public var entries: [HistoryEntry]
  /// Where the next page begins; nil after the last.
  public var next: PageCursor?
  /// The number of rows in all pages together.
  public var total: RowTotal

  /// The number of rows that an answer claims to have.
  public enum RowTotal: Hashable, Sendable {
    /// Answers of this kind always have a single page.
    case onePage
    /// This many; nil if the reply should say but doesn't.
    case rows(Int?)
  }

  public init(_ entries: [HistoryEntry], next: PageCursor? = nil, total: RowTotal = .onePage) {
    self.entries = entries
    self.next = next
    self.total = total
  }
}

/// A message in a provider's history.
public struct HistoryEntry: Hashable, Sendable {
  /// What can be read of it; `id`, `body` and `providerStatus` are the provider's.
  public var record: MessageRecord
  /// The recipient as the provider writes it; nil if not given.
  public var number: String?
  /// When it was accepted or sent, by the provider's clock: a whole day if only the day is given, nil if unreadable.
  public var time: ClosedRange<Timestamp>?

  public init(_ record: MessageRecord, number: String?, time: ClosedRange<Timestamp>?) {
    self.record = record
    self.number = number
    self.time = time
  }
}
