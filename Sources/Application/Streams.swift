import Configuration
import Platform

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
