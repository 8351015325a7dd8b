#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is known of the terminal behind a descriptor.
public enum Terminal {
  /// Whether a person may be looking at it.
  public static func isTerminal(_ descriptor: FileDescriptor) -> Bool {
    isatty(descriptor.rawValue) == 1
  }

  /// Its width in columns, 1 or more; nil off a terminal, and where the terminal does not say.
  public static func width(_ descriptor: FileDescriptor) -> Int? {
    size(descriptor).flatMap { $0.ws_col > 0 ? Int($0.ws_col) : nil }
  }

  /// Its height in lines, 1 or more; nil off a terminal, and where the terminal does not say.
  public static func height(_ descriptor: FileDescriptor) -> Int? {
    size(descriptor).flatMap { $0.ws_row > 0 ? Int($0.ws_row) : nil }
  }

  private static func size(_ descriptor: FileDescriptor) -> winsize? {
    var size = winsize()
    return ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
  }
}
