import Messaging

/// What is said beside the results.
enum Notes {
  static func waiting(for messages: Int) -> String { "waiting for \(counted(messages, "message"))" }

  /// After a signal, while what is under way is settled.
  static func windingUp(_ signal: Int32, underWay requests: Int) -> String {
    let way = signal == 2 ? "; press Ctrl-C again to stop at once" : ""
    return "\(signalWord(signal)): waiting for \(counted(requests, "request")) under way\(way)"
  }

  /// What a signal did to the program.
  static func signalWord(_ number: Int32) -> String {
    switch number {
    case 2: "interrupted"
    case 15: "terminated"
    default: "ended by signal \(number)"
    }
  }

  /// Of messages that are not waited for.
  static func abandoned(_ messages: Int, by provider: ProviderLabel) -> String {
    "not waiting for \(counted(messages, "message")) of which \(provider.title) doesn't know what became"
  }

  /// After a send to a group that the provider only counts.
  static func reportable(_ group: String) -> String { "what became of it: sms status --group \(group)" }

  /// After a configuration was written; `option` is what says where, for the next command.
  static func afterInit(_ template: ConfigurationTemplate, option: String) -> String {
    let next = "sms\(option) config check --online"
    guard let provider = template.active else {
      return "written; take the # away from a profile and fill it in, then run: \(next)"
    }
    let unfilled = template.unfilled.joined(separator: " and ")
    guard template.variables.isEmpty else {
      let filling = unfilled.isEmpty ? "" : ", fill in \(unfilled)"
      return "written, with the profile \(provider), which needs \(template.variables.joined(separator: " and ")); "
        + "set it\(filling), then run: \(next)"
    }
    let filling = unfilled.isEmpty ? "" : "; before sending, fill in \(unfilled)"
    return "written, with the profile \(provider), for you alone to read\(filling); next: \(next)"
  }

  /// After a dry run.
  static func toBeResent(_ messages: Int) -> String {
    "\(counted(messages, "message")) to be sent again; nothing was sent"
  }
}
