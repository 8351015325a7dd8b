#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform

/// Locks of the kernel, one for each job: held by the process that works on it, and gone when that process is.
///
/// Job N is byte N of one file. The locks are those of an open file description (`F_OFD_SETLK`): programs that this one
/// starts don't keep them, and closing another descriptor of the same file does not drop them.
final class JobLocks {
  private let file: FileDescriptor

  init(path: String) throws(SystemError) {
    try Files.keepPrivate(path)
    file = try Files.openForAppending(path)
  }

  deinit {
    file.close()
  }

  /// Whether the job is now this one's; false where another holds it.
  func take(_ job: Int) throws(SystemError) -> Bool {
    do {
      try set(F_WRLCK, job)
      return true
    } catch let error where error.code == EAGAIN || error.code == EACCES {
      return false
    }
  }

  func release(_ job: Int) {
    try? set(F_UNLCK, job)
  }

  /// Whether another process works on the job; true also where that can't be found out.
  func isHeldElsewhere(_ job: Int) -> Bool {
    var lock = description(F_WRLCK, job)
    return fcntl(file.rawValue, Command.get, &lock) != 0 || Int32(lock.l_type) != Int32(F_UNLCK)
  }

  /// `F_OFD_SETLK` and `F_OFD_GETLK`, which the C libraries show only to those who ask for GNU's or Apple's extensions.
  private enum Command {
    #if canImport(Glibc)
      static let get: Int32 = 36
      static let set: Int32 = 37
    #else
      static let get: Int32 = 92
      static let set: Int32 = 90
    #endif
  }

  private func set(_ type: some BinaryInteger, _ job: Int) throws(SystemError) {
    var lock = description(type, job)
    guard fcntl(file.rawValue, Command.set, &lock) == 0 else { throw SystemError(code: errno, operation: "fcntl") }
  }

  private func description(_ type: some BinaryInteger, _ job: Int) -> flock {
    var lock = flock()
    lock.l_type = Int16(type)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(job)
    lock.l_len = 1
    return lock
  }
}
