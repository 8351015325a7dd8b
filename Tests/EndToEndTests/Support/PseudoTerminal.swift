#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform

/// A terminal at which a test sits.
final class PseudoTerminal {
  /// What to open to be on it.
  let path: String
  private let ends: (owner: Int32, user: Int32)
  private var read: [UInt8] = []

  init() throws(SystemError) {
    var (owner, user) = (Int32(-1), Int32(-1))
    var name = [CChar](repeating: 0, count: 1024)
    guard openpty(&owner, &user, &name, nil, nil) == 0 else {
      throw SystemError(code: errno, operation: "openpty")
    }
    ends = (owner, user)
    path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Gives its window that many columns.
  func resize(columns: Int) throws(SystemError) {
    var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(ends.owner, UInt(TIOCSWINSZ), &size) == 0 else {
      throw SystemError(code: errno, operation: "ioctl")
    }
  }

  /// Types a text, as it is: a line ends with a line feed, and end of input is U+0004.
  func type(_ text: String) throws(SystemError) {
    try FileDescriptor(rawValue: ends.owner).writeAll(Array(text.utf8))
  }

  /// All that was shown so far, what was typed included.
  func shown() throws(SystemError) -> String {
    let owner = FileDescriptor(rawValue: ends.owner)
    while try owner.waitUntilReadable(atMost: .zero) { read += try owner.read(upTo: 4096) }
    return String(decoding: read, as: UTF8.self)
  }

  /// Whether it shows what is typed, and hands it over line by line.
  var isAsItWas: Bool {
    var modes = termios()
    guard tcgetattr(ends.user, &modes) == 0 else { return false }
    return modes.c_lflag & tcflag_t(ECHO) != 0 && modes.c_lflag & tcflag_t(ICANON) != 0
  }

  deinit {
    close(ends.owner)
    close(ends.user)
  }
}
