import CLibrary

/// What the file system says about a file.
public struct FileStatus: Hashable, Sendable {
  /// What sort of file it is.
  public enum Kind: Hashable, Sendable {
    case file, folder
    /// Pipe, socket or device.
    case other
  }

  /// File, folder, or something else.
  public var kind: Kind
  /// Permission bits, 0 to 0o7777.
  public var mode: UInt32
  /// User ID of the owner.
  public var owner: UInt32
  /// Bytes; of no meaning for `other`.
  public var size: Int64

  /// Whether group or others may read it.
  public var isReadableByOthers: Bool { mode & 0o044 != 0 }
  /// Whether anybody may put a file of their own in the place of one in this folder.
  public var isOpenFolder: Bool { kind == .folder && mode & 0o002 != 0 && mode & 0o1000 == 0 }

  public init(kind: Kind, mode: UInt32, owner: UInt32, size: Int64) {
    self.kind = kind
    self.mode = mode
    self.owner = owner
    self.size = size
  }

  fileprivate init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    mode = UInt32(status.st_mode & 0o7777)
    owner = status.st_uid
    size = Int64(status.st_size)
  }
}

extension Files {
  /// The status of what the path leads to, links followed; nil where there is nothing to be seen.
  public static func status(_ path: String) -> FileStatus? {
    var status = stat()
    return !path.hasByte(where: { $0 == 0 }) && stat(path, &status) == 0 ? FileStatus(status) : nil
  }

  /// Whether this user may read and change a file, or make files in a folder.
  public static func isWritable(_ path: String) -> Bool {
    !path.hasByte(where: { $0 == 0 }) && access(path, R_OK | W_OK | (status(path)?.kind == .folder ? X_OK : 0)) == 0
  }
}

extension FileDescriptor {
  /// The status of the open file itself, whatever its path leads to by now.
  public func status() throws(SystemError) -> FileStatus {
    var status = stat()
    try SystemError.check("fstat") { fstat(rawValue, &status) }
    return FileStatus(status)
  }
}

/// Which file it is, whatever its name: equal for two paths or descriptors of the same file.
public struct FileIdentity: Hashable, Sendable {
  public var device: UInt64
  public var inode: UInt64

  fileprivate init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
  }
}

extension Files {
  /// Which file a path leads to, links followed, and its bytes; nil where there is nothing to be seen.
  public static func identity(_ path: String) -> (file: FileIdentity, size: Int64)? {
    var status = stat()
    guard !path.hasByte(where: { $0 == 0 }), stat(path, &status) == 0 else { return nil }
    return (FileIdentity(status), Int64(status.st_size))
  }
}

extension FileDescriptor {
  /// Which file it is, whatever its path leads to by now.
  public func identity() throws(SystemError) -> FileIdentity {
    var status = stat()
    try SystemError.check("fstat") { fstat(rawValue, &status) }
    return FileIdentity(status)
  }
}

/// Which file it is for as long as it exists, also after a restart, when its device may have another number: a copy of it,
/// or a file that was made in its place, is another one.
public struct FileMark: Hashable, Sendable {
  public var inode: UInt64
  /// When it was made, in nanoseconds since 1970; nil where the file system doesn't say. An inode is soon used again.
  public var birth: Int64?

  public init(inode: UInt64, birth: Int64?) {
    (self.inode, self.birth) = (inode, birth)
  }

  /// That of the file at a path, or of an open one; nil where it can't be had.
  fileprivate init?(_ path: String, of descriptor: Int32?) {
    var status = stat()
    guard (descriptor.map { fstat($0, &status) } ?? stat(path, &status)) == 0 else { return nil }
    self.init(inode: UInt64(status.st_ino), birth: birthTime(status, path, of: descriptor))
  }

  /// Such as `7102@1795954088123456789`.
  public var text: String { birth.map { "\(inode)@\($0)" } ?? "\(inode)" }

  /// Whether `text` is that of this file. What was noted without a time says less.
  public func matches(_ text: String) -> Bool { text == self.text || text == "\(inode)" }
}

extension Files {
  /// The mark of the file that a path leads to, links followed; nil where there is nothing to be seen.
  public static func mark(_ path: String) -> FileMark? {
    path.utf8.contains(0) ? nil : FileMark(path, of: nil)
  }
}

extension FileDescriptor {
  /// The mark of the open file itself, whatever its path leads to by now.
  public func mark() throws(SystemError) -> FileMark {
    guard let mark = FileMark("", of: rawValue) else { throw SystemError(code: errno, operation: "stat") }
    return mark
  }
}
