import Application
import CommandLineKit
import Configuration
import Messaging
import Providers
import TextFormats

/// Prints the pages that `make generate` writes to `docs`; hidden, because users don't need it.
struct ReferenceCommand: Command {
  /// The kinds of output.
  enum Form: String, CaseIterable, Sendable {
    case markdown, man, capabilities, fields, messages
  }

  static let form = Operand<Form>("FORM", value: .enumeration(), help: "What to write.")
  static let command = RepeatedOperand<String>(
    "COMMAND", help: "With markdown or man: the command whose page to write; the program's without it.")
  static let spec = CommandSpec<any Command>(
    "__reference", summary: "Write the reference.", isHidden: true, operands: [form, command],
    make: ReferenceCommand.init)

  private let form: Form
  private let command: [String]

  init(_ parsed: Parsed) throws(UsageError) {
    form = try parsed[Self.form]
    command = parsed[Self.command]
  }

  func run(_ context: Context) throws {
    let program = context.program
    let path = [program.name] + command
    guard let text = form == .messages ? MessageCatalog(context: context).text : form.text(of: program, path) else {
      throw UsageError(.unknownCommand(command.joined(separator: " "), suggestion: nil), at: [program.name])
    }
    try context.print(text)
  }
}

extension ReferenceCommand.Form {
  /// The whole text; nil if there is no such command.
  func text(of program: ProgramOutline, _ path: [String]) -> String? {
    switch self {
    case .markdown:
      (path.count > 1 ? program.markdownPage(for: path, index: "../commands.md") : index(of: program))
        .map { "<!-- generated: make generate -->\n\n\($0)" }
    case .man: program.manPage(for: path, date: Version.date, version: Version.current)
    case .capabilities: ReferenceTables.capabilities
    case .fields: ReferenceTables.fields
    case .messages: nil
    }
  }

  private func index(of program: ProgramOutline) -> String? { program.markdownIndex(folder: "commands") }
}

/// Help topics that aren't about a single command; also sections of the man page and the reference.
enum ReferenceTopics {
  static var all: [ReferenceSection] { [configuration, formats, environment, files, exitCodes] }

  private static let formats = ReferenceSection(
    "Formats", topic: "formats",
    text: """
      Results go to standard output, everything else to standard error. --output chooses how results are written, \
      --columns which fields and in which order.
      """,
    entries: [
      ("table", "For people: aligned, without empty columns; truncated only on a terminal."),
      ("json", "For programs: one document. An array, or an object for commands with exactly one result."),
      ("jsonl", "One JSON object per line, written as each result arrives."),
      ("csv", "RFC 4180 with a header, nested fields as error.code; --csv-safe escapes formulas."),
      ("tsv", "Like csv, with tabs; a tab, line break, or backslash in a value becomes \\t, \\n, or \\\\."),
      ("NUMBER", "+, country code, and number; or as dialed in the country set by country_code."),
      ("TIME", "2027-03-01T09:30:00Z, '2027-03-01 09:30' in local time, @1803893400, now, +2h, -1d."),
      ("DURATION", "500ms, 30s, 5m, 2h, 7d."),
      ("RATE", "10/s, 300/m, 1000/h."),
    ])

  private static let files = ReferenceSection(
    "Files",
    entries: [
      ("~/.config/sms/config.toml", "The configuration; in $XDG_CONFIG_HOME if that is set."),
      ("~/.smsrc", "The configuration, if the file above doesn't exist."),
      (
        "~/.local/state/sms/ledger.db",
        "The ledger of jobs and messages; in $XDG_STATE_HOME, $SMS_STATE_DIR, or state_dir if set."
      ),
    ])

  private static var exitCodes: ReferenceSection {
    ReferenceSection(
      "Exit status", topic: "exit-codes",
      text: """
        If several apply, the first of these is reported: 10, 130 or 143, 6, 4, 5, 9, 1, 8. With 2, 3, and 7, nothing was sent.
        """,
      entries: ExitCode.documented.map { (String($0.number), $0.words) })
  }
}

extension ReferenceTopics {
  static var configuration: ReferenceSection {
    ReferenceSection(
      "Configuration", topic: "config", page: ["sms", "config"],
      text: """
        A TOML file, the first of: --config, $SMS_CONFIG, ~/.config/sms/config.toml (in $XDG_CONFIG_HOME if that is \
        set), ~/.smsrc. To create one, run 'sms config init'.

          default_profile = "office"

          [defaults]
          country_code = "+44"

          [profiles.office]
          provider = "vpixelpro"
          key_command = "pass show sms/office"

        Precedence: option, variable, profile, [defaults]. 'sms config show' shows what is in effect. Each secret is given in \
        one of four forms: key, key_env (name of a variable), key_file, key_command.
        """,
      entries: [("\(StateDirectory.setting) (top level)", "\(StateDirectory.help).")]
        + CommonSettings.all.map { ($0.name, "\($0.help).") } + ProviderRegistry.all.flatMap(ownSettings))
  }

  /// The provider's own settings, and common ones that have another meaning for it.
  private static func ownSettings(of provider: any Provider.Type) -> [(term: String, meaning: String)] {
    provider.descriptor.settings.map { ("\($0.name) (\(provider.descriptor.name))", "\($0.help).") }
  }

  static var environment: ReferenceSection {
    ReferenceSection(
      "Environment", topic: "environment",
      text: """
        Every setting can also be set by a variable: SMS_ and its name in capitals. With SMS_PROVIDER set, no file is \
        needed, and no profile is used unless you name one. An empty variable counts as not set.
        """,
      entries: [
        ("SMS_CONFIG", "The configuration file."), ("SMS_PROFILE", "The profile to use."),
        (StateDirectory.variable, "The directory of the ledger."),
      ] + SettingCatalog.all.map { ($0.variables, "\($0.help).") } + [
        ("HOME, XDG_CONFIG_HOME", "Where to look for the configuration."),
        (
          "HOME, XDG_STATE_HOME",
          "Where the ledger is kept, unless SMS_STATE_DIR or state_dir is set. Without HOME: the user's home folder."
        ),
        ("SMS_SEND_KEY", "The key for send, list-send, and otp send, if --key is not given."),
        ("TZ", "The time zone for times without one."),
        ("SMS_PAGER, PAGER", "The pager for long tables on a terminal; cat or an empty SMS_PAGER for none."),
        (
          "NO_COLOR, FORCE_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM",
          "Whether tables are colored; --color overrides them all."
        ),
        ("https_proxy, http_proxy, no_proxy", "The proxy to connect through, unless proxy is set."),
      ])
  }
}

extension SettingSpec {
  /// The variables for the setting: a secret has four.
  fileprivate var variables: String {
    let name = "SMS_\(name.uppercased())"
    return kind == .secret ? "\(name), \(name)_ENV, \(name)_FILE, \(name)_COMMAND" : name
  }
}

/// The tables of the documentation that are generated from declarations.
enum ReferenceTables {
  /// What each provider supports: commands, and options for sending.
  static var capabilities: String {
    [table("Command", CapabilityRow.commands), table("Option of sending", CapabilityRow.sendOptions)]
      .joined(separator: "\n")
  }

  private static func table(_ heading: String, _ rows: [CapabilityRow]) -> String {
    let head = [
      line([heading] + ProviderRegistry.all.map { $0.descriptor.title }),
      line(Array(repeating: "---", count: 1 + ProviderRegistry.all.count)),
    ]
    return (head + rows.map { line(["`\($0.name)`"] + $0.providers.map { $0 ? "yes" : "–" }) })
      .map { $0 + "\n" }.joined()
  }

  /// The fields of a message record, as `docs/output.md` lists them.
  static var fields: String {
    ([line(["field", ""]), line(["---", "---"])] + MessageRecord.fields.map { line(["`\($0.name)`", $0.meaning]) })
      .map { $0 + "\n" }.joined()
  }

  private static func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
}
