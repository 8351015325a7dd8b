import CLibrary

/// The machine's clocks.
public enum SystemClock {
  /// Wall time: seconds since 1970-01-01T00:00:00Z, and nanoseconds of the second (0 to 999,999,999).
  public static func now() -> (unixSeconds: Int64, nanoseconds: Int) {
    let time = read(CLOCK_REALTIME)
    return (Int64(time.tv_sec), time.tv_nsec)
  }

  /// Monotonic time from an arbitrary start, in nanoseconds; for measurements and deadlines.
  public static func monotonicNanoseconds() -> Int64 {
    let time = read(forwardClock)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Blocks the thread for `duration`, even if there are signals. To be woken, use `FileDescriptor.waitUntilReadable`.
  public static func sleep(for duration: Duration) {
    let deadline = MonotonicInstant.now + duration
    while deadline.remaining > .zero {
      let parts = deadline.remaining.components
      var rest = timespec(tv_sec: Int(parts.seconds), tv_nsec: Int(parts.attoseconds / 1_000_000_000))
      nanosleep(&rest, nil)
    }
  }

  private static func read(_ clock: clockid_t) -> timespec {
    var time = timespec()
    clock_gettime(clock, &time)
    return time
  }
}

/// A moment of the monotonic clock.
public struct MonotonicInstant: Comparable, Sendable {
  /// In the units of `SystemClock.monotonicNanoseconds`.
  public var nanoseconds: Int64

  /// The current time.
  public static var now: MonotonicInstant { MonotonicInstant(nanoseconds: SystemClock.monotonicNanoseconds()) }

  /// The time left until it; zero if it has passed.
  public var remaining: Duration {
    .nanoseconds(max(0, nanoseconds - SystemClock.monotonicNanoseconds()))
  }

  /// The time since it; zero if it is in the future.
  public var elapsed: Duration {
    .nanoseconds(max(0, SystemClock.monotonicNanoseconds() - nanoseconds))
  }

  /// The time `duration` later; clamped to the maximum.
  public static func + (instant: MonotonicInstant, duration: Duration) -> MonotonicInstant {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(duration.clampedNanoseconds)
    return MonotonicInstant(nanoseconds: overflow ? .max : sum)
  }

  public static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}

extension Duration {
  /// Whole nanoseconds, at most about 292 years; zero if negative.
  public var clampedNanoseconds: Int64 {
    guard self > .zero else { return 0 }
    let (seconds, attoseconds) = components
    guard seconds < Int64.max / 1_000_000_000 - 1 else { return .max }
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }

  /// Milliseconds, rounded up, for `poll` and libcurl: 0 to 2,147,483,647.
  public var wholeMilliseconds: Int32 {
    let nanoseconds = clampedNanoseconds
    return Int32(clamping: nanoseconds / 1_000_000 + (nanoseconds % 1_000_000 > 0 ? 1 : 0))
  }
}
