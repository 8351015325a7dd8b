import CommandLineKit

/// A parsed command, ready to run.
///
/// To add a command, write one file with such a type and its declaration, and one line in `CommandTree`.
package protocol Command: Sendable {
  /// The declaration: the source of the parser, help, completions, and reference.
  static var spec: CommandSpec<any Command> { get }
  /// Runs the command. Results go to standard output, everything else to `context.note`.
  func run(_ context: Context) throws
  /// Whether its output is needed while it runs, so that `-qq` must not hold it back.
  var printsAtOnce: Bool { get }
}

extension Command {
  package var printsAtOnce: Bool { false }
}
