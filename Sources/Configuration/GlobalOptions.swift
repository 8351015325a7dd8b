import CommandLineKit
import Output

/// The options that every command takes.
package enum GlobalOptions {
  package static let profile = Option(
    "profile", short: "p", value: .string.named("NAME").completed(by: .dynamic("profiles")), variable: "SMS_PROFILE",
    help: "Profile of the configuration to use.")
  package static let config = Option(
    "config", short: "c", value: .file, variable: "SMS_CONFIG", help: "Configuration file to read.")
  package static let output = CommonSettings.output.option(short: "o", help: "How to print results.")
  package static let json = Flag("json", help: "Print results as JSON: short for --output json.")
  package static let columns = Option(
    "columns", value: .list(of: ValueKind<String>.string.named("NAME")),
    help: "Print only these columns, in this order.")
  package static let noHeader = Flag("no-header", help: "Leave out the line of column names.")
  package static let raw = Flag("raw", help: "Add the provider's own object as raw.")
  package static let quiet = Flag("quiet", short: "q", help: "No progress, notes or summary on standard error.")
  package static let verbose = Flag(
    "verbose", short: "v", help: "Show each request and reply on standard error, secrets masked.")
  package static let csvSafe = Flag("csv-safe", help: "Disarm CSV cells that a spreadsheet would run as a formula.")
  package static let color = Option(
    "color", value: .enumeration(ColorChoice.self), default: .auto,
    help: "When to color tables.")
  package static let timeout = CommonSettings.timeout.option(help: "Time for one whole request.")
  package static let retries = CommonSettings.retries.option(help: "How often to try again what was surely not taken.")
  package static let allowUnusualNumbers = Flag(
    "allow-unusual-numbers", help: "Take numbers with + that no numbering plan has.")
  package static let noInput = Flag("no-input", help: "Never ask for anything.")

  package static let all: [any OptionDeclaration] = [
    profile, config, output, json, columns, noHeader, raw, quiet, verbose, csvSafe, color, timeout, retries,
    allowUnusualNumbers, noInput,
  ]
}

extension Parsed {
  /// The format that the options ask for; nil where they don't say.
  var outputFormat: OutputFormat? { self[GlobalOptions.json] ? .json : self[GlobalOptions.output] }
}

/// When tables are colored.
package enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}
