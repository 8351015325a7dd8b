import Messaging

/// How a history was read: what must hold, beyond its content, before a message counts as missing.
public struct Circumstances: Sendable {
  /// Seconds after leaving by which a request has either arrived or never will.
  let settlingTime: Int64
  /// Seconds that this run has waited for requests to arrive.
  let waited: Int64
  /// Whether the history covers only a period.
  let hasWindow: Bool
  /// Whether the history includes messages that the provider is yet to send.
  let reportsScheduled: Bool
  /// Rows of which the previous reading found no trace, either.
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
  func unclarity(of message: SoughtMessage, in history: History) -> Unclarity? {
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

  /// The time from which to ask about messages, the first of which left at `leftAt`. `isBorneOut` if the history must
  /// contain other messages that left then, too.
  public static func start(before leftAt: Timestamp, _ clock: ClockDifference?, isBorneOut: Bool = true) -> Timestamp {
    leftAt.adding(seconds: min(0, clock?.seconds.lowerBound ?? 0) - (isBorneOut ? margin : wideMargin))
  }

  fileprivate func reachesBack(beyond leftAt: Timestamp, _ clock: ClockDifference) -> Bool {
    guard let since else { return true }
    return since <= leftAt.adding(seconds: clock.seconds.lowerBound - Self.leastMargin)
  }
}
