#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Terminal {
  /// As `readLine`, but what is typed is not shown.
  ///
  /// It is shown again on every way out: at the end of the line or the input, once `waking` is readable, while the
  /// program is stopped (Ctrl-Z), and when a signal that nobody watches ends it.
  public static func readHiddenLine(
    _ input: FileDescriptor, wakingOn waking: FileDescriptor? = nil
  ) throws(SystemError) -> [UInt8]? {
    let hiding = EchoHiding(input)
    defer { hiding?.end() }
    return try readLine(input, wakingOn: waking)
  }
}

/// A terminal that does not show what is typed, until its `end`. There can be one at a time.
private struct EchoHiding {
  private let former: [(number: Int32, action: sigaction)]

  /// Nil for what is no terminal.
  init?(_ terminal: FileDescriptor) {
    var shown = termios()
    guard tcgetattr(terminal.rawValue, &shown) == 0 else { return nil }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    // The line break is shown, or the next text would stand behind the question.
    hidden.c_lflag |= tcflag_t(ECHONL)
    hiding = (terminal.rawValue, shown, hidden)
    former = [SIGTSTP, SIGCONT, SIGQUIT, SIGINT, SIGTERM, SIGHUP].compactMap { number in
      var action = sigaction()
      // What is watched or ignored stays so: it does not end the program here and now. Swift's runtime has a handler of
      // its own for SIGQUIT, which does.
      guard sigaction(number, nil, &action) == 0,
        action.leads(to: SIG_DFL) || number == SIGQUIT && !action.leads(to: SIG_IGN)
      else { return nil }
      signal(number, showAround)
      return (number, action)
    }
    setModes(hidden)
  }

  func end() {
    setModes(hiding.shown)
    for (number, action) in former {
      var action = action
      sigaction(number, &action, nil)
    }
  }
}

/// The terminal, and its modes with and without what is typed. Handlers can't be handed anything but the signal's number;
/// it is written before they are installed, by the one thread that asks, and not changed while they are.
nonisolated(unsafe) private var hiding = (terminal: Int32(-1), shown: termios(), hidden: termios())

/// The handler: shows what is typed while the signal does what it does by itself, and hides it again should the program
/// go on. It calls nothing but what POSIX has as safe at any point of the program.
private func showAround(_ number: Int32) {
  let saved = errno
  if number != SIGCONT {
    setModes(hiding.shown)
    signal(number, SIG_DFL)
    kill(getpid(), number)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    // Here it takes effect: the program ends, or stops until it is continued.
    sigprocmask(SIG_UNBLOCK, &signals, nil)
    signal(number, showAround)
  }
  setModes(hiding.hidden)
  errno = saved
}

private func setModes(_ modes: termios) {
  // In the background the terminal is somebody else's, with modes of its own.
  guard tcgetpgrp(hiding.terminal) == getpgrp() || tcgetpgrp(hiding.terminal) < 0 else { return }
  var modes = modes
  tcsetattr(hiding.terminal, TCSADRAIN, &modes)
}

extension sigaction {
  fileprivate func leads(to disposition: (@convention(c) (Int32) -> Void)?) -> Bool {
    #if canImport(Glibc)
      let handler = __sigaction_handler.sa_handler
    #else
      let handler = __sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(disposition, to: Int.self)
  }
}
