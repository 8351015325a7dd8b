import Delivery
import Messaging
import Output
import TextFormats

/// A signal ended a command, before or while it did its work.
package struct Interruption: UserError, Hashable {
  package var signal: Int32
  /// What was done anyway (a contact was added) or why a call failed; nil if nothing was started.
  package var state: String?
  /// How to continue.
  package var hint: String?
  package var details = ErrorDetails()

  package init(_ signal: Int32, _ state: String? = nil, hint: String? = nil) {
    self.signal = signal
    self.state = state
    self.hint = hint
  }

  /// For a call that failed after the signal was received.
  init(_ signal: Int32, _ failure: any UserError) {
    self.init(signal, failure.message, hint: failure.hint)
    details = failure.details
  }

  package var message: String { [Notes.signalWord(signal), state].compactMap(\.self).joined(separator: "; ") }
  package var kind: String { "interrupted" }
  package var exitCode: ExitCode { .signal(signal) }
}

extension ProviderSession {
  /// Prints the result of a single call. Then throws if a signal was received meanwhile; `state` is what the call
  /// did, if anything.
  package func finish<Printed: Record>(
    _ printer: RecordPrinter<Printed>, with records: [Printed], _ state: String? = nil
  ) throws {
    try printer.finish(with: records)
    try endIfStopped(state)
  }

  /// Throws if a signal was received; `hint` is how to continue.
  package func endIfStopped(_ state: String? = nil, hint: String? = nil) throws {
    if let signal = calls.stop.received() { throw Interruption(signal, state, hint: hint) }
  }

  /// Sets the text to print for a second signal that is received before the reply.
  func leaveLastWords(_ error: any UserError) {
    // Starts a new line after the terminal's ^C or a progress bar.
    let start = context.environment.terminal.errorIsTerminal ? "\n" : ""
    context.environment.leaveLastWords(Array((start + context.text(of: error)).utf8))
  }
}

extension Failure {
  /// A second signal ended a single call.
  package static func endedAtOnce(_ provider: ProviderLabel) -> Failure {
    Failure(
      "interrupted", .io, "stopped immediately; \(provider.title) may or may not have done this",
      hint: "check with \(provider.title) before trying again", details: ErrorDetails(provider: provider.name))
  }
}

extension Interruption {
  package static var examples: [ExampleMessage] {
    let states = [
      "nothing was done", "the contact was added", "the contact was unsubscribed", "the appointment was added",
      "the code was generated", "text messaging was turned on",
    ]
    return states.map { ExampleMessage(Interruption(2, $0)) } + [
      ExampleMessage(Interruption(15, "2 messages still pending", hint: "'sms status 4 5 --wait' keeps waiting")),
      ExampleMessage(Interruption(1)),
    ]
  }
}
