/// What a line of arguments asks for.
public struct Invocation<Action: Sendable>: Sendable {
  /// What is to be done.
  public enum Request: Sendable {
    case run(Action)
    /// Help for the command at `path`, on standard output.
    case help
    case version
    /// Nothing but the name of a command that only gathers others: its short help, as an error.
    case usage
    case failure(UsageError)
  }

  /// The command as far as it was recognised, the program's name first: `["sms", "contacts", "add"]`.
  public var path: [String]
  /// What was given, global options included; after an error, all that could still be read.
  public var parsed: Parsed
  /// What is to be done.
  public var request: Request
}
