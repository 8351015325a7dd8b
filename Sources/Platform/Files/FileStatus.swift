import CLibrary

/// The metadata of a file.
public struct FileStatus: Hashable, Sendable {
  /// The type of a file.
  public enum Kind: Hashable, Sendable {
    case file, folder
    /// A pipe, socket, or device.
    case other
  }

  /// The type of the file.
  public var kind: Kind
  /// Permission bits, 0 to 0o7777.
  public var mode: UInt32
  /// User ID of the owner.
  public var owner: UInt32
  /// In bytes; has no meaning for `other`.
  public var size: Int64

  /// Whether group or others may read it.
  public var isReadableByOthers: Bool { mode & 0o044 != 0 }
  /// Whether anyone can replace files in this directory.
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
  /// The status of the file at a path, after following links; nil if nothing is accessible there.
  public static func status(_ path: String) -> FileStatus? {
    var status = stat()
    return !path.hasByte(where: { $0 == 0 }) && stat(path, &status) == 0 ? FileStatus(status) : nil
  }

  /// Whether this user can read and write a file, or create files in a directory.
  public static func isWritable(_ path: String) -> Bool {
    !path.hasByte(where: { $0 == 0 }) && access(path, R_OK | W_OK | (status(path)?.kind == .folder ? X_OK : 0)) == 0
  }
}

extension FileDescriptor {
  /// The status of the open file, even if its path now leads to another one.
  public func status() throws(SystemError) -> FileStatus {
    var status = stat()
    try SystemError.check("fstat") { fstat(rawValue, &status) }
    return FileStatus(status)
  }
}

/// Identifies a file independently of its name: equal for all paths and descriptors of the same file.
public struct FileIdentity: Hashable, Sendable {
  public var device: UInt64
  public var inode: UInt64

  fileprivate init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
  }
}

extension Files {
  /// The identity and size of the file at a path, after following links; nil if nothing is accessible there.
  public static func identity(_ path: String) -> (file: FileIdentity, size: Int64)? {
    var status = stat()
    guard !path.hasByte(where: { $0 == 0 }), stat(path, &status) == 0 else { return nil }
    return (FileIdentity(status), Int64(status.st_size))
  }
}

extension FileDescriptor {
  /// The identity of the open file, even if its path now leads to another one.
  public func identity() throws(SystemError) -> FileIdentity {
    var status = stat()
    try SystemError.check("fstat") { fstat(rawValue, &status) }
    return FileIdentity(status)
  }
}

/// Identifies a file for as long as it exists, even after a restart, which can change its device number. A copy, or
/// a new file in its place, has another mark.
public struct FileMark: Hashable, Sendable {
  public var inode: UInt64
  /// The time of its creation, in nanoseconds since 1970; nil if the file system doesn't record it. Inodes alone
  /// are soon reused.
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

  /// For example, `7102@1795954088123456789`.
  public var text: String { birth.map { "\(inode)@\($0)" } ?? "\(inode)" }

  /// Whether `text` is the mark of this file. A mark recorded without a time has only the inode.
  public func matches(_ text: String) -> Bool { text == self.text || text == "\(inode)" }
}

extension Files {
  /// The mark of the file at a path, after following links; nil if nothing is accessible there.
  public static func mark(_ path: String) -> FileMark? {
    path.utf8.contains(0) ? nil : FileMark(path, of: nil)
  }
}

extension FileDescriptor {
  /// The mark of the open file, even if its path now leads to another one.
  public func mark() throws(SystemError) -> FileMark {
    guard let mark = FileMark("", of: rawValue) else { throw SystemError(code: errno, operation: "stat") }
    return mark
  }
}
