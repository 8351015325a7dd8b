import CommandLineKit

/// What a command line asks for once it has been read: options in, output out.
///
/// A new command is one file with a type like this, its declaration beside it, and one line in `CommandTree`.
package protocol Command: Sendable {
  /// Its declaration: parser, help, completions and reference read it from here.
  static var spec: CommandSpec<any Command> { get }
  /// Does the work. Results go to `context.output`, everything else to `context.notes`.
  func run(_ context: Context) throws
  /// Whether what it prints is needed while it runs, so that `-qq` doesn't hold it back.
  var printsAtOnce: Bool { get }
}

extension Command {
  package var printsAtOnce: Bool { false }
}
