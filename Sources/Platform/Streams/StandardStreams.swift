#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What has to be put right about the standard streams before a program does anything else.
public enum StandardStreams {
  /// Makes descriptors 0 to 2 safe to use; returns those that were closed. Call it once, first of all.
  ///
  /// A closed one is opened on `/dev/null`: else the next file or socket takes its number, and results are written
  /// into that. Reading it is the end of the file, writing to it works and goes nowhere, as with `gh` and all Go programs.
  /// Writing to a pipe without a reader, or beyond the allowed size of a file, becomes an error (EPIPE, EFBIG) instead of
  /// the end of the process.
  @discardableResult
  public static func secure() -> [FileDescriptor] {
    BrokenPipe.isAnError()
    signal(SIGXFSZ, SIG_IGN)
    return (0...2).map(FileDescriptor.init(rawValue:)).filter { stream in
      guard !stream.isOpen else { return false }
      // The lowest free number is taken, which is this one; it stays open in children, as standard streams do.
      _ = open("/dev/null", O_RDWR)
      return true
    }
  }
}

extension FileDescriptor {
  fileprivate var isOpen: Bool { fcntl(rawValue, F_GETFD) != -1 }
}
