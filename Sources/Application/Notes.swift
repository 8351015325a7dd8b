import Messaging
import TextFormats

/// What is said beside the results.
package enum Notes {
  package static func waiting(for messages: Int) -> String { "waiting for \(counted(messages, "message"))" }

  /// After a signal, while a single call is under way.
  package static func awaitingAnswer(_ signal: Int32, of provider: ProviderLabel) -> String {
    "\(signalWord(signal)): waiting for the answer from \(provider.title)\(stopAtOnce(signal))"
  }

  /// After a signal, while what is under way is settled.
  package static func windingUp(_ signal: Int32, underWay requests: Int) -> String {
    "\(signalWord(signal)): waiting for \(counted(requests, "request")) under way\(stopAtOnce(signal))"
  }

  private static func stopAtOnce(_ signal: Int32) -> String {
    signal == 2 ? "; press Ctrl-C again to stop at once" : ""
  }

  /// What a signal did to the program.
  package static func signalWord(_ number: Int32) -> String {
    switch number {
    case 2: "interrupted"
    case 15: "terminated"
    default: "ended by signal \(number)"
    }
  }

  /// Of messages that are not waited for.
  package static func abandoned(_ messages: Int, by provider: ProviderLabel) -> String {
    "not waiting for \(counted(messages, "message")) of which \(provider.title) doesn't know what became"
  }

  /// After a send to a group that the provider only counts.
  package static func reportable(_ group: String) -> String { "what became of it: sms status --group \(group)" }

  /// After a dry run.
  package static func toBeResent(_ messages: Int) -> String {
    "\(counted(messages, "message")) to be sent again; nothing was sent"
  }
}
