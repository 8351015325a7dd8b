import CLibrary
import Synchronization

/// Makes a descriptor readable on the first SIGINT, SIGTERM, or SIGHUP, so that work can end in an orderly way.
///
/// A second signal writes the last words, if any, and ends the process immediately, as if it weren't watched. A
/// signal that was ignored when the process started (by `nohup`, or in a script's background jobs) stays ignored.
/// Signals are for the whole process, so one watch at a time is enough.
public final class SignalWatch: Sendable {
  /// Becomes readable with the first signal, and stays readable: stop polling it then.
  public let descriptor: FileDescriptor
  private let writing: FileDescriptor
  /// The descriptor that the handler wrote to before.
  private let formerWakingEnd: Int32
  /// The previous actions of the signals.
  private let former: [(number: Int32, action: sigaction)]

  /// The first signal that was received; nil if there was none.
  public var received: Int32? {
    let number = firstSignal.load(ordering: .acquiring)
    return number == 0 ? nil : number
  }

  public init() throws(SystemError) {
    let pipe = try Pipe()
    (descriptor, writing) = (pipe.reading, pipe.writing)
    formerWakingEnd = wakingEnd.exchange(pipe.writing.rawValue, ordering: .acquiringAndReleasing)
    Self.leaveLastWords(nil)
    former = watchedSignals.filter { !isIgnored($0) }.map { number in
      var action = sigaction()
      sigaction(number, nil, &action)
      signal(number, noteSignal)
      return (number, action)
    }
    // An earlier signal was written to another descriptor.
    if received != nil { wake(writing.rawValue) }
  }

  /// Ends the watch, and restores the previous actions.
  public func end() {
    for (number, action) in former {
      var action = action
      sigaction(number, &action, nil)
    }
    wakingEnd.store(formerWakingEnd, ordering: .releasing)
    writing.close()
    descriptor.close()
  }

  /// Sets the text that a second signal writes to standard error before it ends the process; nil for none.
  public static func leaveLastWords(_ words: [UInt8]?) {
    guard let words else { return lastWords.store(0, ordering: .releasing) }
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: words.count + 1)
    for (index, byte) in words.enumerated() { text[index] = CChar(bitPattern: byte) }
    text[words.count] = 0
    // The old text isn't freed, because a handler may be writing it.
    lastWords.store(Int(bitPattern: text), ordering: .releasing)
  }
}

private let watchedSignals = [SIGINT, SIGTERM, SIGHUP]

// A signal handler gets only the signal's number, so its state is global.

/// The number of the first signal; 0 if there was none.
private let firstSignal = Atomic<Int32>(0)
/// The descriptor that the handler writes to.
private let wakingEnd = Atomic<Int32>(-1)
/// The address of the null-terminated text that a second signal writes before it ends the process; 0 for none.
private let lastWords = Atomic<Int>(0)

/// The handler: only atomics and async-signal-safe functions (POSIX).
private func noteSignal(_ number: Int32) {
  let saved = errno
  let isFirst = firstSignal.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing).exchanged
  if !isFirst {
    sayLastWords()
    signal(number, SIG_DFL)
    // The signal takes effect when this handler returns.
    kill(getpid(), number)
  }
  wake(wakingEnd.load(ordering: .acquiring))
  errno = saved
}

/// Writes a byte: libcurl's poll doesn't report the end of the file as readable.
private func wake(_ descriptor: Int32) {
  var byte: UInt8 = 1
  _ = write(descriptor, &byte, 1)
}

/// Writes the last words once, and only if that doesn't block.
private func sayLastWords() {
  let address = lastWords.exchange(0, ordering: .acquiringAndReleasing)
  guard let words = UnsafePointer<CChar>(bitPattern: address) else { return }
  var standardError = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
  guard poll(&standardError, 1, 0) == 1 else { return }
  _ = write(STDERR_FILENO, words, strlen(words))
}

extension sigaction {
  /// Whether the action is `disposition`: a handler, `SIG_DFL`, or `SIG_IGN`.
  func leads(to disposition: (@convention(c) (Int32) -> Void)?) -> Bool {
    address == unsafeBitCast(disposition, to: Int.self)
  }
}

/// Whether a signal is ignored, which child processes inherit.
func isIgnored(_ number: Int32) -> Bool {
  var action = sigaction()
  return sigaction(number, nil, &action) == 0 && action.leads(to: SIG_IGN)
}

/// The crash signals, for which the Swift runtime starts a program that prints a backtrace.
///
/// On a terminal, it does so by default, and a statically linked runtime looks for that program in the directory of
/// `argv[0]`: in the current directory, if the shell found this program through `PATH`. Anyone who can write there
/// could make it run anything.
public enum CrashSignals {
  private static let numbers = [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP]

  /// Restores the default actions. Signals that were ignored at the start stay ignored.
  public static func reset() {
    for number in numbers where !isIgnored(number) { signal(number, SIG_DFL) }
  }
}
