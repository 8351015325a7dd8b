import Application
import CommandLineKit
import Configuration
import Messaging
import Platform
import TextFormats

/// The program: reads the command line, runs what it asks for, and says what went wrong.
package struct SMSProgram {
  private let environment: Environment
  static let program = Program(CommandTree.root, globals: GlobalOptions.all, sections: ReferenceTopics.all)

  package init(environment: Environment) {
    self.environment = environment
  }

  /// Runs a command line as the shell hands it over (without the program's own name); the result is the exit code.
  ///
  /// An argument that is not UTF-8 is refused: replacing its bad bytes would send another text than was meant.
  package func run(_ arguments: [[UInt8]]) -> ExitCode {
    var texts: [String] = []
    for (index, argument) in arguments.enumerated() {
      do {
        texts.append(try String(utf8: argument))
      } catch {
        let failure = Failure("usage", .usage, "argument \(index + 1) is not UTF-8 at byte \(error.offset)")
        environment.streams.writeError(Array(failure.text(for: .table).utf8))
        return .usage
      }
    }
    return run(texts)
  }

  /// Runs a command line whose arguments are known to be text.
  func run(_ arguments: [String]) -> ExitCode {
    // Loading takes longer than all that comes before the first request, this line included. A wrong guess does no harm.
    if arguments.contains(SendCommand.spec.outline.name) { environment.loadTransport() }
    let invocation = Self.program.parse(arguments)
    let context = Context(environment: environment, globals: invocation.parsed, program: Self.program.outline)
    do {
      return try run(invocation, context)
    } catch {
      return report(userError(error), context)
    }
  }

  private func run(_ invocation: Invocation<any Command>, _ context: Context) throws -> ExitCode {
    switch invocation.request {
    case .run(let command): try command.run(context)
    case .help:
      try context.print(Self.program.outline.help(for: invocation.path, width: environment.terminal.width ?? 80))
    case .version: try context.print("sms \(Version.current)\n")
    case .usage:
      environment.streams.writeError(Array(Self.program.outline.usage(for: invocation.path).utf8))
      return .usage
    case .failure(let error): throw error
    }
    return .success
  }

  private func report(_ error: any UserError, _ context: Context) -> ExitCode {
    if !error.message.isEmpty { environment.streams.writeError(Array(context.text(of: error).utf8)) }
    return error.exitCode
  }
}
