#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Terminal {
  /// What the terminal keeps of a line (POSIX `MAX_CANON` and more).
  private static let longestLine = 4096

  /// The bytes of the line that is typed next, without its line break.
  ///
  /// Nil at the end of the input (Ctrl-D), also in the middle of a line, and once `waking` is readable, such as for a
  /// signal. A terminal hands over whole lines, so nothing of what is typed after is lost.
  public static func readLine(
    _ input: FileDescriptor, wakingOn waking: FileDescriptor? = nil
  ) throws(SystemError) -> [UInt8]? {
    var line: [UInt8] = []
    while line.count < longestLine {
      guard try waitUntilTyped(input, orReadable: waking) else { return nil }
      let bytes = try input.read(upTo: longestLine)
      if bytes.isEmpty { return nil }
      line += bytes
      if let end = line.firstIndex(of: UInt8(ascii: "\n")) { return Array(line[..<end]) }
    }
    return line
  }

  /// False when the other became readable first.
  private static func waitUntilTyped(
    _ input: FileDescriptor, orReadable waking: FileDescriptor?
  ) throws(SystemError) -> Bool {
    // A negative number is passed over.
    var polled = [input.rawValue, waking?.rawValue ?? -1].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    try SystemError.check("poll") { poll(&polled, nfds_t(polled.count), -1) }
    return polled[1].revents == 0
  }
}
