import CLibrary

/// The signals of a crash, for which the Swift runtime starts a program that prints a backtrace.
///
/// On a terminal it does so unasked, and a statically linked runtime looks for that program in the folder of `argv[0]`:
/// in the current one, if the shell found the program through `PATH`. Whoever can write there could have it run anything.
public enum CrashSignals {
  private static let numbers = [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP]

  /// Gives them back to the system. One that was ignored when the process started stays ignored.
  public static func reset() {
    for number in numbers where !isIgnored(number) { signal(number, SIG_DFL) }
  }
}
