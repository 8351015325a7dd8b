#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Synchronization

/// Turns the first SIGINT, SIGTERM or SIGHUP into a readable descriptor, so that work can be wound up.
///
/// A second one ends the process at once, as if nothing had been watched, but for the last words that were left. A signal
/// that the process was started to ignore (as `nohup` and background jobs of a script do) stays ignored. There is no way
/// back, and one watch is enough: signals belong to the process as a whole.
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
    Self.leaveLastWords(nil)
    for number in watchedSignals where !isIgnored(number) { signal(number, noteSignal) }
    descriptor = pipe.reading
  }

  /// Has a second signal say that on standard error before it ends the process; nil for nothing.
  public static func leaveLastWords(_ words: [UInt8]?) {
    guard let words else { return lastWords.store(0, ordering: .releasing) }
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: words.count + 1)
    for (index, byte) in words.enumerated() { text[index] = CChar(bitPattern: byte) }
    text[words.count] = 0
    // What was there before is not freed: a handler may just be writing it.
    lastWords.store(Int(bitPattern: text), ordering: .releasing)
  }
}

private let watchedSignals = [SIGINT, SIGTERM, SIGHUP]

// A handler can't be handed anything but the number, so what it needs is here.

/// The number of the first signal; 0 before.
private let firstSignal = Atomic<Int32>(0)
/// The descriptor that the handler writes to.
private let wakingEnd = Atomic<Int32>(-1)
/// The address of what to say before a second signal ends the process, up to a zero; 0 for nothing.
private let lastWords = Atomic<Int>(0)

/// The handler: nothing but atomics and what is safe at any point of the program (POSIX, "async-signal-safe").
private func noteSignal(_ number: Int32) {
  let saved = errno
  let isFirst = firstSignal.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing).exchanged
  if !isFirst {
    sayLastWords()
    signal(number, SIG_DFL)
    // It takes effect when this returns.
    kill(getpid(), number)
  }
  // A byte, not just the end of the file: that is what libcurl's poll, too, calls readable.
  var byte: UInt8 = 1
  _ = write(wakingEnd.load(ordering: .acquiring), &byte, 1)
  errno = saved
}

/// Once, and only if it can be written without waiting.
private func sayLastWords() {
  let address = lastWords.exchange(0, ordering: .acquiringAndReleasing)
  guard let words = UnsafePointer<CChar>(bitPattern: address) else { return }
  var standardError = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
  guard poll(&standardError, 1, 0) == 1 else { return }
  _ = write(STDERR_FILENO, words, strlen(words))
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
