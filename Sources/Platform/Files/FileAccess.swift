/// The file operations that commands can use.
public struct FileAccess: Sendable {
  /// Reads a whole file of at most `limit` bytes.
  public var read: @Sendable (_ path: String, _ limit: Int) throws(SystemError) -> [UInt8]
  /// Reads a whole file of at most `limit` bytes, and checks whether it can be trusted.
  public var readJudged: @Sendable (_ path: String, _ limit: Int) throws(SystemError) -> ReadFile
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
    readJudged: @escaping @Sendable (String, Int) throws(SystemError) -> ReadFile,
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
