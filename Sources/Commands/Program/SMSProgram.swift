import Application
import CommandLineKit
import Configuration
import Ledger
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
  /// Called by the name of another program that it can stand in for, such as `sendmail`, it does what that one would.
  package func run(_ arguments: [[UInt8]], calledAs name: String = "sms") -> ExitCode {
    let words = arguments.map { String(decoding: $0, as: UTF8.self) }
    let line = name == SendmailCommand.spec.outline.name ? [name] + SendmailArguments.ofMailer(words) : words
    // Loading takes longer than all that comes before the first request, this line included. A wrong guess does no harm.
    if line.contains(SendCommand.spec.outline.name) { environment.loadTransport() }
    let invocation = Self.program.parse(line)
    do {
      if let failure = textFailure(in: arguments, of: invocation) { throw failure }
      let context = context(of: invocation, arguments)
      guard let list = try columnList(of: invocation, context) else { return try run(invocation, context) }
      try context.print(list)
      return .success
    } catch {
      return report(userError(error), invocation)
    }
  }

  func run(_ arguments: [String]) -> ExitCode {
    run(arguments.map { Array($0.utf8) })
  }

  /// An argument that is not UTF-8 is refused: replacing its bad bytes would send another text than was meant. What
  /// `sms run` runs gets its arguments as they are.
  private func textFailure(in arguments: [[UInt8]], of invocation: Invocation<any Command>) -> Failure? {
    let isRun = invocation.path.dropFirst().first == RunCommand.spec.outline.name
    let read = isRun ? arguments.prefix { $0 != Array("--".utf8) } : arguments[...]
    guard let index = read.firstIndex(where: { String(utf8: $0) == nil }) else { return nil }
    return .notUTF8(argument: index + 1, byte: read[index].offsetOfInvalidUTF8() ?? 0)
  }

  private func context(of invocation: Invocation<any Command>, _ arguments: [[UInt8]] = []) -> Context {
    Context(
      environment: environment, globals: invocation.parsed, program: Self.program.outline, arguments: arguments)
  }

  private func run(_ invocation: Invocation<any Command>, _ context: Context) throws -> ExitCode {
    switch invocation.request {
    case .run(let command):
      try context.checkFilter()
      try context.isSilent && !command.printsAtOnce ? runSilently(command, context) : command.run(context)
    case .help: try context.print(Self.program.outline.help(for: invocation.path, width: width))
    case .briefHelp: try context.print(Self.program.outline.briefHelp(for: invocation.path, width: width))
    case .version: try context.print(version(isLong: context.globals[GlobalOptions.verbose]))
    case .usage:
      guard !context.saysJSON else { throw UsageError(.missingCommand, at: invocation.path) }
      environment.streams.writeError(Array(Self.program.outline.briefHelp(for: invocation.path).utf8))
      return .usage
    case .failure(let error): throw error.explained(invocation)
    }
    return .success
  }

  /// Runs a command whose results nobody wants to see unless something goes wrong.
  private func runSilently(_ command: any Command, _ context: Context) throws {
    let held = HeldOutput(folder: context.inputs.variable("TMPDIR") ?? "/tmp")
    var context = context
    context.environment.streams.writeOutput = { (bytes) throws(SystemError) in try held.write(bytes) }
    guard let error = caught({ try command.run(context) }) else { return }
    let output = caught { try held.release(to: environment.streams.writeOutput) }
    throw worst(of: [error, output]) ?? error
  }

  /// In long, with the libraries that come with the program or with the system.
  private func version(isLong: Bool) -> String {
    var lines = ["sms \(Version.current)"]
    if isLong {
      let library = try? environment.diagnostics.transportLibrary()
      lines.append(library.map(\.title) ?? "libcurl: not found")
      lines.append("SQLite \(SQLiteLibrary.version)")
    }
    return lines.map { "\($0)\n" }.joined()
  }

  private var width: Int { environment.terminal.width ?? 80 }

  private func report(_ error: any UserError, _ invocation: Invocation<any Command>) -> ExitCode {
    if !error.message.isEmpty {
      environment.streams.writeError(Array(context(of: invocation).text(of: error).utf8))
    }
    let isMail = invocation.path.dropFirst().first == SendmailCommand.spec.outline.name
    return isMail ? .other(SystemExitCode(of: error).rawValue) : error.exitCode
  }
}

extension UsageError {
  /// Someone who types just `sms -v` wants the version.
  fileprivate func explained(_ invocation: Invocation<any Command>) -> UsageError {
    guard problem == .missingCommand, path.count == 1, invocation.parsed[GlobalOptions.verbose] else { return self }
    return SMSProgram.versionAsked
  }
}

extension SMSProgram {
  static let versionAsked = UsageError(
    .other(
      "missing command after 'sms'", hint: "'sms --version' shows the version; -v after a command shows its requests"),
    at: ["sms"])
}

extension Failure {
  static func notUTF8(argument: Int, byte: Int) -> Failure {
    Failure(
      "usage", .usage, "argument \(argument): not valid UTF-8 (byte \(byte))",
      hint: "convert it with iconv, or put the command into a script")
  }
}
