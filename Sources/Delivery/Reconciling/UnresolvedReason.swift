import Messaging
import TextFormats

/// Why it is unclear whether a provider has a message.
public enum UnresolvedReason: Hashable, Sendable {
  // Found in the history:

  /// A message to the number, for which the history has no text.
  case noText
  /// A message to the number with another text: it may be this message, changed by the provider.
  case otherText
  /// A message whose number is unreadable, or may be another way of writing this one.
  case oddNumber
  /// A message with the number and text, whose time is unreadable or only gives the day on which this one left.
  case noTime
  /// A message with the number and text that can't be told apart from others: it has no id, or has several versions.
  case noID
  /// A message like it from before it left: either another one, or a clock was wrong.
  case beforeClaim
  /// The only message like it belongs to another row.
  case takenByAnother
  /// Other messages in the ledger with this number and text are unknown, too, and there are too few entries for all.
  case rivals

  /// The provider gave the message this id, but the history has nothing under it.
  case named(id: String)

  // Why the history can't be relied on:

  case gap(HistoryGap)
  /// The provider doesn't report messages that it hasn't sent yet.
  case scheduled
  /// When the message left is unknown, or is in the future because the clock was set back.
  case unknownClaim
  /// No reply shows the provider's time.
  case noClock

  // What another reading may resolve:

  /// The history does not reach back far enough.
  case windowTooShort
  /// The message may still arrive within this many seconds.
  case mayStillArrive(seconds: Int64)
  /// It was absent this time, but once is not enough.
  case unconfirmed

  /// Whether reading again in this run may help.
  public var isPassing: Bool {
    switch self {
    case .windowTooShort, .mayStillArrive, .unconfirmed: true
    default: false
    }
  }
}

/// Why a history may be incomplete.
public enum HistoryGap: Hashable, Sendable {
  /// The provider refused to answer; its own words.
  case refused(code: String?, message: String)
  /// No reply could be trusted.
  case untrusted(message: String)
  /// The provider doesn't say how many messages there are.
  case noTotal
  case incomplete(read: Int, total: Int)
  /// Part of the answer came twice, or there were fewer messages at its end than at its beginning.
  case inconsistent
  /// The answer, or the list of statuses to ask for, never ended.
  case endless
  /// It lacks a message whose id the provider has given before.
  case lacks(id: String)
}

extension UnresolvedReason {
  /// The reason in words, for people.
  public var words: String {
    switch self {
    case .noText: "the provider has a message to this number, but not its text"
    case .otherText: "the provider has a message to this number with a different text, or it changed the text"
    case .oddNumber: "the provider has a message with an unreadable number"
    case .noTime: "a similar message has no time of day, or no time"
    case .noID: "a similar message has no ID"
    case .beforeClaim: "a similar message is older than this one"
    case .takenByAnother: "the only message like it belongs to another row"
    case .rivals: "another message with the same number and text is unknown, too"
    case .named(let id): "the provider gave it the ID \(id), which its history doesn't have"
    case .gap(let gap): gap.words
    case .scheduled: "the provider doesn't report scheduled messages"
    case .unknownClaim: "it was sent at a time in the future: the clock was changed"
    case .noClock: "the provider's replies have no Date header"
    case .windowTooShort: "the provider's clock and this machine's are too far apart"
    case .mayStillArrive: "it may still arrive"
    case .unconfirmed: "the history keeps changing"
    }
  }
}

extension HistoryGap {
  fileprivate var words: String {
    switch self {
    case .refused(let code, let message): "the provider refused the request: \(message)\(code.map { " (\($0))" } ?? "")"
    case .untrusted(let message): "the provider's history can't be read: \(message)"
    case .noTotal: "the provider doesn't say how many messages there are"
    case .incomplete(let read, let total): "the provider showed \(read) of \(counted(total, "message"))"
    case .inconsistent: "the provider's history is inconsistent"
    case .endless: "the provider's history never ends"
    case .lacks(let id): "the provider accepted message \(id), but its history doesn't have it"
    }
  }
}

extension UnresolvedReason {
  /// One example of each reason.
  package static var examples: [UnresolvedReason] {
    let gaps: [HistoryGap] = [
      .refused(code: "403", message: "no access"), .untrusted(message: "the reply is empty"), .noTotal,
      .incomplete(read: 100, total: 250), .inconsistent, .endless, .lacks(id: "4"),
    ]
    return [
      .noText, .otherText, .oddNumber, .noTime, .noID, .beforeClaim, .takenByAnother, .rivals, .named(id: "4"),
      .scheduled, .unknownClaim, .noClock, .windowTooShort, .mayStillArrive(seconds: 90), .unconfirmed,
    ] + gaps.map(UnresolvedReason.gap)
  }
}

/// How a history was read: what must hold, beyond its content, before a message counts as missing.
public struct ReconciliationContext: Sendable {
  /// Seconds after leaving by which a request has either arrived or never will.
  let settlingTime: Int64
  /// Seconds that this run has waited for requests to arrive.
  let waited: Int64
  /// Whether the history covers only a period.
  let hasWindow: Bool
  /// Whether the history includes messages that the provider hasn't sent yet.
  let reportsScheduled: Bool
  /// Rows of which the previous reading found no trace.
  let untraced: Set<Int>

  public init(
    settlingTime: Int64, waited: Int64, hasWindow: Bool, reportsScheduled: Bool, untraced: Set<Int>
  ) {
    self.settlingTime = settlingTime
    self.waited = waited
    self.hasWindow = hasWindow
    self.reportsScheduled = reportsScheduled
    self.untraced = untraced
  }

  /// Why a message with no trace in a complete history may still exist; nil if it can't.
  func unclarity(of message: UnresolvedMessage, in history: History) -> UnresolvedReason? {
    if message.isForLater, !reportsScheduled { return .scheduled }
    guard let leftAt = message.leftAt, leftAt <= history.askedAt else { return .unknownClaim }
    guard let clock = history.clock else { return .noClock }
    if hasWindow, !history.reachesBack(beyond: leftAt, clock) { return .windowTooShort }
    let rest = settlingTime - max(waited, elapsed(since: leftAt, in: history))
    if rest > 0 { return .mayStillArrive(seconds: rest) }
    return untraced.contains(message.row) ? nil : .unconfirmed
  }

  /// Seconds between the two by our clock; 0 if it is wrong now, as it may have been right then.
  private func elapsed(since leftAt: Timestamp, in history: History) -> Int64 {
    guard history.clock?.isSmall ?? true else { return 0 }
    return history.askedAt.unixSeconds - leftAt.unixSeconds
  }
}

extension History {
  /// How many seconds before the first message left a history begins. When it left, the two clocks may have been set
  /// to different time zones, which are up to 26 hours apart.
  private static let margin: Int64 = 26 * 3600
  /// The same if no other message of the job confirms the comparison of the clocks: one may have been changed since.
  private static let wideMargin: Int64 = 31 * 24 * 3600
  /// Seconds of the margin that must remain after comparing the clocks.
  private static let leastMargin: Int64 = 3600

  /// The time from which to request the history, if the first of the messages left at `leftAt`. `isCorroborated`:
  /// whether the history must contain other messages that left at that time.
  public static func start(before leftAt: Timestamp, _ clock: ClockDifference?, isCorroborated: Bool = true)
    -> Timestamp
  {
    leftAt.adding(seconds: min(0, clock?.seconds.lowerBound ?? 0) - (isCorroborated ? margin : wideMargin))
  }

  fileprivate func reachesBack(beyond leftAt: Timestamp, _ clock: ClockDifference) -> Bool {
    guard let since else { return true }
    return since <= leftAt.adding(seconds: clock.seconds.lowerBound - Self.leastMargin)
  }
}
