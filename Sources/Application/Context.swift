import CommandLineKit
import Configuration
import Ledger
import Messaging
import Output
import TextFormats

/// What a running command works with: the environment and the global options.
package struct Context: Sendable {
  package var environment: Environment
  package var globals: Parsed
  /// The whole command line, for help and completions.
  package var program: ProgramOutline
  /// The command line as it was passed, including bytes that aren't UTF-8.
  package let arguments: [[UInt8]]
  /// What the configuration is read from.
  package let inputs: ConfigurationInputs
  package let configuration: ConfigurationSource

  package init(environment: Environment, globals: Parsed, program: ProgramOutline, arguments: [[UInt8]] = []) {
    self.environment = environment
    self.globals = globals
    self.program = program
    self.arguments = arguments
    inputs = environment.configurationInputs
    configuration = ConfigurationSource(inputs: inputs, globals: globals)
  }

  /// How results are printed.
  package var outputFormat: OutputFormat { configuration.outputFormat }

  package var isQuiet: Bool { globals[GlobalOptions.quiet] > 0 }

  /// Whether even results are suppressed if the run succeeds.
  package var isSilent: Bool { globals[GlobalOptions.quiet] > 1 }

  package var isVerbose: Bool { globals[GlobalOptions.verbose] }

  /// Prints text that isn't a record, such as help.
  package func print(_ text: String) throws {
    do {
      try environment.streams.writeOutput(Array(text.utf8))
    } catch {
      throw error.writingOutput
    }
  }

  /// The settings of a profile, regardless of options and variables; for nil, those of this run's profile.
  package func settings(profile: String? = nil) throws -> Settings {
    var configuration = configuration
    configuration.profile = profile
    let settings = try configuration.settings()
    // Without a warning, a misspelled setting or variable would be ignored silently.
    for unknown in settings.file?.unknownNames(for: settings.profile?.name) ?? [] {
      note("warning: \(unknown.message)")
    }
    for unknown in configuration.unknownVariables { note("warning: \(unknown.message)") }
    return settings
  }
}

/// A command that only some providers can do.
package struct Capability: Sendable {
  /// The words of the command, such as `ussd send`.
  package var command: String
  /// Whether a provider supports it, judged by the protocols it conforms to.
  package var isProvided: @Sendable (any Provider.Type) -> Bool

  package init(_ command: String, isProvided: @escaping @Sendable (any Provider.Type) -> Bool) {
    self.command = command
    self.isProvided = isProvided
  }

  /// Throws if the profile's provider doesn't support it.
  package func check(_ settings: Settings, _ context: Context) throws {
    guard isProvided(settings.provider) else { throw Failure.unsupported(self, settings, context) }
  }
}

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

extension Context {
  /// Opens the ledger in this run's state directory; creates it if necessary.
  package func ledger() throws -> Ledger {
    try ledger(in: try configuration.stateDirectory())
  }

  /// Opens the ledger in a state directory; creates it if necessary.
  package func ledger(in directory: StateDirectory?) throws(LedgerError) -> Ledger {
    guard let directory else { throw .noFolder }
    return try environment.openLedger(directory.path)
  }

  /// Opens the ledger if it exists; nil if it doesn't.
  package func existingLedger() throws -> Ledger? {
    guard let directory = try configuration.stateDirectory(),
      environment.files.status(Ledger.path(in: directory.path)) != nil
    else { return nil }
    return try ledger(in: directory)
  }
}

extension LedgerError {
  /// Neither a variable nor a home directory determines the state directory: SQLITE_CANTOPEN (14).
  package static let noFolder = LedgerError(
    .open, code: 14, reason: "no home folder to keep it in", path: "ledger")
}
