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

  /// The mark of the file at a path, or of an open file; nil if it isn't accessible.
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

/// The file operations that commands can use.
public struct FileAccess: Sendable {
  /// Reads a whole file of at most `limit` bytes.
  public var read: @Sendable (_ path: String, _ limit: Int) throws(SystemError) -> [UInt8]
  /// Reads a whole file of at most `limit` bytes, and checks whether it can be trusted.
  public var readJudged: @Sendable (_ path: String, _ limit: Int) throws(SystemError) -> LoadedFile
  /// Opens a file and returns its bytes in pieces, then nil.
  public var open: @Sendable (_ path: String) throws(SystemError) -> ByteSource
  /// Nil if nothing is there.
  public var status: @Sendable (_ path: String) -> FileStatus?
  /// Creates a file that only its owner can read. Throws if the path exists.
  public var create: @Sendable (_ path: String, _ bytes: [UInt8]) throws(SystemError) -> Void
  /// Replaces whatever is at the path by a file that only its owner can read.
  public var replace: @Sendable (_ path: String, _ bytes: [UInt8]) throws(SystemError) -> Void
  /// Creates a file that only its owner can read, or replaces a regular file that `isOurs` recognizes. Returns
  /// false if anything else is there.
  public var replaceOurs:
    @Sendable (_ path: String, _ bytes: [UInt8], _ isOurs: ([UInt8]) -> Bool) throws(SystemError) -> Bool
  public var makeFolders: @Sendable (_ path: String) throws(SystemError) -> Void
  /// Replaces the content of an existing file atomically; keeps symbolic links, owner, and permissions. Throws
  /// EAGAIN if the file no longer has the `old` content.
  public var rewrite: @Sendable (_ path: String, _ old: [UInt8], _ new: [UInt8]) throws(SystemError) -> Void = {
    (path, old, new) throws(SystemError) in try Files.rewrite(path, from: old, to: new)
  }
  /// The first directory in which anyone could replace a file at this path; nil if there is none.
  public var openFolder: @Sendable (_ path: String) -> String? = { Files.openFolder(onTheWayTo: $0) }
  /// The current directory; nil if it no longer exists.
  public var currentFolder: @Sendable () -> String? = { Files.currentFolder() }

  public init(
    read: @escaping @Sendable (String, Int) throws(SystemError) -> [UInt8],
    readJudged: @escaping @Sendable (String, Int) throws(SystemError) -> LoadedFile,
    open: @escaping @Sendable (String) throws(SystemError) -> ByteSource,
    status: @escaping @Sendable (String) -> FileStatus?,
    create: @escaping @Sendable (String, [UInt8]) throws(SystemError) -> Void,
    replace: @escaping @Sendable (String, [UInt8]) throws(SystemError) -> Void,
    replaceOurs: @escaping @Sendable (String, [UInt8], ([UInt8]) -> Bool) throws(SystemError) -> Bool,
    makeFolders: @escaping @Sendable (String) throws(SystemError) -> Void
  ) {
    self.read = read
    self.readJudged = readJudged
    self.open = open
    self.status = status
    self.create = create
    self.replace = replace
    self.replaceOurs = replaceOurs
    self.makeFolders = makeFolders
  }
}

/// Bytes in pieces: each call returns the next piece, then nil.
public typealias ByteSource = () throws(SystemError) -> [UInt8]?

extension FileAccess {
  /// The machine's own file system.
  public static let live = FileAccess(
    read: { (path, limit) throws(SystemError) in try Files.read(path, limit: limit) },
    readJudged: { (path, limit) throws(SystemError) in try Files.readJudged(path, limit: limit) },
    open: { (path) throws(SystemError) in
      let reader = ChunkReader(try Files.openForReading(path), path: path)
      return { () throws(SystemError) in try reader.next() }
    },
    status: { Files.status($0) },
    create: { (path, bytes) throws(SystemError) in try Files.createExclusive(path, bytes) },
    replace: { (path, bytes) throws(SystemError) in try Files.replace(path, bytes) },
    replaceOurs: { (path, bytes, isOurs) throws(SystemError) in try Files.replace(path, bytes, ifOurs: isOurs) },
    makeFolders: { (path) throws(SystemError) in try Files.makeFolders(path) })
}

/// Reads a file of any size in pieces.
public struct ChunkReader {
  private let descriptor: FileDescriptor
  private let path: String?

  /// Reads from an open descriptor, which the caller closes.
  public init(_ descriptor: FileDescriptor, path: String? = nil) {
    self.descriptor = descriptor
    self.path = path
  }

  /// The next bytes, 65,536 at most; nil at the end.
  public func next() throws(SystemError) -> [UInt8]? {
    do {
      let chunk = try descriptor.read(upTo: chunkSize)
      return chunk.isEmpty ? nil : chunk
    } catch {
      throw path.map(error.at) ?? error
    }
  }
}
