import CLibrary

/// An open file, pipe, socket or terminal. The code that opened it closes it.
public struct FileDescriptor: Hashable, Sendable {
  /// The number of the descriptor.
  public let rawValue: Int32

  /// Wraps an open descriptor.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// Descriptor 0.
  public static let standardInput = FileDescriptor(rawValue: 0)
  /// Descriptor 1.
  public static let standardOutput = FileDescriptor(rawValue: 1)
  /// Descriptor 2.
  public static let standardError = FileDescriptor(rawValue: 2)

  /// Writes all bytes; waits even if the descriptor is non-blocking.
  public func writeAll(_ bytes: [UInt8]) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      do {
        written += try writeSome(bytes[written...])
      } catch let error where error.wouldBlock {
        try wait(for: POLLOUT, atMost: nil)
      }
    }
  }

  /// Writes as much as possible without waiting, but at least one byte if there are any.
  func writeSome(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
    try SystemError.check("write") {
      bytes.withUnsafeBytes { write(rawValue, $0.baseAddress, $0.count) }
    }
  }

  /// The next bytes, at most `count` (1 or more); empty at the end. Waits even if the descriptor is non-blocking.
  public func read(upTo count: Int) throws(SystemError) -> [UInt8] {
    while true {
      do {
        return try readSome(upTo: count)
      } catch let error where error.wouldBlock {
        try wait(for: POLLIN, atMost: nil)
      }
    }
  }

  /// The bytes available now, at most `count`; empty at the end. Throws EAGAIN if a non-blocking descriptor has none.
  func readSome(upTo count: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(SystemError) {
        initialized = try SystemError.check("read") {
          CLibrary.read(rawValue, buffer.baseAddress, count)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// All bytes up to the end. Throws EFBIG if there are more than `limit`.
  public func readAll(limit: Int) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let chunk = try read(upTo: min(chunkSize - 1, limit - bytes.count) + 1)
      if chunk.isEmpty { return bytes }
      bytes += chunk
      if bytes.count > limit { throw SystemError(code: EFBIG, operation: "read") }
    }
  }

  /// The bytes of a file at an offset, at most `count`; doesn't change the position.
  public func read(upTo count: Int, at offset: Int) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let length = try SystemError.check("pread") { pread(rawValue, &bytes, count, off_t(offset)) }
    return Array(bytes.prefix(length))
  }

  /// Writes all bytes to a file at an offset; doesn't change the position.
  public func writeAll(_ bytes: [UInt8], at offset: Int) throws(SystemError) {
    let length = try SystemError.check("pwrite") { pwrite(rawValue, bytes, bytes.count, off_t(offset)) }
    guard length == bytes.count else { throw SystemError(code: ENOSPC, operation: "pwrite") }
  }

  /// Waits until there is something to read, or the end; returns false if `time` passes first. Nil waits forever.
  @discardableResult
  public func waitUntilReadable(atMost time: Duration?) throws(SystemError) -> Bool {
    try wait(for: POLLIN, atMost: time)
  }

  /// Whether a short line (`PIPE_BUF` bytes: 4096 on Linux, 512 on macOS) can be written without waiting for a reader.
  public var hasRoom: Bool { (try? wait(for: POLLOUT, atMost: .zero)) ?? false }

  /// Closes the descriptor; ignores errors, because nothing can be done about them.
  public func close() {
    CLibrary.close(rawValue)
  }

  /// Waits until everything written is on disk.
  public func synchronize() throws(SystemError) {
    try SystemError.check("fsync") { systemSync(rawValue) }
  }
}

/// The number of bytes read at a time.
let chunkSize = 65_536

extension SystemError {
  /// A non-blocking descriptor isn't ready.
  var wouldBlock: Bool { code == EAGAIN || code == EWOULDBLOCK }
}

extension FileDescriptor {
  @discardableResult
  private func wait(for events: Int32, atMost time: Duration?) throws(SystemError) -> Bool {
    var polled = pollfd(fd: rawValue, events: Int16(events), revents: 0)
    let deadline = time.map { MonotonicInstant.now + $0 }
    return try SystemError.check("poll") { poll(&polled, 1, pollTimeout(until: deadline)) } > 0
  }
}

/// The timeout for `poll` in milliseconds, rounded up; -1 (forever) without a deadline.
func pollTimeout(until deadline: MonotonicInstant?) -> Int32 {
  guard let deadline else { return -1 }
  return deadline.remaining.wholeMilliseconds
}

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
