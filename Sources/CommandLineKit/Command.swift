import TextFormats

/// A command's declaration: it either groups subcommands or makes an action from the parsed arguments.
///
/// What only help and the reference need, and everything below the command, is created on demand, so that parsing a
/// line costs no more than the commands on it.
public struct CommandSpec<Action: Sendable>: Sendable {
  /// Makes the action; throws errors that depend on more than one value.
  public typealias Make = @Sendable (Parsed) throws(UsageError) -> Action

  /// The part that help, completions, and the reference show.
  public let outline: CommandOutline
  /// Nil for a command that only groups others.
  let make: Make?
  let makeSubcommands: @Sendable () -> [CommandSpec]

  /// A command that has an action.
  ///
  /// - Parameters:
  ///   - summary: One line for the list of commands.
  ///   - discussion: Paragraphs, separated by empty lines.
  ///   - group: The heading in its parent's help; nil for the common one.
  ///   - columns: The columns of its results; empty for none.
  ///   - exits: Its exit codes, other than success.
  ///   - rewrite: Converts the arguments after the command's name to this program's options, for a command that
  ///     replaces another program.
  package init(
    _ name: String, summary: String, discussion: @escaping @autoclosure @Sendable () -> String = "",
    examples: @escaping @autoclosure @Sendable () -> [Example] = [], group: String? = nil, isHidden: Bool = false,
    options: @escaping @autoclosure @Sendable () -> [any OptionDeclaration] = [],
    operands: @escaping @autoclosure @Sendable () -> [any OperandDeclaration] = [],
    columns: @escaping @autoclosure @Sendable () -> [ListedColumn] = [],
    commonMistakes: @escaping @autoclosure @Sendable () -> [CommonMistake] = [],
    exits: @escaping @autoclosure @Sendable () -> [ExitCode] = [.usage],
    rewrite: @escaping @Sendable ([String]) -> [String] = { $0 }, make: @escaping Make
  ) {
    outline = CommandOutline(
      name: name, summary: summary, group: group, isHidden: isHidden, isGroup: false, makeDiscussion: discussion,
      makeExamples: examples, makeOptions: { options().map(\.spec) }, makeOperands: { operands().map(\.spec) },
      makeColumns: columns, makeSlips: commonMistakes, makeExitCodes: exits, rewrite: rewrite)
    self.make = make
    makeSubcommands = { [] }
  }

  /// A command that only groups others.
  ///
  /// - Parameters:
  ///   - summary: One line for the list of commands.
  ///   - discussion: Paragraphs, separated by empty lines.
  ///   - group: The heading in its parent's help; nil for the common one.
  public init(
    _ name: String, summary: String, discussion: @escaping @autoclosure @Sendable () -> String = "",
    examples: @escaping @autoclosure @Sendable () -> [Example] = [], group: String? = nil, isHidden: Bool = false,
    subcommands: @escaping @autoclosure @Sendable () -> [CommandSpec]
  ) {
    outline = CommandOutline(
      name: name, summary: summary, group: group, isHidden: isHidden, isGroup: true, makeDiscussion: discussion,
      makeExamples: examples, makeSubcommands: { subcommands().map(\.outline) })
    make = nil
    makeSubcommands = subcommands
  }

  /// The command below this one with these names.
  func descendant(_ names: some Collection<String>) -> CommandSpec? {
    guard let name = names.first else { return self }
    return makeSubcommands().first { $0.outline.name == name }?.descendant(names.dropFirst())
  }
}

/// Everything about a command except what it does.
public struct CommandOutline: Sendable {
  /// The word that is typed.
  public let name: String
  /// One line for the list of commands.
  public let summary: String
  /// The heading in its parent's help; nil for the common one.
  public let group: String?
  /// Whether it works, but isn't shown by help and completions.
  public let isHidden: Bool
  /// Whether it only groups other commands.
  public let isGroup: Bool
  var makeDiscussion: @Sendable () -> String = { "" }
  var makeExamples: @Sendable () -> [Example] = { [] }
  var makeOptions: @Sendable () -> [OptionSpec] = { [] }
  var makeOperands: @Sendable () -> [OperandSpec] = { [] }
  var makeSubcommands: @Sendable () -> [CommandOutline] = { [] }
  var makeColumns: @Sendable () -> [ListedColumn] = { [] }
  var makeSlips: @Sendable () -> [CommonMistake] = { [] }
  var makeExitCodes: @Sendable () -> [ExitCode] = { [.usage] }
  /// Converts the arguments after the command's name to this program's options.
  var rewrite: @Sendable ([String]) -> [String] = { $0 }

  /// Paragraphs, separated by empty lines.
  public var discussion: String { makeDiscussion() }
  /// Shown before everything else.
  public var examples: [Example] { makeExamples() }
  /// Its own options, without the global ones.
  public var options: [OptionSpec] { makeOptions() }
  /// In the order in which they are given.
  public var operands: [OperandSpec] { makeOperands() }
  /// The columns of its results; empty for none.
  public var columns: [ListedColumn] { makeColumns() }
  /// Its exit codes; those of a group are for a missing subcommand.
  package var exitCodes: [ExitCode] { [.success] + makeExitCodes() }
  /// Empty for a command that has an action.
  public var subcommands: [CommandOutline] { makeSubcommands() }

  /// Common typing mistakes.
  var commonMistakes: [CommonMistake] { makeSlips() }

  var visibleSubcommands: [CommandOutline] { subcommands.filter { !$0.isHidden } }

  func subcommand(_ name: String) -> CommandOutline? {
    subcommands.first { $0.name.isSpelled(name) }
  }

  /// The command below this one with these names.
  func descendant(_ names: some Collection<String>) -> CommandOutline? {
    guard let name = names.first else { return self }
    return subcommand(name)?.descendant(names.dropFirst())
  }
}

/// Something that users of other tools might type by mistake.
public struct CommonMistake: Hashable, Sendable {
  /// The option, with its dashes; nil for an extra operand.
  public var typed: String?
  /// What this command expects instead.
  public var hint: String

  /// Several options with the same hint.
  public static func options(_ names: [String], _ hint: String) -> [CommonMistake] {
    names.map { CommonMistake(typed: $0, hint: hint) }
  }

  /// An extra operand.
  public static func operand(_ hint: String) -> [CommonMistake] { [CommonMistake(typed: nil, hint: hint)] }
}

/// An example of a command line.
public struct Example: Hashable, Sendable {
  /// The command for a shell, starting with the program's name.
  public var line: String
  /// What it does, as a sentence.
  public var meaning: String

  /// A line, and what it does.
  public init(_ line: String, _ meaning: String) {
    self.line = line
    self.meaning = meaning
  }
}

/// A column of a command's results, as help lists it.
public struct ListedColumn: Hashable, Sendable {
  public var name: String
  /// One line of explanation; empty if the name is enough.
  public var meaning: String

  public init(_ name: String, meaning: String = "") {
    (self.name, self.meaning) = (name, meaning)
  }
}

extension ProgramOutline {
  /// Mistakes in the declarations, described for their author; a test checks that there are none.
  public func problems() -> [String] {
    commandsWithHidden.flatMap { path, command in
      let problems =
        repeated(command.subcommands.map(\.name)).map { "two subcommands \($0)" }
        + optionProblems(command.options + globals) + operandProblems(command.operands)
        + textProblems(command) + (command.name.isName ? [] : ["a name that is hard to type"])
      return problems.map { "\(path.joined(separator: " ")): \($0)" }
    }
  }

  private var commandsWithHidden: [(path: [String], command: CommandOutline)] {
    func below(_ path: [String], _ command: CommandOutline) -> [(path: [String], command: CommandOutline)] {
      [(path, command)] + command.subcommands.flatMap { below(path + [$0.name], $0) }
    }
    return below([name], root)
  }

  private func optionProblems(_ options: [OptionSpec]) -> [String] {
    repeated(options.flatMap(\.typedNames)).map { "two options \($0)" }
      + options.filter { !$0.name.isName }.map { "option \($0.longName) is hard to type" }
      + options.filter { $0.help.isEmpty }.map { "no help for \($0.longName)" }
  }

  private func operandProblems(_ operands: [OperandSpec]) -> [String] {
    let tooLate = operands.drop { $0.arity == 1...1 }.dropFirst().filter { $0.arity == 1...1 }
    let unreachable = operands.drop { !$0.isRepeated }.dropFirst()
    return repeated(operands.map(\.name)).map { "two operands \($0)" }
      + tooLate.map { "\($0.name) is required, but stands behind one that is not" }
      + unreachable.map { "\($0.name) stands behind one that takes all" }
      + operands.filter { $0.help.isEmpty }.map { "no help for \($0.name)" }
  }

  private func textProblems(_ command: CommandOutline) -> [String] {
    let tooLong = command.examples.map(\.line).filter { $0.count > 76 }
    return (command.summary.isEmpty ? ["no summary"] : []) + tooLong.map { "an example of more than 76 columns: \($0)" }
  }

  private func repeated(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { !seen.insert($0).inserted }
  }
}

extension String {
  /// Lowercase letters, digits, `-`, and `_`, not starting with a dash.
  fileprivate var isName: Bool {
    let allowed = unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("0"..."9").contains($0) || "-_".unicodeScalars.contains($0)
    }
    return allowed && !isEmpty && !hasPrefix("-")
  }
}
