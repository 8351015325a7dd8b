import CLibrary

/// The two ends of a pipe; both are closed in child processes. Writing without a reader is an error.
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
  /// Makes reading and writing return EAGAIN instead of waiting.
  func makeNonBlocking() {
    _ = fcntl(rawValue, F_SETFL, fcntl(rawValue, F_GETFL) | O_NONBLOCK)
  }
}

/// Writing to a pipe or socket that has no reader.
public enum BrokenPipe {
  /// Makes it an error (EPIPE) in the whole process, instead of a signal that ends the process (SIGPIPE).
  ///
  /// All code that writes to pipes or sockets calls this itself, and doesn't depend on other code to do so.
  public static func isAnError() {
    signal(SIGPIPE, SIG_IGN)
  }
}

/// Makes the standard streams safe before the program does anything else.
public enum StandardStreams {
  /// Makes descriptors 0 to 2 safe to use; returns those that were closed. Call it once, before anything else.
  ///
  /// A closed descriptor is opened on `/dev/null`: otherwise, the next file or socket would get its number, and
  /// output would go there. Reading from it returns the end of the file, and output to it is lost, as in all Go
  /// programs. Writing to a pipe without a reader, or beyond the file size limit, becomes an error (EPIPE, EFBIG)
  /// instead of a signal.
  @discardableResult
  public static func secure() -> [FileDescriptor] {
    BrokenPipe.isAnError()
    signal(SIGXFSZ, SIG_IGN)
    return (0...2).map(FileDescriptor.init(rawValue:)).filter { stream in
      guard fcntl(stream.rawValue, F_GETFD) == -1 else { return false }
      // The system uses the lowest free number, which is this one. Like all standard streams, it stays open in
      // children.
      _ = open("/dev/null", O_RDWR)
      return true
    }
  }
}
