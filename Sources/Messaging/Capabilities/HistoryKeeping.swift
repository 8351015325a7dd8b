/// Can be asked whether messages of unknown outcome were taken.
public protocol HistoryKeeping: MessageReading {
  /// What to ask so that the answers name every message to these numbers that went out at `since` or later.
  func historyQuestions(about numbers: [PhoneNumber], since: Timestamp) -> [HistoryQuestion]
}

/// A question about messages that went out.
public struct HistoryQuestion: Hashable, Sendable {
  public var query: MessageQuery
  /// Whether the provider refuses to answer where there is nothing to tell.
  public var refusalMeansNone: Bool

  public init(_ query: MessageQuery, refusalMeansNone: Bool = false) {
    self.query = query
    self.refusalMeansNone = refusalMeansNone
  }
}
