/// Can be asked whether messages of unknown outcome were taken.
public protocol HistoryKeeping: MessageReading {
  /// What to ask so that the answers together name every message to these numbers that was taken at `since` or later, by
  /// the provider's clock.
  ///
  /// `statuses` are the provider's words for statuses that were met so far: one that can only be asked for status by
  /// status has a question for each.
  func historyQuestions(
    about numbers: [PhoneNumber], since: Timestamp, statuses: Set<String>
  ) -> [HistoryQuestion]

  /// The same for a part of that time, both ends included: it places messages of which the history tells only the day.
  /// Nil for a provider that can't be asked so.
  func historyQuestion(since: Timestamp, until: Timestamp?) -> HistoryQuestion?

  /// Whether its history begins at some time: else it is about all times, and no clock matters.
  static var historyHasWindow: Bool { get }
}

extension HistoryKeeping {
  public static var historyHasWindow: Bool { true }

  public func historyQuestion(since: Timestamp, until: Timestamp?) -> HistoryQuestion? { nil }
}

/// A question about messages that went out, and the pages of its answer.
public struct HistoryQuestion: Sendable {
  /// What tells it apart from other questions of the same provider.
  public var name: String
  /// The number that the answer is about; nil where it is about the whole account.
  public var number: PhoneNumber?
  /// One page, from the beginning for nil.
  public var page: @Sendable (PageCursor?) -> APICall<HistoryPage>

  public init(
    _ name: String, number: PhoneNumber? = nil, page: @escaping @Sendable (PageCursor?) -> APICall<HistoryPage>
  ) {
    self.name = name
    self.number = number
    self.page = page
  }
}

/// A part of the answer to a question about messages that went out.
public struct HistoryPage: Hashable, Sendable {
  /// Every row of the reply: none is left out because it can't be read.
  public var entries: [HistoryEntry]
  /// Where the next part begins; nil after the last.
  public var next: PageCursor?
  /// How many rows all parts have together.
  public var total: RowTotal

  /// How many rows an answer says that it has.
  public enum RowTotal: Hashable, Sendable {
    /// All answers of this kind come in one piece.
    case onePage
    /// As many as that; nil where the reply should say so and doesn't.
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
  /// What can be read of it; its `id`, `body` and `providerStatus` are the provider's.
  public var record: MessageRecord
  /// Whom it went to, as the provider writes it; nil where it says nothing.
  public var number: String?
  /// When it was taken or sent, by the provider's clock: a whole day where it only names one, nil where it can't be read.
  public var time: ClosedRange<Timestamp>?

  public init(_ record: MessageRecord, number: String?, time: ClosedRange<Timestamp>?) {
    self.record = record
    self.number = number
    self.time = time
  }
}
