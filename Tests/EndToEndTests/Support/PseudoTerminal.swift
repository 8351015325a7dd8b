#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform

/// A terminal that nobody sits at.
final class PseudoTerminal {
  /// What to open to be on it.
  let path: String
  private let ends: (owner: Int32, user: Int32)

  init() throws(SystemError) {
    var (owner, user) = (Int32(-1), Int32(-1))
    var name = [CChar](repeating: 0, count: 1024)
    guard openpty(&owner, &user, &name, nil, nil) == 0 else {
      throw SystemError(code: errno, operation: "openpty")
    }
    ends = (owner, user)
    path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    close(ends.owner)
    close(ends.user)
  }
}
