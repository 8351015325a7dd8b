import Application
import CommandLineKit
import Configuration
import Ledger
import Messaging
import Platform
import TextFormats

/// The program: parses the command line, runs the command, and reports errors.
package struct SMSProgram {
  private let environment: Environment
  static let program = Program(CommandTree.root, globals: GlobalOptions.all, sections: ReferenceTopics.all)

  package init(environment: Environment) {
    self.environment = environment
  }

  /// Runs a command line in the form that the shell passes (without the program's name); returns the exit code.
  ///
  /// If it is called by the name of a program that it can replace, such as `sendmail`, it behaves like that program.
  package func run(_ arguments: [[UInt8]], calledAs name: String = "sms") -> ExitCode {
    let words = arguments.map { String(decoding: $0, as: UTF8.self) }
    let line = name == SendmailCommand.spec.outline.name ? [name] + SendmailArguments.ofMailer(words) : words
    // Loading takes longer than everything before the first request, including parsing. A wrong guess is harmless.
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

  /// Rejects an argument that isn't UTF-8: replacing its invalid bytes would send a different text. Programs run by
  /// `sms run` get their arguments unchanged.
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

  /// Runs a command whose results are shown only if there is an error.
  private func runSilently(_ command: any Command, _ context: Context) throws {
    let held = HeldOutput(folder: context.inputs.variable("TMPDIR") ?? "/tmp")
    var context = context
    context.environment.streams.writeOutput = { (bytes) throws(SystemError) in try held.write(bytes) }
    guard let error = caught({ try command.run(context) }) else { return }
    let output = caught { try held.release(to: environment.streams.writeOutput) }
    throw worst(of: [error, output]) ?? error
  }

  /// The version; if long, with the libraries that are bundled or installed.
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

extension SMSProgram {
  /// The reply to `--columns help`, regardless of the other arguments; nil if it wasn't given.
  func columnList(of invocation: Invocation<any Command>, _ context: Context) throws -> String? {
    guard invocation.request.isForCommand, invocation.parsed[GlobalOptions.columns] == ["help"],
      let command = context.program.command(at: invocation.path), !command.isGroup
    else { return nil }
    let columns = command.columns
    guard !columns.isEmpty else {
      throw UsageError.noColumns(invocation.path)
    }
    let width = columns.map(\.name.count).max() ?? 0
    return columns.map { column in
      let padding = String(repeating: " ", count: width - column.name.count + 2)
      return "\(column.name)\(column.meaning.isEmpty ? "" : padding + column.meaning.replacing("`", with: ""))\n"
    }.joined()
  }
}

extension Invocation.Request {
  /// Whether neither help nor the version was requested.
  fileprivate var isForCommand: Bool {
    switch self {
    case .run, .failure: true
    case .help, .briefHelp, .version, .usage: false
    }
  }
}

extension UsageError {
  static func noColumns(_ path: [String]) -> UsageError {
    UsageError(.other("'\(path.joined(separator: " "))' prints no columns", hint: "omit --columns"), at: path)
  }
}
