import CLibrary

/// The file system. All errors include the path.
public enum Files {
  /// Reads a whole file. Throws EFBIG if it has more than `limit` bytes.
  public static func read(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let file = try openForReading(path)
    defer { file.close() }
    do {
      return try file.readAll(limit: limit)
    } catch {
      throw error.at(path)
    }
  }

  /// Opens a file for reading; the caller closes it.
  public static func openForReading(_ path: String) throws(SystemError) -> FileDescriptor {
    try open(path, O_RDONLY)
  }

  /// Opens a file for appending; creates it with `mode` if necessary.
  public static func openForAppending(_ path: String, mode: UInt32 = 0o600) throws(SystemError) -> FileDescriptor {
    try open(path, O_WRONLY | O_APPEND | O_CREAT, mode: mode)
  }

  /// Opens a file for reading and writing; creates it with `mode` if necessary.
  public static func openForUpdating(_ path: String, mode: UInt32 = 0o600) throws(SystemError) -> FileDescriptor {
    try open(path, O_RDWR | O_CREAT, mode: mode)
  }

  /// Creates a file without a name, which exists as long as it is open.
  public static func openTemporary(in folder: String) throws(SystemError) -> FileDescriptor {
    let path = "\(folder)/sms-\(UInt64.random(in: 0...UInt64.max)).tmp"
    let file = try open(path, O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
    unlink(path)
    return file
  }

  /// Ensures that a file exists, and that only this user can access it (0600), regardless of the umask; a new one
  /// is empty.
  public static func keepPrivate(_ path: String) throws(SystemError) {
    // Doesn't open an existing file, because closing it would release this process's locks on it (POSIX, fcntl).
    if status(path) == nil { try open(path, O_WRONLY | O_CREAT, mode: 0o600).close() }
    try requireFile(path)
    if status(path)?.mode != 0o600 { try SystemError.check("chmod", path: path) { chmod(path, 0o600) } }
  }

  /// Throws ENOENT, EISDIR, or EINVAL if the path doesn't lead to a regular file: opening a pipe would block forever.
  public static func requireFile(_ path: String) throws(SystemError) {
    let kind = status(path)?.kind
    guard kind != .file else { return }
    let code = kind == nil ? ENOENT : kind == .folder ? EISDIR : EINVAL
    throw SystemError(code: code, operation: "open", path: path)
  }

  /// Creates a file. Throws EEXIST if the path exists. If writing fails, removes the file.
  public static func createExclusive(
    _ path: String, _ bytes: [UInt8], mode: UInt32 = 0o600
  ) throws(SystemError) {
    let file = try open(path, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
    defer { file.close() }
    do {
      try file.writeAll(bytes)
      try file.synchronize()
    } catch {
      unlink(path)
      throw error.at(path)
    }
  }

  /// Replaces a file atomically.
  public static func replace(_ path: String, _ bytes: [UInt8], mode: UInt32 = 0o600) throws(SystemError) {
    let draft = "\(path).\(getpid())-\(UInt64.random(in: 0...UInt64.max)).tmp"
    try createExclusive(draft, bytes, mode: mode)
    do {
      try SystemError.check("rename", path: path) { rename(draft, path) }
    } catch {
      unlink(draft)
      throw error
    }
  }

  /// Creates a file, or replaces a regular file that `isOurs` recognizes by its content.
  ///
  /// Returns false if anything else is there, such as another file, a link, a pipe, a device, or a directory; it
  /// isn't changed.
  public static func replace(
    _ path: String, _ bytes: [UInt8], ifOurs isOurs: ([UInt8]) -> Bool
  ) throws(SystemError) -> Bool {
    do {
      try createExclusive(path, bytes)
      return true
    } catch let error where error.code == EEXIST || error.code == EISDIR {
      guard let old = plainFile(path, limit: 1 << 20), isOurs(old) else { return false }
      try replace(path, bytes)
      return true
    }
  }

  /// The content of a regular file; nil for anything else, including links.
  private static func plainFile(_ path: String, limit: Int) -> [UInt8]? {
    // Opening a pipe would block forever.
    guard let file = try? open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) else { return nil }
    defer { file.close() }
    guard (try? file.status().kind) == .file else { return nil }
    return try? file.readAll(limit: limit)
  }

  /// Creates a directory and its missing parents, which only this user can access (0700); doesn't change existing ones.
  public static func makeFolders(_ path: String) throws(SystemError) {
    do {
      try makeFolder(path)
    } catch let error where error.code == ENOENT {
      guard let parent = parent(of: path) else { throw error }
      try makeFolders(parent)
      try makeFolder(path)
    }
  }

  /// Removes a file or an empty directory.
  public static func remove(_ path: String) throws(SystemError) {
    try requireNoNUL("remove", path)
    let failed = Self.status(path)?.kind == .folder ? rmdir(path) : unlink(path)
    if failed != 0 { throw SystemError(code: errno, operation: "remove", path: path) }
  }

  private static func makeFolder(_ path: String) throws(SystemError) {
    try requireNoNUL("mkdir", path)
    if mkdir(path, 0o700) == 0 {
      // The umask may have removed even the owner's permissions.
      try SystemError.check("chmod", path: path) { chmod(path, 0o700) }
      try synchronizeParent(of: path)
    } else {
      let error = SystemError(code: errno, operation: "mkdir", path: path)
      // macOS returns EISDIR for `/`.
      guard error.isAlreadyThere || error.isFolder, Self.status(path)?.kind == .folder else { throw error }
    }
  }

  /// Syncs a new directory to disk: otherwise, a power failure could lose it, including synced files in it.
  static func synchronizeParent(of path: String) throws(SystemError) {
    // A directory that can't be read can't be synced.
    guard let folder = try? open(parent(of: path) ?? (path.hasPrefix("/") ? "/" : "."), O_RDONLY) else { return }
    defer { folder.close() }
    do {
      try folder.synchronize()
    } catch let error where error.code == EINVAL {
      // Some file systems can't sync directories.
    }
  }

  /// In C, a path ends at NUL, so another file than the given one would be accessed.
  private static func requireNoNUL(_ operation: String, _ path: String) throws(SystemError) {
    guard !path.utf8.contains(0) else { throw SystemError(code: EINVAL, operation: operation, path: path) }
  }

  static func parent(of path: String) -> String? {
    let trimmed = path.utf8.reversed().drop { $0 == UInt8(ascii: "/") }
    let parent = trimmed.drop { $0 != UInt8(ascii: "/") }.drop { $0 == UInt8(ascii: "/") }
    return parent.isEmpty ? nil : String(decoding: parent.reversed(), as: UTF8.self)
  }

  private static func open(
    _ path: String, _ flags: Int32, mode: UInt32 = 0
  ) throws(SystemError) -> FileDescriptor {
    try requireNoNUL("open", path)
    let raw = try SystemError.check("open", path: path) { CLibrary.open(path, flags | O_CLOEXEC, mode_t(mode)) }
    return FileDescriptor(rawValue: raw)
  }
}

extension SystemError {
  /// The error with another path.
  public func at(_ path: String) -> SystemError {
    SystemError(code: code, operation: operation, path: path)
  }
}

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
