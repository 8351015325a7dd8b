import CommandLineKit

/// The options that every command takes.
enum GlobalOptions {
  static let profile = Option(
    "profile", short: "p", value: .string.named("NAME").completed(by: .dynamic("profiles")), variable: "SMS_PROFILE",
    help: "Profile of the configuration to use.")
  static let config = Option(
    "config", short: "c", value: .file, variable: "SMS_CONFIG", help: "Configuration file to read.")
  static let output = Option(
    "output", short: "o", value: .enumeration(OutputFormat.self), default: "table", variable: "SMS_OUTPUT",
    help: "How to print results.")
  static let columns = Option(
    "columns", value: .list(of: ValueKind<String>.string.named("NAME")),
    help: "Print only these columns, in this order.")
  static let noHeader = Flag("no-header", help: "Leave out the line of column names.")
  static let raw = Flag("raw", help: "Add the provider's own object as raw.")
  static let quiet = Flag("quiet", short: "q", help: "No progress, notes or summary on standard error.")
  static let verbose = Flag(
    "verbose", short: "v", help: "Show each request and reply on standard error, secrets masked.")
  static let csvSafe = Flag("csv-safe", help: "Disarm CSV cells that a spreadsheet would run as a formula.")
  static let color = Option(
    "color", value: .enumeration(ColorChoice.self), default: "auto",
    help: "When to colour tables.")
  static let timeout = Option(
    "timeout", value: .duration, default: "30s", variable: "SMS_TIMEOUT", help: "Time for one whole request.")
  static let retries = Option(
    "retries", value: .int(CommonSettings.retriesRange), default: "3", variable: "SMS_RETRIES",
    help: "How often to try again what was surely not taken.")
  static let noInput = Flag("no-input", help: "Never ask for anything.")

  static let all: [any OptionDeclaration] = [
    profile, config, output, columns, noHeader, raw, quiet, verbose, csvSafe, color, timeout, retries, noInput,
  ]
}

/// When tables are coloured.
enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}
