/// A command, declared once: it either has subcommands, or makes an action of what was given.
public struct CommandSpec<Action: Sendable>: Sendable {
  /// Reads the action out of what was given; throws what only shows when all of it is seen together.
  public typealias Make = @Sendable (Parsed) throws(UsageError) -> Action

  /// All that help, completions and reference show of it.
  public let outline: CommandOutline
  let body: Body

  enum Body: Sendable {
    case group([CommandSpec])
    case action(Make)
  }

  /// A command that does something.
  ///
  /// - Parameters:
  ///   - summary: One line, as it stands in the list of commands.
  ///   - discussion: Paragraphs, separated by empty lines.
  ///   - group: The heading it is listed under in its parent's help; nil for the common one.
  public init(
    _ name: String, summary: String, discussion: String = "", examples: [Example] = [], group: String? = nil,
    isHidden: Bool = false, options: [any OptionDeclaration] = [], operands: [any OperandDeclaration] = [],
    make: @escaping Make
  ) {
    outline = CommandOutline(
      name: name, summary: summary, discussion: discussion, examples: examples, group: group, isHidden: isHidden,
      options: options.map(\.spec), operands: operands.map(\.spec))
    body = .action(make)
  }

  /// A command that only gathers others.
  ///
  /// - Parameters:
  ///   - summary: One line, as it stands in the list of commands.
  ///   - discussion: Paragraphs, separated by empty lines.
  ///   - group: The heading it is listed under in its parent's help; nil for the common one.
  public init(
    _ name: String, summary: String, discussion: String = "", examples: [Example] = [], group: String? = nil,
    isHidden: Bool = false, subcommands: [CommandSpec]
  ) {
    outline = CommandOutline(
      name: name, summary: summary, discussion: discussion, examples: examples, group: group, isHidden: isHidden,
      subcommands: subcommands.map(\.outline))
    body = .group(subcommands)
  }

  /// What makes the action of the command below this one with these names.
  func make(at names: some Collection<String>) -> Make? {
    switch body {
    case .action(let make): names.isEmpty ? make : nil
    case .group(let subcommands):
      names.first.flatMap { name in
        subcommands.first { $0.outline.name == name }?.make(at: names.dropFirst())
      }
    }
  }
}

/// A command line worth copying.
public struct Example: Hashable, Sendable {
  /// As it is typed in a shell, the program's name first.
  public var line: String
  /// What it does, as a sentence.
  public var meaning: String

  /// A line, and what it does.
  public init(_ line: String, _ meaning: String) {
    self.line = line
    self.meaning = meaning
  }
}
