import CommandLineKit
import Configuration
import Messaging
import Output
import TextFormats

/// What a running command works with: the world, and the options that hold for all commands.
package struct Context: Sendable {
  package var environment: Environment
  package var globals: Parsed
  /// The whole command line, for help and completions.
  package var program: ProgramOutline
  /// The command line as it was handed over, with bytes that aren't UTF-8 if there are any.
  package let arguments: [[UInt8]]
  package let configuration: ConfigurationSource

  package init(environment: Environment, globals: Parsed, program: ProgramOutline, arguments: [[UInt8]] = []) {
    self.environment = environment
    self.globals = globals
    self.program = program
    self.arguments = arguments
    configuration = ConfigurationSource(inputs: environment.configurationInputs, globals: globals)
  }

  /// What the configuration is read from.
  package var inputs: ConfigurationInputs { environment.configurationInputs }

  /// How results are printed.
  package var outputFormat: OutputFormat { configuration.outputFormat }

  package var isQuiet: Bool { globals[GlobalOptions.quiet] > 0 }

  /// Whether results, too, are kept back when all goes well.
  package var isSilent: Bool { globals[GlobalOptions.quiet] > 1 }

  package var isVerbose: Bool { globals[GlobalOptions.verbose] }

  /// The value of a variable that is set and not empty.
  package func variable(_ name: String) -> String? {
    environment.variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Prints text that isn't a record, such as help.
  package func print(_ text: String) throws {
    do {
      try environment.streams.writeOutput(Array(text.utf8))
    } catch {
      throw error.writingOutput
    }
  }

  /// A misspelt setting would otherwise be as good as not written.
  private func warnOfUnknownNames(in profile: String?) {
    guard let file = (try? configuration.file()) ?? nil else { return }
    for unknown in file.unknownNames(for: profile) { note("warning: \(unknown.message)") }
  }

  /// A misspelt variable, too.
  private func warnOfUnknownVariables() {
    for unknown in configuration.unknownVariables { note("warning: \(unknown.message)") }
  }

  /// The settings of this run's profile.
  package func settings() throws -> Settings {
    try settings(configuration)
  }

  /// The settings of a profile, whatever option and variables say; those of this run for nil.
  package func settings(profile: String?) throws -> Settings {
    var configuration = configuration
    configuration.profile = profile
    return try settings(configuration)
  }

  private func settings(_ configuration: ConfigurationSource) throws -> Settings {
    let settings = try configuration.settings()
    warnOfUnknownNames(in: settings.profile?.name)
    warnOfUnknownVariables()
    return settings
  }
}
