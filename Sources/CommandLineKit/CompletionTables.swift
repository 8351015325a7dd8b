import TextFormats

/// A shell that can complete command lines.
public enum Shell: String, CaseIterable, Hashable, Sendable {
  case bash, zsh, fish
}

extension ProgramOutline {
  /// A script that completes commands, options, and values in a shell. It calls the program only for values that
  /// change (see `completionHook`).
  public func completions(for shell: Shell) -> String {
    switch shell {
    case .bash: bashScript
    case .zsh: zshScript
    case .fish: fishScript
    }
  }

  /// Every command but `help`, which is skipped: the words after it are completed like those of a command line.
  var completedCommands: [(path: [String], command: CommandOutline)] {
    visibleCommands.filter { $0.path != [name, Builtin.helpName] }
  }

  /// The help topics that aren't also commands.
  var helpTopics: [(name: String, title: String)] {
    let commands = root.visibleSubcommands.map(\.name)
    return sections.compactMap { section in section.topic.map { ($0, section.title) } }
      .filter { !commands.contains($0.0) }
  }

  /// Patterns of the options that are passed to the program when it is asked for values: `short` for those whose
  /// value is the next word, `long` for those that include their value.
  var guidePatterns: (short: String, long: String) {
    let guides = globals.filter(\.guidesCompletion)
    guard !guides.isEmpty else { return ("''", "''") }
    return (
      guides.flatMap(\.typedNames).map(\.shellQuoted).joined(separator: " | "),
      guides.map { "\("\($0.longName)=".shellQuoted)*" }.joined(separator: " | ")
    )
  }

  /// The program's name in a form that is valid in the name of a shell function.
  var functionName: String {
    String(String.UnicodeScalarView(name.unicodeScalars.map { $0.properties.isAlphabetic && $0.isASCII ? $0 : "_" }))
  }
}

extension String {
  /// Quoted as one word for shells of the Bourne family.
  var shellQuoted: String { "'\(replacing("'", with: "'\\''"))'" }

  /// Quoted as one word for fish, where backslashes are special even in quotes.
  var fishQuoted: String { "'\(replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'" }
}

/// The functions that the bash and zsh scripts share, in the syntax that both shells support. They set their
/// caller's variables and print nothing.
struct BourneTables {
  let outline: ProgramOutline
  /// Formats a name and its description for a list: zsh shows both.
  let entry: (_ name: String, _ help: String) -> String

  var script: String {
    [names, values, walk].joined(separator: "\n\n")
  }

  private var prefix: String { "_\(outline.functionName)" }

  // MARK: - Names

  private var names: String {
    """
    # Sets subcommands and switches to what the command offers.
    \(prefix)_names() {
      subcommands=() switches=()
      case $command in
    \(outline.completedCommands.map { names(of: $0.command, at: $0.path) }.joined(separator: "\n"))
      esac
      switches+=(\(entries(of: outline.globals)))\(topics)
    }
    """
  }

  /// The topics that can follow `help`, besides the commands.
  private var topics: String {
    let topics = outline.helpTopics.map { entry($0.name, $0.title).shellQuoted }.joined(separator: " ")
    guard !topics.isEmpty else { return "" }
    return "\n  [[ -z $helping || $command$operand != \("\(outline.name)1".shellQuoted) ]] || subcommands+=(\(topics))"
  }

  private func names(of command: CommandOutline, at path: [String]) -> String {
    let subcommands = command.visibleSubcommands.map { entry($0.name, $0.summary).shellQuoted }.joined(separator: " ")
    return """
      \(path.joined(separator: " ").shellQuoted))
        subcommands=(\(subcommands))
        switches=(\(entries(of: command.options)))
        ;;
      """.indentedLines(by: 4)
  }

  private func entries(of options: [OptionSpec]) -> String {
    options.visible.flatMap { option in option.typedNames.map { entry($0, option.help.firstSentence).shellQuoted } }
      .joined(separator: " ")
  }

  // MARK: - Values

  private var values: String {
    """
    # Sets kind (and choices) to what follows an option of the command, or stands as its operand of that number; to
    # nothing for a flag. Sets list where several can be joined by commas.
    \(prefix)_value() {
      kind='' choices=() list=''
      case "$command $1" in
    \(commandPatterns.joined(separator: "\n"))
      esac
      [[ -n $kind ]] && return
      case $1 in
    \(outline.globals.visible.compactMap { pattern($0, of: nil) }.joined(separator: "\n"))
      esac
    }
    """
  }

  private var commandPatterns: [String] {
    outline.completedCommands.flatMap { path, command in
      let name = path.joined(separator: " ")
      return command.options.visible.compactMap { pattern($0, of: name) }
        + command.operands.enumerated().compactMap { pattern($1, number: $0 + 1, of: name) }
    }
  }

  private func pattern(_ option: OptionSpec, of command: String?) -> String? {
    guard let value = option.value else { return nil }
    let names = option.typedNames.map { name in command.map { "\($0) \(name)" } ?? name }
    return clause(names.map(\.shellQuoted).joined(separator: " | "), value)
  }

  private func pattern(_ operand: OperandSpec, number: Int, of command: String) -> String? {
    guard operand.value.completion != .none else { return nil }
    if operand.isRepeated { return clause("\("\(command) ".shellQuoted)[0-9]*", operand.value) }
    return clause("\(command) \(number)".shellQuoted, operand.value)
  }

  private func clause(_ pattern: String, _ value: ValueSpec) -> String {
    let assignment =
      switch value.completion {
      case .none: "kind=text"
      case .choices(let words): "kind=choices choices=(\(words.map(\.shellQuoted).joined(separator: " ")))"
      case .files: "kind=files"
      case .directories: "kind=directories"
      case .dynamic(let name): "kind=dynamic choices=(\(name.shellQuoted))"
      }
    return "    \(pattern)) \(assignment)\(value.isList ? " list=1" : "") ;;"
  }

  // MARK: - The current command

  private var walk: String {
    let commands = outline.completedCommands.dropFirst().map { $0.path.joined(separator: " ").shellQuoted }
    let help = "\(outline.name) \(Builtin.helpName)".shellQuoted
    let guides = outline.guidePatterns
    return """
      # Follows the words before the cursor: sets command, operand (the number of the next one), pending (the option that
      # waits for its value), ended (behind --), helping (behind help) and given (options that the program has to know to
      # tell what there is).
      \(prefix)_walk() {
        local word letters letter list
        command=\(outline.name.shellQuoted) operand=1 pending='' ended='' helping='' given=()
        while (( $# )); do
          word=$1
          shift
          if [[ -n $pending ]]; then
            case $pending in \(guides.short)) given+=("$pending" "$word") ;; esac
            pending=''
          elif [[ -n $ended || $word == - || $word != -* ]]; then
            case "$command $word" in
              \(help)) helping=1 ;;
              \(commands.joined(separator: " | ")))
                command="$command $word" ;;
              *) (( operand += 1 )) ;;
            esac
          elif [[ $word == -- ]]; then
            ended=1
          elif [[ $word == --* ]]; then
            case $word in \(guides.long)) given+=("$word") ;; esac
            \(prefix)_value "$word"
            [[ -n $kind ]] && pending=$word
          else
            letters=${word#-}
            while [[ -n $letters ]]; do
              letter=-${letters%"${letters#?}"}
              letters=${letters#?}
              \(prefix)_value "$letter"
              [[ -n $kind ]] || continue
              if [[ -z $letters ]]; then
                pending=$letter
              else
                case $letter in \(guides.short)) given+=("$letter$letters") ;; esac
              fi
              break
            done
          fi
        done
      }
      """
  }
}
