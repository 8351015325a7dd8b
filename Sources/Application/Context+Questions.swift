import Configuration
import Delivery
import Messaging
import Platform

extension Context {
  /// Whether questions can be asked: standard input and error are terminals, and `--no-input` wasn't given.
  package var canAsk: Bool {
    let terminal = environment.terminal
    return terminal.inputIsTerminal && terminal.errorIsTerminal && !globals[GlobalOptions.noInput]
  }

  /// Asks on standard error, even with `--quiet`, and returns the line that was typed; nil after Ctrl-D. Ctrl-C
  /// throws. A secret isn't echoed.
  ///
  /// `stop` is the watched signals: a signal that nobody watches would end the process instead.
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
  /// Wraps a text for the terminal of standard error, without splitting words or commands.
  package func fitted(_ text: String) -> String {
    guard let width = errorWidth() else { return text }
    return text.brokenAtWords(width: width)
  }
}
