import CLibrary

/// The terminal that a descriptor is connected to.
public enum Terminal {
  /// Whether the descriptor is connected to a terminal.
  public static func isTerminal(_ descriptor: FileDescriptor) -> Bool {
    isatty(descriptor.rawValue) == 1
  }

  /// The width in columns and the height in lines, at least 1; nil if it isn't a terminal, or if they are unknown.
  public static func size(_ descriptor: FileDescriptor) -> (width: Int?, height: Int?) {
    var size = winsize()
    guard ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0 else { return (nil, nil) }
    return (size.ws_col > 0 ? Int(size.ws_col) : nil, size.ws_row > 0 ? Int(size.ws_row) : nil)
  }
}

extension Terminal {
  /// The most bytes of a line that a terminal stores (POSIX `MAX_CANON`, or more).
  private static let longestLine = 4096

  /// The bytes of the next typed line, without its line break.
  ///
  /// Nil at the end of the input (Ctrl-D), even in the middle of a line, and if `waking` becomes readable, such as
  /// for a signal. A terminal delivers whole lines, so nothing that is typed afterwards is lost.
  public static func readLine(
    _ input: FileDescriptor, wakingOn waking: FileDescriptor? = nil
  ) throws(SystemError) -> [UInt8]? {
    var line: [UInt8] = []
    while line.count < longestLine {
      guard try waitUntilTyped(input, orReadable: waking) else { return nil }
      let bytes = try input.read(upTo: longestLine)
      if bytes.isEmpty { return nil }
      line += bytes
      if let end = line.firstIndex(of: UInt8(ascii: "\n")) { return Array(line[..<end]) }
    }
    return line
  }

  /// Returns false if `waking` becomes readable first.
  private static func waitUntilTyped(
    _ input: FileDescriptor, orReadable waking: FileDescriptor?
  ) throws(SystemError) -> Bool {
    var isWoken = false
    try SystemError.check("poll") {
      let (count, ready) = systemWaitUntilReadable([input.rawValue] + (waking.map { [$0.rawValue] } ?? []))
      isWoken = ready.dropFirst().contains(true)
      return count
    }
    return !isWoken
  }
}

extension Terminal {
  /// Like `readLine`, but without echo.
  ///
  /// Echo is restored at the end of the line or input, when `waking` becomes readable, while the program is stopped
  /// (Ctrl-Z), and when an unwatched signal ends it.
  public static func readHiddenLine(
    _ input: FileDescriptor, wakingOn waking: FileDescriptor? = nil
  ) throws(SystemError) -> [UInt8]? {
    let hiding = EchoSuppression(input)
    defer { hiding?.end() }
    return try readLine(input, wakingOn: waking)
  }
}

/// Turns off a terminal's echo until `end` is called. There can be only one at a time.
private struct EchoSuppression {
  private let former: [(number: Int32, action: sigaction)]

  /// Nil if it isn't a terminal.
  init?(_ terminal: FileDescriptor) {
    var shown = termios()
    guard tcgetattr(terminal.rawValue, &shown) == 0 else { return nil }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    // Echoes the line break; otherwise, the next output would be on the line of the question.
    hidden.c_lflag |= tcflag_t(ECHONL)
    hiding = (terminal.rawValue, shown, hidden)
    former = [SIGTSTP, SIGCONT, SIGQUIT, SIGINT, SIGTERM, SIGHUP].compactMap { number in
      var action = sigaction()
      // Watched and ignored signals keep their handlers, because they don't end the program immediately. The Swift
      // runtime has its own handler for SIGQUIT, which does.
      guard sigaction(number, nil, &action) == 0,
        action.leads(to: SIG_DFL) || number == SIGQUIT && !action.leads(to: SIG_IGN)
      else { return nil }
      signal(number, showAround)
      return (number, action)
    }
    setModes { $0.hidden }
  }

  func end() {
    setModes { $0.shown }
    for (number, action) in former {
      var action = action
      sigaction(number, &action, nil)
    }
  }
}

/// A terminal, and its modes with and without echo.
private typealias Hiding = (terminal: Int32, shown: termios, hidden: termios)

/// Global, because a signal handler gets only the signal's number. Safe, because the one thread that reads sets it
/// before the handlers are installed, and not again until they are removed.
///
/// Nil at first: Swift 6.3 reserves too few bytes for a variable that begins as `termios()`, and the memory after it is
/// overwritten.
nonisolated(unsafe) private var hiding: Hiding?

/// The signal handler: turns echo on for the signal's default action, and off again if the program continues. Calls
/// only async-signal-safe functions (POSIX).
private func showAround(_ number: Int32) {
  let saved = errno
  if number != SIGCONT {
    setModes { $0.shown }
    signal(number, SIG_DFL)
    kill(getpid(), number)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    // The signal takes effect here: the program ends, or stops until it is continued.
    sigprocmask(SIG_UNBLOCK, &signals, nil)
    signal(number, showAround)
  }
  setModes { $0.hidden }
  errno = saved
}

private func setModes(_ choose: (Hiding) -> termios) {
  guard let hiding else { return }
  // If this program is in the background, another one uses the terminal and has set its modes.
  guard tcgetpgrp(hiding.terminal) == getpgrp() || tcgetpgrp(hiding.terminal) < 0 else { return }
  var modes = choose(hiding)
  tcsetattr(hiding.terminal, TCSADRAIN, &modes)
}
