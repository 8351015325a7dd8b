/// Reads a file in pieces, so that its size does not matter.
public struct ChunkReader {
  private let descriptor: FileDescriptor
  private let path: String?

  /// Reads from an open descriptor, which stays the caller's to close.
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
