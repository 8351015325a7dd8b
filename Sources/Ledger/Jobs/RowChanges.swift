import Messaging

/// The changes of one turn of sending, written together.
public struct RowChanges: Sendable {
  /// Outcomes; each has its `row`.
  public var settled: [MessageRecord] = []
  /// Outcomes of messages in an answer beyond those requested; each has a new `row`.
  public var added: [MessageRecord] = []
  /// Rows whose request certainly was not processed, to be planned again.
  public var released: [Int] = []
  /// Rows for which the provider's answer listed nothing to send.
  public var dropped: [Int] = []
  /// Rows whose request is about to leave.
  public var claimed: [Int] = []

  public init() {}

  public var isEmpty: Bool {
    settled.isEmpty && added.isEmpty && released.isEmpty && dropped.isEmpty && claimed.isEmpty
  }
}

extension JobCounts {
  /// Rows with an outcome.
  public var settled: Int { accepted + failed + unknown }

  /// Counts a message that got an outcome or, with -1, lost it.
  public mutating func count(_ status: MessageStatus, by number: Int = 1) {
    switch status {
    case .failed, .canceled: failed += number
    case .unknown: unknown += number
    default: accepted += number
    }
  }

  static func - (new: Self, old: Self) -> Self {
    var difference = new
    difference.planned -= old.planned
    difference.sending -= old.sending
    difference.accepted -= old.accepted
    difference.failed -= old.failed
    difference.unknown -= old.unknown
    difference.skipped -= old.skipped
    return difference
  }
}
