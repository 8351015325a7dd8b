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
