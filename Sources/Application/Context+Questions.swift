import Configuration
import Delivery
import Messaging
import Platform

extension Context {
  /// Whether there is somebody to ask: standard input and error are terminals, and `--no-input` is not given.
  package var canAsk: Bool {
    let terminal = environment.terminal
    return terminal.inputIsTerminal && terminal.errorIsTerminal && !globals[GlobalOptions.noInput]
  }

  /// Asks on standard error, `--quiet` or not, and returns the line that is typed; nil for Ctrl-D. Ctrl-C throws.
  ///
  /// `stop` is what signals show in: only what is watched can be told from death. A secret is not shown.
  package func ask(_ question: String, isSecret: Bool = false, stop: StopSignal) throws -> [UInt8]? {
    let streams = environment.streams
    streams.writeError(Array(environment.fitted(question.escapingControls).utf8))
    let answer = try streams.readTypedLine(isSecret, stop.descriptor)
    // The terminal shows no line break where none was typed.
    if answer == nil { streams.writeError([UInt8(ascii: "\n")]) }
    if let signal = stop.received() { throw Interruption(signal, "nothing was done") }
    return answer
  }
}

extension Environment {
  /// A text for people as standard error is to show it: neither words nor commands are torn at a terminal's edge.
  package func fitted(_ text: String) -> String {
    guard let width = errorWidth() else { return text }
    return text.brokenAtWords(width: width)
  }
}
