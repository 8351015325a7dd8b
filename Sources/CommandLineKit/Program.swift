/// A whole command line: the tree of commands, and the options that all of them take.
public struct Program<Action: Sendable>: Sendable {
  /// What help, completions, man pages and reference are made of.
  public let outline: ProgramOutline
  let root: CommandSpec<Action>

  /// - Parameters:
  ///   - root: Named like the program; it must have subcommands. `help`, `--help` and `--version` are added to it.
  ///   - globals: Options that can stand before and after every command.
  ///   - completionHook: The arguments after which the program, given the name of a dynamic completion as well,
  ///     prints its values, one a line (`VALUE` or `VALUE<tab>DESCRIPTION`); a hidden command of yours.
  ///   - sections: What else belongs in the man page and the reference.
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

  /// Reads the arguments (without the program's own name). Asking for help or the version wins over every error.
  public func parse(_ arguments: [String]) -> Invocation<Action> {
    var reader = ArgumentReader(self, arguments)
    return reader.read()
  }
}

/// What a line of arguments asks for.
public struct Invocation<Action: Sendable>: Sendable {
  /// What to do.
  public enum Request: Sendable {
    case run(Action)
    /// Everything about the command or topic at `path`, on standard output.
    case help
    /// The most important about it, on standard output.
    case briefHelp
    case version
    /// Only the name of a command that groups others: its short help, as an error.
    case usage
    case failure(UsageError)
  }

  /// The command as far as it was recognized, with the program's name first: `["sms", "contacts", "add"]`.
  public var path: [String]
  /// What was given, global options included; after an error, everything that could still be read.
  public var parsed: Parsed
  /// What to do.
  public var request: Request
}

/// Everything about a program except what its commands do.
public struct ProgramOutline: Sendable {
  /// Named like the program; `help` is one of its subcommands.
  public let root: CommandOutline
  /// The arguments after which the program prints the values of the dynamic completion named next.
  public let completionHook: [String]
  let makeGlobals: @Sendable () -> [OptionSpec]
  let makeSections: @Sendable () -> [ReferenceSection]

  /// Options that can stand before and after every command; `--help` and `--version` are the last two.
  public var globals: [OptionSpec] { makeGlobals() + Builtin.options }

  /// What else belongs in the man page and the reference.
  public var sections: [ReferenceSection] { makeSections() }

  /// The section that `help` shows for this word. A command of that name comes first.
  func section(on topic: String) -> ReferenceSection? {
    sections.first { $0.topic?.isSpelled(topic) == true }
  }

  /// The program's name.
  public var name: String { root.name }

  /// The command at a path, which starts with the program's name.
  public func command(at path: [String]) -> CommandOutline? {
    root.descendant(path.dropFirst())
  }

  /// Every command that is not hidden, each before its subcommands, without the program itself.
  public var commands: [(path: [String], command: CommandOutline)] { Array(visibleCommands.dropFirst()) }

  /// Every command that is not hidden, each before its subcommands; the program itself is the first.
  var visibleCommands: [(path: [String], command: CommandOutline)] {
    func below(_ path: [String], _ command: CommandOutline) -> [(path: [String], command: CommandOutline)] {
      [(path, command)] + command.visibleSubcommands.flatMap { below(path + [$0.name], $0) }
    }
    return below([name], root)
  }
}

/// A part of the man page and the reference that belongs to no single command, such as the exit codes; a topic of help.
public struct ReferenceSection: Sendable {
  /// The word after `help` that shows it, such as `exit-codes`; nil where help doesn't.
  public var topic: String?
  /// The command whose man page it is part of, such as `["sms", "config"]`; nil for the program's own.
  public var page: [String]?
  /// As a heading is written: `Exit status`.
  public var title: String
  /// Paragraphs, separated by empty lines; one that starts with a space keeps its lines as they are.
  public var text: String
  /// Terms and what they mean, listed below the text.
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

/// What every program has.
enum Builtin {
  static let help = Flag("help", short: "h", help: "Show the full help; -h shows a short version.")
  static let version = Flag("version", help: "Show the version.")
  static let options = [help.spec, version.spec]
  static let command = RepeatedOperand<String>("COMMAND", help: "A command or topic.")
  static let helpName = "help"
}

extension CommandOutline {
  /// With `help` as one more subcommand, listed last and under the last heading.
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
