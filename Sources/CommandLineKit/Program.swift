/// A whole command line: the command tree, and the global options.
public struct Program<Action: Sendable>: Sendable {
  /// The source of help, completions, man pages, and the reference.
  public let outline: ProgramOutline
  let root: CommandSpec<Action>

  /// - Parameters:
  ///   - root: A command with the program's name and with subcommands. `help`, `--help`, and `--version` are added
  ///     to it.
  ///   - globals: Options that are valid before and after every command.
  ///   - completionHook: Arguments that make the program print values for completion. The name of the completion
  ///     follows them. Each value is one line (`VALUE` or `VALUE<tab>DESCRIPTION`). This must be a hidden command.
  ///   - sections: Other parts of the man page and the reference.
  public init(
    _ root: CommandSpec<Action>, globals: @escaping @autoclosure @Sendable () -> [any OptionDeclaration] = [],
    completionHook: [String] = ["__complete"],
    sections: @escaping @autoclosure @Sendable () -> [ReferenceSection] = []
  ) {
    self.root = root
    outline = ProgramOutline(
      root: root.outline.addingHelp, completionHook: completionHook, makeGlobals: { globals().map(\.spec) },
      makeSections: sections)
  }

  /// Parses the arguments (without the program's name). A request for help or the version overrides any error.
  public func parse(_ arguments: [String]) -> Invocation<Action> {
    var reader = ArgumentReader(self, arguments)
    return reader.read()
  }
}

/// What a command line asks for.
public struct Invocation<Action: Sendable>: Sendable {
  /// What to do.
  public enum Request: Sendable {
    case run(Action)
    /// The full help on the command or topic at `path`, on standard output.
    case help
    /// The short help on it, on standard output.
    case briefHelp
    case version
    /// A group without a subcommand: its short help, as an error.
    case usage
    case failure(UsageError)
  }

  /// The recognized part of the command, starting with the program's name: `["sms", "contacts", "add"]`.
  public var path: [String]
  /// The parsed values, including global options; after an error, everything that could be parsed.
  public var parsed: Parsed
  /// What to do.
  public var request: Request
}

/// Everything about a program except what its commands do.
public struct ProgramOutline: Sendable {
  /// The command with the program's name; `help` is one of its subcommands.
  public let root: CommandOutline
  /// The arguments that make the program print the values of the dynamic completion whose name follows.
  public let completionHook: [String]
  let makeGlobals: @Sendable () -> [OptionSpec]
  let makeSections: @Sendable () -> [ReferenceSection]

  /// Options that are valid before and after every command; `--help` and `--version` are the last two.
  public var globals: [OptionSpec] { makeGlobals() + Builtin.options }

  /// Other parts of the man page and the reference.
  public var sections: [ReferenceSection] { makeSections() }

  /// The section that `help` shows for a topic. A command of the same name takes precedence.
  func section(on topic: String) -> ReferenceSection? {
    sections.first { $0.topic?.isSpelled(topic) == true }
  }

  /// The program's name.
  public var name: String { root.name }

  /// The command at a path; the path starts with the program's name.
  public func command(at path: [String]) -> CommandOutline? {
    root.descendant(path.dropFirst())
  }

  /// All commands that aren't hidden, each followed by its subcommands, without the program itself.
  public var commands: [(path: [String], command: CommandOutline)] { Array(visibleCommands.dropFirst()) }

  /// All commands that aren't hidden, each followed by its subcommands; the first is the program itself.
  var visibleCommands: [(path: [String], command: CommandOutline)] {
    func below(_ path: [String], _ command: CommandOutline) -> [(path: [String], command: CommandOutline)] {
      [(path, command)] + command.visibleSubcommands.flatMap { below(path + [$0.name], $0) }
    }
    return below([name], root)
  }
}

/// A part of the man page and the reference that isn't about a single command, such as the exit codes; a topic of help.
public struct ReferenceSection: Sendable {
  /// The word after `help` that shows it, such as `exit-codes`; nil if help doesn't show it.
  public var topic: String?
  /// The command whose man page contains it, such as `["sms", "config"]`; nil for the program's own page.
  public var page: [String]?
  /// In sentence case: `Exit status`.
  public var title: String
  /// Paragraphs, separated by empty lines; one that starts with a space keeps its lines as they are.
  public var text: String
  /// Terms and their meanings, listed below the text.
  public var entries: [(term: String, meaning: String)]

  /// A section of paragraphs, of entries, or of both.
  public init(
    _ title: String, topic: String? = nil, page: [String]? = nil, text: String = "",
    entries: [(term: String, meaning: String)] = []
  ) {
    self.topic = topic
    self.page = page
    self.title = title
    self.text = text
    self.entries = entries
  }
}

/// The options and the command that every program has.
enum Builtin {
  static let help = Flag("help", short: "h", help: "Show the full help; -h shows a short version.")
  static let version = Flag("version", help: "Show the version.")
  static let options = [help.spec, version.spec]
  static let command = RepeatedOperand<String>("COMMAND", help: "A command or topic.")
  static let helpName = "help"
}

extension CommandOutline {
  /// Adds `help` as the last subcommand, under the last heading.
  fileprivate var addingHelp: CommandOutline {
    var copy = self
    copy.makeSubcommands = {
      let others = self.subcommands
      let visible = others.filter { !$0.isHidden }
      let help = CommandOutline(
        name: Builtin.helpName, summary: "Show help for a command or topic.", group: visible.last?.group,
        isHidden: false, isGroup: false,
        makeExamples: {
          visible.prefix(1).map {
            Example("\(name) \(Builtin.helpName) \($0.name)", "Show everything about a command.")
          }
        }, makeOperands: { [Builtin.command.spec] })
      return others + [help]
    }
    return copy
  }
}

/// The values on a command line. The declaration of an option or operand is the key to its value.
public struct Parsed: Sendable {
  /// All operands as they were given, in order.
  public internal(set) var operands: [String] = []
  /// How many operands precede `--`; nil if there is no `--`.
  public internal(set) var operandsBeforeTerminator: Int?
  private var values: [String: [any Sendable]] = [:]
  /// The name of each value, in the order of the line.
  private var order: [String] = []

  /// The given value, or the default.
  public subscript<Argument: DefaultedArgument>(argument: Argument) -> Argument.Value {
    argument.value(for: values[argument.key] ?? [])
  }

  /// The given value. Throws `missingOption` or `missingOperand` if there is none.
  public subscript<Argument: RequiredArgument>(argument: Argument) -> Argument.Value {
    get throws(UsageError) {
      guard let value = values[argument.key]?.last as? Argument.Value else { throw UsageError(argument.absence) }
      return value
    }
  }

  /// Whether the operand at an index follows `--`, and so must be taken literally.
  public func isLiteral(operand index: Int) -> Bool { operandsBeforeTerminator.map { $0 <= index } ?? false }

  /// Throws when more than one of these files is `-`: standard input can be read only once.
  public func allowOneStandardInput(_ files: (name: String, path: String?)...) throws(UsageError) {
    let given = files.filter { $0.path == "-" }
    guard given.count > 1 else { return }
    throw UsageError(Self.twoInputs(given[0].name, given[1].name))
  }

  static func twoInputs(_ one: String, _ other: String) -> String {
    "\(one) and \(other) can't both be read from standard input"
  }

  /// Whether an option was given.
  public func isGiven(_ option: any OptionDeclaration) -> Bool { has(option.spec.longName) }

  /// Whether `option` was given, and `other` wasn't given after it: of two alternatives, the last one wins.
  public func isLast(_ option: any OptionDeclaration, before other: any OptionDeclaration) -> Bool {
    let names = [option.spec.longName, other.spec.longName]
    return order.last(where: names.contains) == names[0]
  }

  /// Throws `UsageError.Problem.conflict` if more than one of these was given.
  public func allowOne(of options: any OptionDeclaration...) throws(UsageError) {
    let given = options.filter(isGiven)
    guard given.count > 1 else { return }
    throw UsageError(.conflict(given[0].spec.longName, given[1].spec.longName))
  }

  /// Throws `UsageError.Problem.needs` if `option` was given, but none of the others.
  public func require(
    _ option: any OptionDeclaration, with others: any OptionDeclaration...
  ) throws(UsageError) {
    guard isGiven(option), !others.contains(where: isGiven) else { return }
    throw UsageError(.needs(option.spec.longName, oneOf: others.map(\.spec.longName)))
  }

  /// Adds a value for an operand's name, or for an option's name with its dashes.
  mutating func add(_ value: any Sendable, to name: String) {
    values[name, default: []].append(value)
    order.append(name)
  }

  func has(_ name: String) -> Bool { values[name] != nil }
}
