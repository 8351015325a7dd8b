#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Synchronization

/// Turns the first SIGINT, SIGTERM or SIGHUP into a readable descriptor, so that work can be wound up.
///
/// A second one ends the process at once, as if nothing had been watched. A signal that the process was started to
/// ignore (as `nohup` and background jobs of a script do) stays ignored. There is no way back: watch once, from the main
/// thread, before other threads start, for they must inherit its signal mask.
public final class SignalWatch: Sendable {
  /// Becomes readable with the first signal, and stays so: stop polling it then.
  public let descriptor: FileDescriptor
  private let first: FirstSignal

  /// The signal that came; nil before.
  public var received: Int32? { first.number }

  public init() throws(SystemError) {
    let pipe = try Pipe()
    let first = FirstSignal()
    let signals = SignalSet([SIGINT, SIGTERM, SIGHUP].filter { !isIgnored($0) })
    signals.block()
    do {
      try DetachedThread.start {
        first.set(signals.wait())
        // A byte, not just the end of the file: that is what libcurl's poll, too, calls readable.
        try? pipe.writing.writeAll([1])
        endProcess(with: signals.wait())
      }
    } catch {
      pipe.close()
      signals.unblock()
      throw error
    }
    descriptor = pipe.reading
    self.first = first
  }
}

/// The number of the first signal, written by the watching thread and read by others.
private final class FirstSignal: Sendable {
  private let value = Atomic<Int32>(0)

  var number: Int32? {
    let number = value.load(ordering: .acquiring)
    return number == 0 ? nil : number
  }

  func set(_ number: Int32) { value.store(number, ordering: .releasing) }
}

/// A set of signals to block and to wait for.
private struct SignalSet: Sendable {
  private var set = sigset_t()

  init(_ numbers: [Int32]) {
    sigemptyset(&set)
    for number in numbers { sigaddset(&set, number) }
  }

  func block() { change(SIG_BLOCK) }
  func unblock() { change(SIG_UNBLOCK) }

  func wait() -> Int32 {
    var (set, number) = (set, Int32(0))
    while sigwait(&set, &number) != 0 {}
    return number
  }

  private func change(_ how: Int32) {
    var set = set
    pthread_sigmask(how, &set, nil)
  }
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

/// Ends the process by the signal itself, so that whoever started it sees why.
private func endProcess(with number: Int32) {
  signal(number, SIG_DFL)
  SignalSet([number]).unblock()
  kill(getpid(), number)
}
