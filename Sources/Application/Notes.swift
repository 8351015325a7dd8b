import Messaging
import TextFormats

/// Notes printed besides the results.
package enum Notes {
  package static func waiting(for messages: Int) -> String { "waiting for \(counted(messages, "message"))" }

  /// A signal was received during a single call.
  package static func awaitingAnswer(_ signal: Int32, of provider: ProviderLabel) -> String {
    "\(signalWord(signal)); waiting for \(provider.title) to reply\(stopAtOnce(signal))"
  }

  /// A signal was received; requests in progress are still being settled.
  package static func windingUp(_ signal: Int32, underWay requests: Int) -> String {
    "\(signalWord(signal)); waiting for a reply to \(counted(requests, "request"))\(stopAtOnce(signal))"
  }

  private static func stopAtOnce(_ signal: Int32) -> String {
    signal == 2 ? "; press Ctrl-C again to stop immediately" : ""
  }

  /// A request is being retried, and why.
  package static func retrying(_ error: ProviderError, after pause: Duration) -> String {
    let tenths = Int((pause / .milliseconds(100)).rounded(.up))
    let seconds = tenths >= 10 ? "\((tenths + 9) / 10)" : "0.\(tenths)"
    return "retrying in \(seconds) s (\(error.httpStatus.map { "HTTP \($0)" } ?? error.retryWords))"
  }

  /// The effect of a signal on the program.
  package static func signalWord(_ number: Int32) -> String {
    switch number {
    case 2: "interrupted"
    case 15: "terminated"
    default: "ended by signal \(number)"
    }
  }

  /// Messages that aren't waited for, because the provider doesn't know their status.
  package static func abandoned(_ messages: Int, by provider: ProviderLabel) -> String {
    "won't wait for \(counted(messages, "message")): \(provider.title) doesn't know the status"
  }

  /// Follows a send to a group whose messages the provider only counts.
  package static func reportable(_ group: String) -> String { "to see the results: sms status --group \(group)" }

  /// The result of a dry run.
  package static func toBeResent(_ messages: Int) -> String {
    "\(counted(messages, "message")) would be sent again; nothing was sent"
  }
}

extension ProviderError {
  /// Why a request without an HTTP status is retried.
  fileprivate var retryWords: String {
    switch kind {
    case .timedOut: "timed out"
    case .untrusted: "incomplete reply"
    default: "no connection"
    }
  }
}

extension Notes {
  /// Why a requested column isn't in the table.
  package static func noRoom(for columns: [String]) -> String {
    "no room for \(columns.joined(separator: ", ")): make the window wider, or use -o csv"
  }

  /// The ledger couldn't be updated with what a provider said.
  package static func unnoted(_ failure: any UserError) -> String {
    "warning: can't update the log: \(failure.message)"
  }

  package static func empty(_ plural: String) -> String { "no \(plural)" }

  /// One of each note that no other list of examples contains.
  package static func examples(_ provider: ProviderLabel) -> [String] {
    let busy = ProviderError(.busy(retryAfter: nil), message: "", httpStatus: 429)
    let others: [ProviderError.Kind] = [.timedOut, .untrusted, .unreachable]
    return [
      waiting(for: 2), awaitingAnswer(2, of: provider), windingUp(15, underWay: 3), signalWord(1),
      retrying(busy, after: .seconds(2)), abandoned(2, by: provider), reportable("7"), toBeResent(3),
      noRoom(for: ["body", "price"]), empty("messages"),
      unnoted(Failure("io", .io, "/home/ada/.local/state/sms/ledger.db: database or disk is full")),
    ] + others.map { retrying(ProviderError($0, message: ""), after: .milliseconds(500)) }
  }
}
