import CommandLineKit
import Output

/// The options that every command takes.
package enum GlobalOptions {
  package static let profile = Option(
    "profile", short: "p", value: .string.named("NAME").completed(by: .dynamic("profiles")), variable: "SMS_PROFILE",
    guidesCompletion: true, help: "Use this profile of the configuration.")
  package static let config = Option(
    "config", short: "c", value: .file, variable: "SMS_CONFIG", guidesCompletion: true,
    help: "Read this configuration file.")
  package static let output = CommonSettings.output.option(short: "o", help: "Output format.")
  package static let json = Flag("json", help: "Same as --output json.")
  package static let jq = Option("jq", value: .string.named("EXPR"), help: "Filter JSON output with jq, like 'jq -r'.")
  package static let columns = Option(
    "columns", value: .list(of: ValueKind<String>.string.named("NAME").completed(by: .dynamic("columns"))),
    help: "Print only these columns, in this order; 'help' lists them.")
  package static let noHeader = Flag("no-header", help: "Don't print the header.")
  package static let raw = Flag("raw", help: "Include the provider's original object as 'raw'.")
  package static let quiet = CountedFlag(
    "quiet", short: "q", help: "Don't print progress, notes, or the summary; -qq also hides results on success.")
  package static let verbose = Flag(
    "verbose", short: "v", help: "Show requests and replies, with secrets masked.")
  package static let csvSafe = Flag("csv-safe", help: "Escape CSV cells that look like formulas.")
  package static let color = Option(
    "color", value: .enumeration(ColorChoice.self), default: .auto,
    help: "When to color tables.")
  package static let noColor = Flag("no-color", help: "Same as --color never.")
  package static let timeout = CommonSettings.timeout.option(help: "Time limit for each request.")
  package static let connectTimeout = CommonSettings.connectTimeout.option(help: "Time limit for connecting.")
  package static let retries = CommonSettings.retries.option(
    help: "How many times to retry a request that was not accepted.")
  package static let allowUnusualNumbers = Flag(
    "allow-unusual-numbers", help: "Accept numbers with + that don't fit a numbering plan.")
  package static let noInput = Flag("no-input", help: "Never ask questions.")

  package static let all: [any OptionDeclaration] = [
    profile, config, output, json, jq, columns, noHeader, raw, quiet, verbose, csvSafe, color, noColor, timeout,
    connectTimeout, retries, allowUnusualNumbers, noInput,
  ]
}

extension Parsed {
  /// When tables are colored: the last of `--no-color` and `--color` wins.
  package var color: ColorChoice {
    isLast(GlobalOptions.noColor, before: GlobalOptions.color) ? .never : self[GlobalOptions.color]
  }

  /// The format that options select; nil if none does.
  package var outputFormat: OutputFormat? {
    if isLast(GlobalOptions.json, before: GlobalOptions.output) { return .json }
    return self[GlobalOptions.output] ?? (self[GlobalOptions.jq] == nil ? nil : .json)
  }
}

/// When tables are colored.
package enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}
