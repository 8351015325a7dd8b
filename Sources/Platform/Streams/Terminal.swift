import CLibrary

/// The terminal that a descriptor is connected to.
public enum Terminal {
  /// Whether the descriptor is connected to a terminal.
  public static func isTerminal(_ descriptor: FileDescriptor) -> Bool {
    isatty(descriptor.rawValue) == 1
  }

  /// Its columns and lines, 1 or more each; nil if it isn't a terminal, or doesn't say.
  public static func size(_ descriptor: FileDescriptor) -> (width: Int?, height: Int?) {
    var size = winsize()
    guard ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0 else { return (nil, nil) }
    return (size.ws_col > 0 ? Int(size.ws_col) : nil, size.ws_row > 0 ? Int(size.ws_row) : nil)
  }
}

extension Terminal {
  /// The most bytes of a line that a terminal stores (POSIX `MAX_CANON`, or more).
  private static let longestLine = 4096

  /// The bytes of the next typed line, without its line break.
  ///
  /// Nil at the end of the input (Ctrl-D), even in the middle of a line, and if `waking` becomes readable, such as
  /// for a signal. A terminal delivers whole lines, so nothing that is typed afterwards is lost.
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

  /// Returns false if `waking` becomes readable first.
  private static func waitUntilTyped(
    _ input: FileDescriptor, orReadable waking: FileDescriptor?
  ) throws(SystemError) -> Bool {
    var isWoken = false
    try SystemError.check("poll") {
      let (count, ready) = systemWaitUntilReadable([input.rawValue] + (waking.map { [$0.rawValue] } ?? []))
      isWoken = ready.dropFirst().contains(true)
      return count
    }
    return !isWoken
  }
}
