import Messaging

/// Under which circumstances a history was read: what has to hold, beyond its content, for a message to be missing.
public struct Circumstances: Sendable {
  /// Seconds that have to pass from when a request left until it surely doesn't arrive any more.
  let settlingTime: Int64
  /// Seconds that this run has waited for requests to arrive.
  let waited: Int64
  /// Whether the history is about some time only.
  let hasWindow: Bool
  /// Whether the history has messages that the provider is to send later.
  let reportsScheduled: Bool
  /// Rows of which the reading before found no trace either.
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

  /// Why a message of which there is no trace in a whole history may be there all the same; nil if it can't.
  func unclarity(of message: SoughtMessage, in history: History) -> Unclarity? {
    if message.isForLater, !reportsScheduled { return .scheduled }
    guard let leftAt = message.leftAt, leftAt <= history.askedAt else { return .unknownClaim }
    guard let clock = history.clock else { return .noClock }
    if hasWindow, !history.reachesBack(beyond: leftAt, clock) { return .windowTooShort }
    let rest = settlingTime - max(waited, elapsed(since: leftAt, in: history))
    if rest > 0 { return .mayStillArrive(seconds: rest) }
    return untraced.contains(message.row) ? nil : .unconfirmed
  }

  /// Seconds between the two by our clock. Where it is wrong now it may have been right then, so it says nothing.
  private func elapsed(since leftAt: Timestamp, in history: History) -> Int64 {
    guard history.clock?.isSmall ?? true else { return 0 }
    return history.askedAt.unixSeconds - leftAt.unixSeconds
  }
}

extension History {
  /// Seconds by which a history begins earlier than the first message left: the two clocks may have been set by the
  /// times of different zones, which are up to 26 hours apart, when it left.
  private static let margin: Int64 = 26 * 3600
  /// The same where no other message of the job shows that the clocks were compared well: one of them may have been set
  /// since.
  private static let wideMargin: Int64 = 31 * 24 * 3600
  /// Seconds that have to be left of it, once the clocks are compared.
  private static let leastMargin: Int64 = 3600

  /// From when on to ask about messages of which the first left at that time. `isBorneOut` where the history has to have
  /// others, too, that left then.
  public static func start(before leftAt: Timestamp, _ clock: ClockDifference?, isBorneOut: Bool = true) -> Timestamp {
    leftAt.adding(seconds: min(0, clock?.seconds.lowerBound ?? 0) - (isBorneOut ? margin : wideMargin))
  }

  fileprivate func reachesBack(beyond leftAt: Timestamp, _ clock: ClockDifference) -> Bool {
    guard let since else { return true }
    return since <= leftAt.adding(seconds: clock.seconds.lowerBound - Self.leastMargin)
  }
}
