/// A shell that can complete command lines.
public enum Shell: String, CaseIterable, Hashable, Sendable {
  case bash, zsh, fish
}

extension ProgramOutline {
  /// A script that teaches a shell to complete commands, options and values. It calls the program only for values that
  /// change (see `completionHook`).
  public func completions(for shell: Shell) -> String {
    switch shell {
    case .bash: bashScript
    case .zsh: zshScript
    case .fish: fishScript
    }
  }

  /// All but `help`, behind which stands a command once more: to complete that, it is skipped.
  var completedCommands: [(path: [String], command: CommandOutline)] {
    visibleCommands.filter { $0.path != [name, Builtin.helpName] }
  }

  /// The topics of help that are no commands as well.
  var helpTopics: [(name: String, title: String)] {
    let commands = root.visibleSubcommands.map(\.name)
    return sections.compactMap { section in section.topic.map { ($0, section.title) } }
      .filter { !commands.contains($0.0) }
  }

  /// The program's name as it can stand in the name of a function.
  var functionName: String {
    String(String.UnicodeScalarView(name.unicodeScalars.map { $0.properties.isAlphabetic && $0.isASCII ? $0 : "_" }))
  }
}

extension String {
  /// As one word of a shell of the Bourne family.
  var shellQuoted: String { "'\(replacing("'", with: "'\\''"))'" }

  /// As one word of fish, where backslashes count in quotes as well.
  var fishQuoted: String { "'\(replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'" }
}
