#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
