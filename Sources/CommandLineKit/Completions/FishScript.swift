extension ProgramOutline {
  var fishScript: String {
    let function = "__\(functionName)"
    let hook = completionHook.map(\.fishQuoted).joined(separator: " ")
    let lines = visibleCommands.flatMap { FishCommand(outline: self, path: $0.path, command: $0.command).lines }
    return """
      # fish completion for \(name): put it as \(name).fish into ~/.config/fish/completions.

      # Succeeds where the command typed so far is this one.
      function \(function)_at
        set -l command \(name.fishQuoted)
        set -l skip no
        for word in (commandline -opc)[2..]
          if test $skip = yes
            set skip no
            continue
          end
          switch $word
            case \(valuedGlobals)
              set skip yes
            case '-*'
            case '*'
              switch "$command $word"
                case \(commandNames)
                  set command "$command $word"
              end
          end
        end
        test "$command" = "$argv"
      end

      # Prints the values that the program knows under a name.
      function \(function)_ask
        set -l words (commandline -opc)
        command $words[1] \(hook) $argv 2>/dev/null </dev/null
      end

      complete -c \(name) -f
      \(lines.joined(separator: "\n"))
      \(globals.visible.map { FishCommand(outline: self, path: [], command: root).line(for: $0) }.joined(separator: "\n"))

      """
  }

  private var valuedGlobals: String {
    globals.visible.filter { $0.value != nil }.flatMap(\.typedNames).map(\.fishQuoted).joined(separator: " ")
  }

  /// All but `help`: behind it stands a command once more.
  private var commandNames: String {
    visibleCommands.dropFirst().map { $0.path.joined(separator: " ") }
      .filter { $0 != "\(name) \(Builtin.helpCommand.name)" }
      .map(\.fishQuoted).joined(separator: " ")
  }
}

/// The `complete` lines of one command.
private struct FishCommand {
  let outline: ProgramOutline
  /// Empty for what holds everywhere.
  let path: [String]
  let command: CommandOutline

  var lines: [String] {
    guard path.last != Builtin.helpCommand.name else { return [] }
    return command.visibleSubcommands.map {
      "\(start) -a \($0.name.fishQuoted.fishQuoted) -d \($0.summary.fishQuoted)"
    }
      + command.options.visible.map { line(for: $0) }
      + command.operands.filter { $0.value.completion != .none }.map { "\(start) \(values($0.value))" }
  }

  func line(for option: OptionSpec) -> String {
    let short = option.short.map { " -s \(String($0).fishQuoted)" } ?? ""
    let value = option.value.map { " -r \(values($0))" } ?? ""
    return "\(start)\(short) -l \(option.name.fishQuoted)\(value) -d \(option.help.fishQuoted)"
  }

  private var start: String {
    guard !path.isEmpty else { return "complete -c \(outline.name)" }
    let condition = "__\(outline.functionName)_at \(path.joined(separator: " ").fishQuoted)"
    return "complete -c \(outline.name) -n \(condition.fishQuoted)"
  }

  private func values(_ value: ValueSpec) -> String {
    switch value.completion {
    case .none: "-f"
    case .files: "-F"
    case .directories: "-f -a '(__fish_complete_directories)'"
    case .choices(let words): "-f -a \(words.map(\.fishQuoted).joined(separator: " ").fishQuoted)"
    case .dynamic(let name): "-f -a \("(__\(outline.functionName)_ask \(name.fishQuoted))".fishQuoted)"
    }
  }
}
