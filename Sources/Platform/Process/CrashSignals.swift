import CLibrary

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
