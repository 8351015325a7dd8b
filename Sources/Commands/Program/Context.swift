import CommandLineKit
import Messaging
import TextFormats

/// What a running command works with: the world, and the options that hold for all commands.
struct Context: Sendable {
  var environment: Environment
  var globals: Parsed
  /// The whole command line, for help and completions.
  var program: ProgramOutline
  let configuration: ConfigurationSource

  init(environment: Environment, globals: Parsed, program: ProgramOutline) {
    self.environment = environment
    self.globals = globals
    self.program = program
    configuration = ConfigurationSource(environment: environment, globals: globals)
  }

  /// How results are printed.
  var outputFormat: OutputFormat { configuration.outputFormat }

  var isQuiet: Bool { globals[GlobalOptions.quiet] }

  var isVerbose: Bool { globals[GlobalOptions.verbose] }

  /// The value of a variable that is set and not empty.
  func variable(_ name: String) -> String? {
    environment.variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Says something beside the results on standard error, unless the user wants quiet.
  func note(_ text: String) {
    guard !isQuiet else { return }
    environment.streams.writeError(Array("\(environment.fitted(text.escapingControls))\n".utf8))
  }

  /// The lines of an error for standard error.
  func text(of failure: Failure) -> String {
    let text = failure.text(for: outputFormat)
    return outputFormat.isForMachines ? text : environment.fitted(text)
  }

  /// Prints text that is no record, such as help.
  func print(_ text: String) throws(CommandError) {
    do {
      try environment.streams.writeOutput(Array(text.utf8))
    } catch {
      throw error.isBrokenPipe ? .outputClosed : .io(error.at("standard output"))
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
  func settings() throws(CommandError) -> Settings {
    try settings(configuration)
  }

  /// The settings of a profile, whatever option and variables say; those of this run for nil.
  func settings(profile: String?) throws(CommandError) -> Settings {
    var configuration = configuration
    configuration.profile = profile
    return try settings(configuration)
  }

  private func settings(_ configuration: ConfigurationSource) throws(CommandError) -> Settings {
    let settings = try CommandError.wrap { () throws(ConfigurationError) in try configuration.settings() }
    warnOfUnknownNames(in: settings.profile?.name)
    warnOfUnknownVariables()
    return settings
  }
}
