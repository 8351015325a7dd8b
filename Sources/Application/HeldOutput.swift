import Platform
import Synchronization

/// Standard output that is held back until it is known whether the run succeeds (`-qq`): in memory up to a limit,
/// then in a temporary file.
package final class HeldOutput: Sendable {
  private static let mostInMemory = 1 << 20
  private static let pieceSize = 1 << 16

  private struct State {
    var bytes: [UInt8] = []
    var file: FileDescriptor?
    /// Number of bytes in the file.
    var size = 0
  }

  private let folder: String
  private let state = Mutex(State())

  /// `folder` is for the temporary file; if it can't be written there, everything stays in memory.
  package init(folder: String) {
    self.folder = folder
  }

  deinit {
    state.withLock { $0.file?.close() }
  }

  package func write(_ bytes: [UInt8]) throws(SystemError) {
    try state.withLock { (state) throws(SystemError) in
      state.bytes += bytes
      guard state.bytes.count > Self.mostInMemory else { return }
      if state.file == nil { state.file = try? Files.openTemporary(in: folder) }
      guard let file = state.file else { return }
      try file.writeAll(state.bytes, at: state.size)
      state.size += state.bytes.count
      state.bytes = []
    }
  }

  /// Writes everything that was held back.
  package func release(to write: ([UInt8]) throws(SystemError) -> Void) throws(SystemError) {
    try state.withLock { (state) throws(SystemError) in
      var offset = 0
      while let file = state.file, offset < state.size {
        let piece = try file.read(upTo: min(Self.pieceSize, state.size - offset), at: offset)
        guard !piece.isEmpty else { break }
        try write(piece)
        offset += piece.count
      }
      if !state.bytes.isEmpty { try write(state.bytes) }
    }
  }
}
