#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writing to a pipe or socket that nobody reads any more.
public enum BrokenPipe {
  /// From now on it is an error (EPIPE) in the whole process, not the end of the process (SIGPIPE).
  ///
  /// Everything that writes to pipes or sockets asks for it by itself, so that none relies on another having done so.
  public static func isAnError() {
    signal(SIGPIPE, SIG_IGN)
  }
}
