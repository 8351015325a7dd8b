import CLibrary

/// The file system. Every error carries the path.
public enum Files {
  /// Reads a whole file; fails with EFBIG when it has more than `limit` bytes.
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

  /// Opens a file to write at its end, and creates it with `mode` if it is missing.
  public static func openForAppending(_ path: String, mode: UInt32 = 0o600) throws(SystemError) -> FileDescriptor {
    try open(path, O_WRONLY | O_APPEND | O_CREAT, mode: mode)
  }

  /// Opens a file to read and write anywhere in it, and creates it with `mode` if it is missing.
  public static func openForUpdating(_ path: String, mode: UInt32 = 0o600) throws(SystemError) -> FileDescriptor {
    try open(path, O_RDWR | O_CREAT, mode: mode)
  }

  /// Opens a new file that has no name any more, to be read and written for as long as it is open.
  public static func openTemporary(in folder: String) throws(SystemError) -> FileDescriptor {
    let path = "\(folder)/sms-\(UInt64.random(in: 0...UInt64.max)).tmp"
    let file = try open(path, O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
    unlink(path)
    return file
  }

  /// Makes sure that a file exists and is for this user only (0600), whatever the umask; a new one is empty.
  public static func keepPrivate(_ path: String) throws(SystemError) {
    // An existing one is not opened: closing it would drop this process's locks on it (POSIX, fcntl).
    if status(path) == nil { try open(path, O_WRONLY | O_CREAT, mode: 0o600).close() }
    try requireFile(path)
    if status(path)?.mode != 0o600 { try SystemError.check("chmod", path: path) { chmod(path, 0o600) } }
  }

  /// Fails with ENOENT, EISDIR or EINVAL where there is no file, links followed: opening a pipe would block forever.
  public static func requireFile(_ path: String) throws(SystemError) {
    let kind = status(path)?.kind
    guard kind != .file else { return }
    let code = kind == nil ? ENOENT : kind == .folder ? EISDIR : EINVAL
    throw SystemError(code: code, operation: "open", path: path)
  }

  /// Writes a new file; fails with EEXIST if the path is taken. Nothing is left behind if writing fails.
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

  /// Replaces a file, as a whole or not at all.
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

  /// Writes a file where there is nothing, or in the place of a plain file that `isOurs` recognizes by its bytes.
  ///
  /// False: something else is there and stays as it is, such as another file, a link, a pipe, a device or a folder.
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

  /// What is in a plain file; nil for anything else, links included.
  private static func plainFile(_ path: String, limit: Int) -> [UInt8]? {
    // Opening a pipe would block forever.
    guard let file = try? open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) else { return nil }
    defer { file.close() }
    guard (try? file.status().kind) == .file else { return nil }
    return try? file.readAll(limit: limit)
  }

  /// Creates a folder and its missing parents, for this user only (0700); existing ones stay as they are.
  public static func makeFolders(_ path: String) throws(SystemError) {
    do {
      try makeFolder(path)
    } catch let error where error.code == ENOENT {
      guard let parent = parent(of: path) else { throw error }
      try makeFolders(parent)
      try makeFolder(path)
    }
  }

  /// Removes a file or an empty folder.
  public static func remove(_ path: String) throws(SystemError) {
    try requireNoNUL("remove", path)
    let failed = Self.status(path)?.kind == .folder ? rmdir(path) : unlink(path)
    if failed != 0 { throw SystemError(code: errno, operation: "remove", path: path) }
  }

  private static func makeFolder(_ path: String) throws(SystemError) {
    try requireNoNUL("mkdir", path)
    if mkdir(path, 0o700) == 0 {
      // The umask may have removed even our own rights.
      try SystemError.check("chmod", path: path) { chmod(path, 0o700) }
      try synchronizeParent(of: path)
    } else {
      let error = SystemError(code: errno, operation: "mkdir", path: path)
      // macOS says EISDIR of `/`.
      guard error.isAlreadyThere || error.isFolder, Self.status(path)?.kind == .folder else { throw error }
    }
  }

  /// Syncs a new folder to disk: otherwise a power cut could lose it together with files that were synced in it.
  static func synchronizeParent(of path: String) throws(SystemError) {
    // A folder that can't be read can't be synced.
    guard let folder = try? open(parent(of: path) ?? (path.hasPrefix("/") ? "/" : "."), O_RDONLY) else { return }
    defer { folder.close() }
    do {
      try folder.synchronize()
    } catch let error where error.code == EINVAL {
      // Some file systems can't sync folders.
    }
  }

  /// C ends a path at NUL, so another file than the named one would be touched.
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
  /// The same error, about what is at `path`.
  public func at(_ path: String) -> SystemError {
    SystemError(code: code, operation: operation, path: path)
  }
}
