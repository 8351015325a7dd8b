import Configuration
import Platform
import Synchronization

/// The three standard streams.
package struct Streams: Sendable {
  /// The next bytes of standard input, nil at its end.
  package var readInput: @Sendable () throws(SystemError) -> [UInt8]?
  /// The next line typed at standard input's terminal, without its line break; nil at end of input or if the
  /// descriptor becomes readable. With `isHidden`, the line isn't echoed.
  package var readTypedLine: @Sendable (_ isHidden: Bool, _ wakingOn: FileDescriptor?) throws(SystemError) -> [UInt8]?
  package var writeOutput: @Sendable (_ bytes: [UInt8]) throws(SystemError) -> Void
  /// Failures are ignored: there is nowhere else to report them.
  package var writeError: @Sendable (_ bytes: [UInt8]) -> Void
  /// Whether a few lines can be written to standard error without blocking.
  package var errorHasRoom: @Sendable () -> Bool = { true }

  package init(
    readInput: @escaping @Sendable () throws(SystemError) -> [UInt8]?,
    readTypedLine: @escaping @Sendable (Bool, FileDescriptor?) throws(SystemError) -> [UInt8]?,
    writeOutput: @escaping @Sendable ([UInt8]) throws(SystemError) -> Void,
    writeError: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.readInput = readInput
    self.readTypedLine = readTypedLine
    self.writeOutput = writeOutput
    self.writeError = writeError
  }

  /// The process's descriptors 0 to 2.
  package static let live = Streams(
    readInput: { () throws(SystemError) in
      let bytes = try FileDescriptor.standardInput.read(upTo: 65_536)
      return bytes.isEmpty ? nil : bytes
    },
    readTypedLine: { (isHidden, descriptor) throws(SystemError) in
      if isHidden { return try Terminal.readHiddenLine(.standardInput, wakingOn: descriptor) }
      return try Terminal.readLine(.standardInput, wakingOn: descriptor)
    },
    writeOutput: { (bytes) throws(SystemError) in try FileDescriptor.standardOutput.writeAll(bytes) },
    writeError: { try? FileDescriptor.standardError.writeAll($0) })
}

/// Which standard streams are terminals.
package struct TerminalState: Hashable, Sendable {
  package var inputIsTerminal = false
  package var outputIsTerminal = false
  package var errorIsTerminal = false
  /// Columns of standard output's terminal; nil if it isn't one.
  package var width: Int?
  /// Lines of standard output's terminal; nil if it isn't one.
  package var height: Int?

  package init() {}

  /// The actual state of descriptors 0 to 2.
  package static var live: TerminalState {
    var state = TerminalState()
    state.inputIsTerminal = Terminal.isTerminal(.standardInput)
    state.outputIsTerminal = Terminal.isTerminal(.standardOutput)
    state.errorIsTerminal = Terminal.isTerminal(.standardError)
    (state.width, state.height) = Terminal.size(.standardOutput)
    return state
  }
}

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
