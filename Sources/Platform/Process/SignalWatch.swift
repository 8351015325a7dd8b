#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Synchronization

/// Turns the first SIGINT, SIGTERM or SIGHUP into a readable descriptor, so that work can be wound up.
///
/// A second one ends the process at once, as if nothing had been watched. A signal that the process was started to
/// ignore (as `nohup` and background jobs of a script do) stays ignored. There is no way back, and one watch is enough:
/// signals belong to the process as a whole.
public final class SignalWatch: Sendable {
  /// Becomes readable with the first signal, and stays so: stop polling it then.
  public let descriptor: FileDescriptor

  /// The signal that came; nil before.
  public var received: Int32? {
    let number = firstSignal.load(ordering: .acquiring)
    return number == 0 ? nil : number
  }

  public init() throws(SystemError) {
    let pipe = try Pipe()
    wakingEnd.store(pipe.writing.rawValue, ordering: .releasing)
    for number in watchedSignals where !isIgnored(number) { signal(number, noteSignal) }
    descriptor = pipe.reading
  }
}

private let watchedSignals = [SIGINT, SIGTERM, SIGHUP]

// A handler can't be handed anything but the number, so what it needs is here.

/// The number of the first signal; 0 before.
private let firstSignal = Atomic<Int32>(0)
/// The descriptor that the handler writes to.
private let wakingEnd = Atomic<Int32>(-1)

/// The handler: nothing but atomics, `signal`, `kill` and `write`, which are safe at any point of the program.
private func noteSignal(_ number: Int32) {
  let saved = errno
  let isFirst = firstSignal.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing).exchanged
  signal(SIGINT, SIG_DFL)
  signal(SIGTERM, SIG_DFL)
  signal(SIGHUP, SIG_DFL)
  // Two that were pending at the same time both come here; the later one takes effect when this returns.
  if !isFirst { kill(getpid(), number) }
  // A byte, not just the end of the file: that is what libcurl's poll, too, calls readable.
  var byte: UInt8 = 1
  _ = write(wakingEnd.load(ordering: .acquiring), &byte, 1)
  errno = saved
}

private func isIgnored(_ number: Int32) -> Bool {
  var action = sigaction()
  guard sigaction(number, nil, &action) == 0 else { return false }
  #if canImport(Glibc)
    let handler = action.__sigaction_handler.sa_handler
  #else
    let handler = action.__sigaction_u.__sa_handler
  #endif
  return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}
