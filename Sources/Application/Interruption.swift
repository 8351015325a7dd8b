import Delivery
import Messaging
import Output
import TextFormats

/// A signal ended a command: before it did what it was asked for, or while it did.
package struct Interruption: UserError, Hashable {
  package var signal: Int32
  /// What is so all the same, such as that a contact was added, or why a call failed; nil where nothing was begun.
  package var state: String?
  /// How to go on.
  package var hint: String?
  package var details = ErrorDetails()

  package init(_ signal: Int32, _ state: String? = nil, hint: String? = nil) {
    self.signal = signal
    self.state = state
    self.hint = hint
  }

  /// After a call that failed once the signal had come.
  init(_ signal: Int32, _ failure: any UserError) {
    self.init(signal, failure.message, hint: failure.hint)
    details = failure.details
  }

  package var message: String { [Notes.signalWord(signal), state].compactMap(\.self).joined(separator: "; ") }
  package var kind: String { "interrupted" }
  package var exitCode: ExitCode { .signal(signal) }
}

extension ProviderSession {
  /// Prints the answer to a single call. Where a signal came meanwhile, the program ends because of it all the same;
  /// `state` is what the call did, if it did anything.
  package func finish<Printed: Record>(
    _ printer: RecordPrinter<Printed>, with records: [Printed], _ state: String? = nil
  ) throws {
    try printer.finish(with: records)
    try endIfStopped(state)
  }

  /// Throws where a signal has come; `hint` is how to go on.
  package func endIfStopped(_ state: String? = nil, hint: String? = nil) throws {
    if let signal = calls.stop.received() { throw Interruption(signal, state, hint: hint) }
  }

  /// What a second signal says that comes before the answer.
  func leaveLastWords(_ error: any UserError) {
    // Behind the ^C that the terminal shows, or a progress bar.
    let start = context.environment.terminal.errorIsTerminal ? "\n" : ""
    context.environment.leaveLastWords(Array((start + context.text(of: error)).utf8))
  }
}

extension Failure {
  /// That a second signal ended a single call.
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
