/// A whole command line: the tree of commands, and the options that hold for all of them.
public struct Program<Action: Sendable>: Sendable {
  /// What help, completions, man page and reference are made of.
  public let outline: ProgramOutline
  let root: CommandSpec<Action>

  /// - Parameters:
  ///   - root: Named as the program; it must have subcommands. `help`, `--help` and `--version` are added to it.
  ///   - globals: Options that may stand before and after every command.
  ///   - completionHook: The arguments after which the program, given the name of a dynamic completion as well,
  ///     prints its values, one a line (`VALUE` or `VALUE<tab>DESCRIPTION`); a hidden command of yours.
  ///   - sections: What else belongs into the man page and the reference; made only when it is asked for.
  public init(
    _ root: CommandSpec<Action>, globals: [any OptionDeclaration] = [], completionHook: [String] = ["__complete"],
    sections: @escaping @autoclosure @Sendable () -> [ReferenceSection] = []
  ) {
    self.root = root
    outline = ProgramOutline(
      root: root.outline.adding(Builtin.helpCommand(of: root.outline)),
      globals: globals.map(\.spec) + [Builtin.help.spec, Builtin.version.spec], completionHook: completionHook,
      makeSections: sections)
  }

  /// Reads the arguments (without the program's own name). Asking for help or the version wins over every error.
  public func parse(_ arguments: [String]) -> Invocation<Action> {
    var reader = ArgumentReader(outline, arguments)
    let line = reader.read()
    return Invocation(path: line.path, parsed: line.parsed, request: request(of: line))
  }

  private func request(of line: ArgumentReader.Line) -> Invocation<Action>.Request {
    switch line.wish {
    case .help: return .help
    case .version: return .version
    case .usage: return .usage
    case .failure(let error): return .failure(error)
    case .run:
      // The path was found in the outline, which was made from the very same tree.
      guard let make = root.make(at: line.path.dropFirst()) else { return .usage }
      do {
        return .run(try make(line.parsed))
      } catch {
        return .failure(error.path.isEmpty ? UsageError(error.problem, at: line.path) : error)
      }
    }
  }
}

/// All that is known of a program but what its commands do.
public struct ProgramOutline: Sendable {
  /// Named as the program; `help` is among its subcommands.
  public let root: CommandOutline
  /// Options that may stand before and after every command; `--help` and `--version` are the last two.
  public let globals: [OptionSpec]
  /// The arguments after which the program prints the values of the dynamic completion named next.
  public let completionHook: [String]
  let makeSections: @Sendable () -> [ReferenceSection]

  /// What else belongs into the man page and the reference.
  public var sections: [ReferenceSection] { makeSections() }

  /// The section that `help` shows for this word; where a command has the same name, below that command's help.
  func section(on topic: String) -> ReferenceSection? {
    sections.first { $0.topic?.isSpelled(topic) == true }
  }

  /// The program's name.
  public var name: String { root.name }

  /// The command at a path, which starts with the program's name.
  public func command(at path: [String]) -> CommandOutline? {
    root.descendant(path.dropFirst())
  }
}

/// What every program has.
enum Builtin {
  static let help = Flag("help", short: "h", help: "Show this help.")
  static let version = Flag("version", help: "Show the version.")
  static let command = RepeatedOperand<String>("COMMAND", help: "A command, and its subcommand; or a topic.")
  static let helpName = "help"

  static func helpCommand(of root: CommandOutline) -> CommandOutline {
    let examples = root.visibleSubcommands.prefix(1).map {
      Example("\(root.name) \(helpName) \($0.name)", "Show help for a command.")
    }
    return CommandOutline(
      name: helpName, summary: "Show help for a command or a topic.", examples: examples, operands: [command.spec])
  }
}

extension CommandOutline {
  /// With one more subcommand, listed last and under the last heading.
  fileprivate func adding(_ subcommand: CommandOutline) -> CommandOutline {
    var (copy, last) = (self, subcommand)
    last.group = visibleSubcommands.last?.group
    copy.subcommands.append(last)
    return copy
  }
}
