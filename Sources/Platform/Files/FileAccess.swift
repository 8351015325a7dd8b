/// The files that a command may touch.
public struct FileAccess: Sendable {
  /// Reads a whole file of at most so many bytes.
  public var read: @Sendable (_ path: String, _ limit: Int) throws(SystemError) -> [UInt8]
  /// Reads a whole file of at most so many bytes, and whether it can be trusted.
  public var readJudged: @Sendable (_ path: String, _ limit: Int) throws(SystemError) -> ReadFile
  /// Opens a file and yields its bytes piece by piece, nil at the end.
  public var open: @Sendable (_ path: String) throws(SystemError) -> ByteSource
  /// Nil where there is nothing.
  public var status: @Sendable (_ path: String) -> FileStatus?
  /// Writes a new file, readable by its owner alone; fails where there is one.
  public var create: @Sendable (_ path: String, _ bytes: [UInt8]) throws(SystemError) -> Void
  /// Writes a file in the place of whatever is there, readable by its owner alone.
  public var replace: @Sendable (_ path: String, _ bytes: [UInt8]) throws(SystemError) -> Void
  /// The same, but only in the place of nothing or of a plain file that `isOurs` recognizes; false for anything else.
  public var replaceOurs:
    @Sendable (_ path: String, _ bytes: [UInt8], _ isOurs: ([UInt8]) -> Bool) throws(SystemError) -> Bool
  public var makeFolders: @Sendable (_ path: String) throws(SystemError) -> Void
  /// Gives an existing file other bytes, as a whole; links, owner and permissions stay. Fails with EAGAIN where the file
  /// doesn't have the old ones any more.
  public var rewrite: @Sendable (_ path: String, _ old: [UInt8], _ new: [UInt8]) throws(SystemError) -> Void = {
    (path, old, new) throws(SystemError) in try Files.rewrite(path, from: old, to: new)
  }
  /// The first folder in which anybody could replace a file at this path; nil for none.
  public var openFolder: @Sendable (_ path: String) -> String? = { Files.openFolder(onTheWayTo: $0) }
  /// The folder that relative paths start from; nil where it is gone.
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

/// Bytes that come piece by piece: each call yields the next, nil at the end.
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

/// Reads a file in pieces, so that its size doesn't matter.
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
