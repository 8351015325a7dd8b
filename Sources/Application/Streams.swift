import Configuration
import Platform

/// The three standard streams.
package struct Streams: Sendable {
  /// The next bytes of standard input, nil at its end.
  package var readInput: @Sendable () throws(SystemError) -> [UInt8]?
  /// The line that a person types next at the terminal of standard input, without its line break; nil at the end of the
  /// input, and once the descriptor is readable. A hidden one is not shown while it is typed.
  package var readTypedLine: @Sendable (_ isHidden: Bool, _ wakingOn: FileDescriptor?) throws(SystemError) -> [UInt8]?
  package var writeOutput: @Sendable (_ bytes: [UInt8]) throws(SystemError) -> Void
  /// Failures are ignored: there is nowhere else to report them.
  package var writeError: @Sendable (_ bytes: [UInt8]) -> Void
  /// Whether standard error takes a few lines at once, without blocking.
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

  /// Descriptors 0 to 2.
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

/// Which standard streams a person sits at.
package struct TerminalState: Hashable, Sendable {
  package var inputIsTerminal = false
  package var outputIsTerminal = false
  package var errorIsTerminal = false
  /// Columns of the terminal that results go to; nil off one.
  package var width: Int?
  /// Its lines; nil off a terminal.
  package var height: Int?

  package init() {}

  /// What descriptors 0 to 2 are connected to.
  package static var live: TerminalState {
    var state = TerminalState()
    state.inputIsTerminal = Terminal.isTerminal(.standardInput)
    state.outputIsTerminal = Terminal.isTerminal(.standardOutput)
    state.errorIsTerminal = Terminal.isTerminal(.standardError)
    (state.width, state.height) = Terminal.size(.standardOutput)
    return state
  }
}
