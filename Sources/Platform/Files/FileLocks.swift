import CLibrary

/// Kernel locks on single bytes of a file; the bytes don't have to exist.
///
/// The locks belong to an open file description (`F_OFD_SETLK`): child processes don't keep them, and closing
/// another descriptor of the same file doesn't release them.
extension FileDescriptor {
  /// Locks a byte of a file that is open for writing; returns false if another open file description has locked it.
  public func lockByte(_ offset: Int) throws(SystemError) -> Bool {
    do {
      try setByteLock(F_WRLCK, offset)
      return true
    } catch let error where error.code == EAGAIN || error.code == EACCES {
      return false
    }
  }

  public func unlockByte(_ offset: Int) {
    try? setByteLock(F_UNLCK, offset)
  }

  /// Whether another open file description has locked a byte; also true if that can't be determined.
  public func isByteLockedElsewhere(_ offset: Int) -> Bool {
    var lock = byteLock(F_WRLCK, offset)
    return fcntl(rawValue, lockGet, &lock) != 0 || Int32(lock.l_type) != Int32(F_UNLCK)
  }

  private func setByteLock(_ type: some BinaryInteger, _ offset: Int) throws(SystemError) {
    var lock = byteLock(type, offset)
    guard fcntl(rawValue, lockSet, &lock) == 0 else { throw SystemError(code: errno, operation: "fcntl") }
  }

  private func byteLock(_ type: some BinaryInteger, _ offset: Int) -> flock {
    var lock = flock()
    lock.l_type = Int16(type)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(offset)
    lock.l_len = 1
    return lock
  }
}

/// Whether a directory's lock can be shared.
public enum DirectoryLock: Sendable {
  case shared, exclusive
}

extension FileDescriptor {
  /// Locks a directory (`flock`) without waiting; returns false if another open file description has a conflicting
  /// lock.
  ///
  /// Also returns true on file systems that can't lock directories.
  public func lockFolder(_ lock: DirectoryLock) -> Bool {
    flock(rawValue, (lock == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 || errno != EWOULDBLOCK
  }

  public func unlockFolder() {
    _ = flock(rawValue, LOCK_UN)
  }
}
