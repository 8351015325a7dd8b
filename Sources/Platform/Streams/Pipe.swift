import CLibrary

/// The two ends of a pipe; both are closed in programs that this one starts. Writing without a reader is an error.
struct Pipe {
  var reading: FileDescriptor
  var writing: FileDescriptor

  init() throws(SystemError) {
    BrokenPipe.isAnError()
    var ends: [Int32] = [-1, -1]
    try SystemError.check("pipe") { pipe(&ends) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    reading = FileDescriptor(rawValue: ends[0])
    writing = FileDescriptor(rawValue: ends[1])
  }

  func close() {
    reading.close()
    writing.close()
  }
}

extension FileDescriptor {
  /// Reading and writing return EAGAIN instead of waiting.
  func makeNonBlocking() {
    _ = fcntl(rawValue, F_SETFL, fcntl(rawValue, F_GETFL) | O_NONBLOCK)
  }
}

/// Writing to a pipe or socket that nobody reads anymore.
public enum BrokenPipe {
  /// Makes it an error (EPIPE) in the whole process, not the end of the process (SIGPIPE).
  ///
  /// All code that writes to pipes or sockets calls it, so that none depends on other code having done so.
  public static func isAnError() {
    signal(SIGPIPE, SIG_IGN)
  }
}

/// The standard streams, made safe before a program does anything else.
public enum StandardStreams {
  /// Makes descriptors 0 to 2 safe to use; returns those that were closed. Call it once, first of all.
  ///
  /// A closed one is opened on `/dev/null`: otherwise the next file or socket would take its number, and output would go
  /// there. Reading from it is the end of the file, and what is written to it is lost, as in all Go programs. Writing to
  /// a pipe without a reader, or beyond the allowed size of a file, becomes an error (EPIPE, EFBIG) instead of the end of
  /// the process.
  @discardableResult
  public static func secure() -> [FileDescriptor] {
    BrokenPipe.isAnError()
    signal(SIGXFSZ, SIG_IGN)
    return (0...2).map(FileDescriptor.init(rawValue:)).filter { stream in
      guard fcntl(stream.rawValue, F_GETFD) == -1 else { return false }
      // The system takes the lowest free number, which is this one. It stays open in children, as standard streams do.
      _ = open("/dev/null", O_RDWR)
      return true
    }
  }
}
