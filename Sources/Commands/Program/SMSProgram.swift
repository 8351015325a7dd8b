import CommandLineKit
import Messaging
import Platform
import TextFormats

/// The program: reads the command line, runs what it asks for, and says what went wrong.
public struct SMSProgram {
  private let environment: Environment
  private let program = Program(CommandTree.root, globals: GlobalOptions.all)

  public init(environment: Environment) {
    self.environment = environment
  }

  /// Runs one command line (without the program's own name); the result is the exit code.
  public func run(_ arguments: [String]) -> ExitCode {
    let invocation = program.parse(arguments)
    let context = Context(environment: environment, globals: invocation.parsed, program: program.outline)
    do {
      return try run(invocation, context)
    } catch {
      return report(error, context)
    }
  }

  private func run(_ invocation: Invocation<any Command>, _ context: Context) throws(CommandError) -> ExitCode {
    switch invocation.request {
    case .run(let command): try command.run(context)
    case .help:
      try context.print(program.outline.help(for: invocation.path, width: environment.terminal.width ?? 80))
    case .version: try context.print("sms \(Version.current)\n")
    case .usage:
      environment.streams.writeError(Array(program.outline.usage(for: invocation.path).utf8))
      return .usage
    case .failure(let error): throw .usage(error)
    }
    return .success
  }

  private func report(_ error: CommandError, _ context: Context) -> ExitCode {
    if let failure = error.failure {
      environment.streams.writeError(Array(failure.text(for: context.outputFormat).utf8))
    }
    return error.exitCode
  }
}
