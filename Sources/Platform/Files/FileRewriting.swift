import CLibrary

extension Files {
  /// Replaces the content of an existing file atomically, even if there is a power failure; keeps symbolic links,
  /// owner, and permissions. Throws EAGAIN if the file no longer has the `old` content.
  public static func rewrite(_ path: String, from old: [UInt8], to new: [UInt8]) throws(SystemError) {
    guard let target = resolved(path) else { throw SystemError(code: ENOENT, operation: "open", path: path) }
    try requireFile(target)
    guard let status = status(target) else { throw SystemError(code: ENOENT, operation: "open", path: path) }
    let draft = "\(target).\(getpid())-\(UInt64.random(in: 0...UInt64.max)).tmp"
    try createExclusive(draft, new, mode: 0o600)
    do throws(SystemError) {
      try makeAlike(draft, to: target, status)
      guard try read(target, limit: old.count + 1) == old else {
        throw SystemError(code: EAGAIN, operation: "rename", path: path)
      }
      try SystemError.check("rename", path: path) { rename(draft, target) }
    } catch {
      unlink(draft)
      throw error.code == EFBIG ? SystemError(code: EAGAIN, operation: "rename", path: path) : error
    }
    try synchronizeParent(of: target)
  }

  private static func makeAlike(_ draft: String, to target: String, _ status: FileStatus) throws(SystemError) {
    var other = stat()
    try SystemError.check("stat", path: target) { stat(target, &other) }
    if other.st_uid != geteuid() || other.st_gid != getegid() {
      // If this isn't permitted, throws: with this user as its owner, the file could become inaccessible to the
      // real one.
      try SystemError.check("chown", path: target) { chown(draft, other.st_uid, other.st_gid) }
    }
    try SystemError.check("chmod", path: target) { chmod(draft, mode_t(status.mode)) }
  }

  /// The current directory; nil if it no longer exists.
  public static func currentFolder() -> String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(validatingCString: path)
  }
}
