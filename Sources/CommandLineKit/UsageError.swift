import TextFormats

/// An error in a command line.
public struct UsageError: UserError, Hashable, Sendable {
  /// What is wrong. Options include their dashes.
  public enum Problem: Hashable, Sendable {
    /// The suggestion is the whole command: `["sms", "contacts", "add"]`.
    case unknownCommand(String, suggestion: [String]?)
    case unknownOption(String, suggestion: OptionSuggestion?)
    /// A group without a subcommand.
    case missingCommand
    /// An option at the end of the line that takes a value.
    case missingValue(String, placeholder: String)
    /// A flag with a value: `--quiet=yes`.
    case unexpectedValue(String, value: String)
    /// `argument` is the name of the option or operand.
    case invalidValue(String, argument: String, ValueProblem)
    case missingOperand(String)
    case missingOption(String)
    case unexpectedOperand(String, isFirst: Bool = false)
    /// `--=x`: the whole argument.
    case unnamedOption(String)
    /// Two options that can't be used together.
    case conflict(String, String)
    /// An option that requires at least one of the others.
    case needs(String, oneOf: [String])
    /// An error that only the command can detect, in its own words.
    case other(String, hint: String? = nil)
  }

  /// What was probably meant by an unknown option.
  public enum OptionSuggestion: Hashable, Sendable {
    case option(String)
    /// Other commands that have it (whole commands, starting with the program's name).
    case commands([[String]])
    /// It looks like an operand that starts with a dash, and so must follow `--`.
    case operand
    /// What this command accepts instead.
    case form(String)
  }

  /// What is wrong.
  public var problem: Problem
  /// The recognized part of the command, starting with the program's name; empty until the parser sets it.
  public var path: [String]

  /// An error in a command; `make` closures leave the path empty for the parser.
  public init(_ problem: Problem, at path: [String] = []) {
    self.problem = problem
    self.path = path
  }

  /// An error in a command's own words.
  public init(_ message: String, hint: String? = nil) {
    self.init(.other(message, hint: hint))
  }
}

extension UsageError {
  /// The hint for an option after `--`.
  static let afterTerminator = "put options before --, which ends them"

  /// One line, without a period; ends with a suggestion if there is one.
  public var message: String {
    switch problem {
    case .unknownCommand(let word, let command):
      "unknown command \(word.quoted)" + (command.map { "; did you mean '\($0.joined(separator: " "))'?" } ?? "")
    case .unknownOption(let name, let suggestion):
      "unknown option \(name.quoted)" + (suggestion?.option.map { "; did you mean '\($0)'?" } ?? "")
    case .missingCommand: "missing command after '\(path.joined(separator: " "))'"
    case .missingValue(let option, let placeholder): "missing value for \(option): \(option) \(placeholder)"
    case .unexpectedValue(let option, let value): "\(option) doesn't take a value: \(value.quoted)"
    case .invalidValue(let text, let argument, let problem): "\(argument): \(problem.message(for: text))"
    case .missingOperand(let name): "missing argument: \(name)"
    case .missingOption(let name): "missing required option: \(name)"
    case .unexpectedOperand(let word, _): "unexpected argument \(word.quoted)"
    case .unnamedOption(let argument): "option without a name: \(argument.quoted)"
    case .conflict(let one, let other): "\(one) and \(other) can't be used together"
    case .needs(let option, let others): "\(option) requires \(others.joined(separator: " or "))"
    case .other(let message, _): message
    }
  }

  /// How to fix it, or else where to read more.
  public var hint: String? { advice ?? "see '\(pointer)'" }

  package var kind: String { "usage" }
  package var exitCode: ExitCode { .usage }

  /// The command that shows the short help: `sms send -h`, or `-h` if the path is unknown.
  public var pointer: String { (path + ["-h"]).joined(separator: " ") }

  private var advice: String? {
    switch problem {
    case .unknownCommand("version", _): "'\(path.first ?? "") --version' shows the version"
    case .unknownOption(_, let suggestion?): suggestion.advice(at: path)
    case .invalidValue(_, _, let problem): problem.hint
    case .unexpectedOperand(_, isFirst: false): "put quotes around an argument that contains spaces"
    case .other(_, let hint): hint
    default: nil
    }
  }
}

extension UsageError.OptionSuggestion {
  fileprivate var option: String? { if case .option(let name) = self { name } else { nil } }

  fileprivate func advice(at path: [String]) -> String? {
    switch self {
    case .option: return nil
    case .operand: return "put -- before an argument that starts with a dash"
    case .form(let form): return form
    case .commands(let commands):
      let names = commands.prefix(3).map { "'\($0.joined(separator: " "))'" }.joined(separator: ", ")
      let others = commands.count > 3 ? ", and others" : ""
      let place =
        commands.contains { $0.count > path.count && $0.starts(with: path) } ? "; put it after the command" : ""
      return (commands.count == 1 ? "\(names) has this option" : "these commands have it: \(names)\(others)") + place
    }
  }
}

extension String {
  /// Escapes untrusted text for printing on one line: control characters, line separators, and characters that
  /// change the text direction become `\n`, `\x1b`, or `\u{202e}`.
  var escaped: String {
    unicodeScalars.reduce(into: "") { $0 += $1.isUnsafeToPrint ? $1.escape : String($1) }
  }

  /// Escaped, cut to a length that fits in a message, and quoted.
  var quoted: String {
    let limit = 80
    let cut = String(unicodeScalars.prefix(limit))
    return "'\(cut.escaped)\(unicodeScalars.dropFirst(limit).isEmpty ? "" : "...")'"
  }
}

extension Unicode.Scalar {
  fileprivate var isUnsafeToPrint: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
    default: false
    }
  }

  fileprivate var escape: String {
    switch self {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default:
      let digits = String(value, radix: 16)
      return value < 0x80 ? "\\x\(value < 0x10 ? "0" : "")\(digits)" : "\\u{\(digits)}"
    }
  }
}

extension UsageError {
  /// One for each case, and for each kind of value.
  package static var examples: [ExampleMessage] {
    problems.map { ExampleMessage(UsageError($0, at: ["sms", "send"])) }
      + [
        ExampleMessage(UsageError(.missingCommand, at: ["sms", "contacts"])),
        ExampleMessage(
          UsageError(.unknownOption("--number", suggestion: .commands([["sms", "contacts", "list"]])), at: ["sms"])),
        ExampleMessage(UsageError(.unknownCommand("version", suggestion: nil), at: ["sms"])),
      ]
      + valueProblems.map { ExampleMessage(UsageError(.invalidValue($1, argument: $0, $2), at: ["sms", "send"])) }
  }

  private static var problems: [Problem] {
    [
      .unknownCommand("sned", suggestion: ["sms", "send"]), .unknownCommand("xyz", suggestion: nil),
      .unknownOption("--form", suggestion: .option("--from")), .unknownOption("--xyz", suggestion: nil),
      .unknownOption("--voice", suggestion: .commands([["sms", "balance"]])),
      .unknownOption(
        "--list",
        suggestion: .commands([
          ["sms", "contacts", "add"], ["sms", "contacts", "list"], ["sms", "bulk"], ["sms", "log"],
        ])),
      .unknownOption("-5", suggestion: .operand),
      .unknownOption("--to", suggestion: .form("write the number first: sms send NUMBER \"TEXT\"")),
      .missingValue("--from", placeholder: "SENDER"), .unexpectedValue("--wait", value: "5m"),
      .missingOperand("TO"), .missingOption("--list"), .unexpectedOperand("you"), .unnamedOption("--=x"),
      .other("unexpected argument '-q'", hint: Self.afterTerminator),
      .conflict("--job", "--resume"), .needs("--every", oneOf: ["--repeat"]),
      .other(Parsed.twoInputs("MESSAGE", "--config")),
    ]
  }

  private static var valueProblems: [(argument: String, text: String, ValueProblem)] {
    [
      ("--from", "", .empty), ("--every", "3x", .notANumber), ("--every", "0", .outOfRange(1...30)),
      ("--limit", "0", .outOfRange(1...Int.max)), ("--limit", "99999999999999999999", .tooLarge),
      ("--timeout", "5", .notADuration),
      ("--timeout", "0s", .durationOutOfRange(.milliseconds(1)...(.seconds(86_400)))),
      ("--rate", "5", .notARate), ("--rate", "0/s", .rateOutOfRange(Rate.counts)),
      ("--color", "alway", .notAmong(["auto", "always", "never"])), ("--columns", "to,,id", .emptyElement),
    ]
  }
}

// Suggestions for unknown names.

extension ProgramOutline {
  /// The command that an unknown word most likely means: a subcommand or help topic with a similar name, or else a
  /// command elsewhere with exactly that name.
  func suggestedCommand(for word: String, at path: [String]) -> [String]? {
    let here = command(at: path)?.visibleSubcommands.map(\.name) ?? []
    if let name = nearest(to: word, among: here) { return path + [name] }
    if path == [name], let topic = nearest(to: word, among: sections.compactMap(\.topic)) {
      return [name, Builtin.helpName, topic]
    }
    return visibleCommands.first { $0.command.name.isSpelled(word) }?.path
  }

  /// The problem with `--name` or `--name=value`, which isn't an option.
  func unknownLong(_ name: String, of argument: String, at path: [String]) -> UsageError.Problem {
    guard !argument.looksLikeText else { return unknownText(argument, at: path) }
    return .unknownOption("--\(name)", suggestion: suggestedOption(for: name, at: path))
  }

  /// The problem with a bundle such as `-xyz` that contains a letter that isn't an option.
  func unknownShort(_ letter: Unicode.Scalar, of argument: String, at path: [String]) -> UsageError.Problem {
    guard !argument.looksLikeText else { return unknownText(argument, at: path) }
    let long = String(argument.unicodeScalars.dropFirst().prefix { $0 != "=" })
    let suggestion = long.unicodeScalars.count > 1 ? suggestedOption(for: long, at: path) : nil
    return .unknownOption("-\(letter)", suggestion: suggestion ?? owners { $0.short == letter }.map { .commands($0) })
  }

  private func unknownText(_ argument: String, at path: [String]) -> UsageError.Problem {
    let takesOperands = command(at: path)?.operands.isEmpty == false
    return .unknownOption(argument, suggestion: takesOperands ? .operand : nil)
  }

  private func suggestedOption(for name: String, at path: [String]) -> UsageError.OptionSuggestion? {
    let here = ((command(at: path)?.options ?? []) + globals).visible.map(\.name)
    if !here.contains(where: { $0.isSpelled(name) }), let owners = owners(where: { $0.name.isSpelled(name) }) {
      return .commands(owners)
    }
    return nearest(to: name, among: here).map { .option("--\($0)") }
  }

  /// The commands that have an option; nil if there are none.
  private func owners(where isMeant: (OptionSpec) -> Bool) -> [[String]]? {
    let owners = visibleCommands.filter { $0.command.options.visible.contains(where: isMeant) }
    return owners.isEmpty ? nil : owners.map(\.path)
  }
}

extension String {
  /// Whether an argument that starts with a dash looks more like text or a number than like an option.
  fileprivate var looksLikeText: Bool {
    let name = unicodeScalars.drop { $0 == "-" }.prefix { $0 != "=" }
    return name.first?.properties.isAlphabetic != true || name.contains { $0.properties.isWhitespace }
  }
}
