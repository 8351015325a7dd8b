/// All that is known of a command but what it does: what the parser follows and every generator shows.
public struct CommandOutline: Sendable {
  /// As it is typed.
  public var name: String
  /// One line, as it stands in the list of commands.
  public var summary: String
  /// Paragraphs, separated by empty lines.
  public var discussion = ""
  /// Shown before everything else.
  public var examples: [Example] = []
  /// The heading it is listed under in its parent's help; nil for the common one.
  public var group: String?
  /// Works, but is not in help nor completions.
  public var isHidden = false
  /// Its own, without the global ones.
  public var options: [OptionSpec] = []
  /// In the order in which they stand.
  public var operands: [OperandSpec] = []
  /// Empty for a command that does something.
  public var subcommands: [CommandOutline] = []

  /// Whether it only gathers other commands.
  public var isGroup: Bool { !subcommands.isEmpty }

  func subcommand(_ name: String) -> CommandOutline? {
    subcommands.first { $0.name.isSpelled(name) }
  }

  /// The command below this one with these names.
  func descendant(_ names: some Collection<String>) -> CommandOutline? {
    guard let name = names.first else { return self }
    return subcommand(name)?.descendant(names.dropFirst())
  }
}
