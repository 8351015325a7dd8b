import CommandLineKit
import Configuration
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

  /// The settings of a profile, whatever option and variables say; those of this run's profile for nil.
  package func settings(profile: String? = nil) throws -> Settings {
    var configuration = configuration
    configuration.profile = profile
    let settings = try configuration.settings()
    // A misspelled setting or variable would otherwise be as good as not written.
    for unknown in settings.file?.unknownNames(for: settings.profile?.name) ?? [] {
      note("warning: \(unknown.message)")
    }
    for unknown in configuration.unknownVariables { note("warning: \(unknown.message)") }
    return settings
  }
}
