extension ProgramOutline {
  var fishScript: String {
    let function = "__\(functionName)"
    let hook = completionHook.map(\.fishQuoted).joined(separator: " ")
    let guides = globals.filter(\.guidesCompletion).flatMap(\.typedNames)
    let letters = globals.filter(\.guidesCompletion).compactMap { $0.short.map(String.init) }.joined()
    let lines =
      completedCommands.flatMap { FishCommand(outline: self, path: $0.path, command: $0.command).lines } + topicLines
    return """
      # fish completion for \(name): put it as \(name).fish into ~/.config/fish/completions.

      # Prints the command typed so far, the number of its next operand, and the options that the program has to know to
      # tell what there is.
      function \(function)_walk
        set -l command \(name.fishQuoted)
        set -l operand 1
        set -l pending
        set -l given
        for word in (commandline -opc)[2..]
          if set -q pending[1]
            contains -- $pending \(guides.joined(separator: " "))
            and set -a given $pending $word
            set -e pending[1]
          else if string match -q -- '-?*' $word
            switch "$command $word"
              case \(valuedOptions)
                set pending $word
              case \(attachedGuides)
                set -a given $word
              case '*'
                string match -qr -- '^-[A-Za-z]*[\(letters.isEmpty ? "\\n" : letters)].' $word
                and set -a given $word
            end
          else
            switch "$command $word"
              case \("\(name) \(Builtin.helpName)".fishQuoted)
              case \(commandNames)
                set command "$command $word"
              case '*'
                set operand (math $operand + 1)
            end
          end
        end
        printf '%s\\n' $command $operand $given
      end

      # Succeeds where the command typed so far is this one, and its next operand has this number, if one is given.
      function \(function)_at
        set -l place (\(function)_walk)
        test "$place[1]" = $argv[1]
        and contains -- "$argv[2]" '' $place[2]
      end

      # Prints the values that the program knows under a name; with "list", behind what stands before the last comma.
      function \(function)_ask
        set -l program (string replace -r '^~(?=/)' "$HOME" -- (commandline -opc)[1])
        set -l place (\(function)_walk)
        set -l options (string replace -r '^~(?=/)' "$HOME" -- $place[3..])
        set -l before
        if test "$argv[2]" = list
          set before (commandline -ct | string replace -r '^--[^=]*=' '' | string match -r '.*,')
        end
        command $program \(hook) $options -- $argv[1] $place[1] 2>/dev/null </dev/null | string replace -r '^' "$before"
      end

      # Succeeds behind help.
      function \(function)_helps
        contains -- \(Builtin.helpName) (commandline -opc)[2..]
      end

      complete -c \(name) -f
      \(lines.joined(separator: "\n"))
      \(globals.visible.map { FishCommand(outline: self, path: [], command: root).line(for: $0) }.joined(separator: "\n"))

      """
  }

  /// The topics that can follow `help`, besides the commands.
  private var topicLines: [String] {
    let function = "__\(functionName)"
    let condition = "\(function)_at \(name.fishQuoted) 1; and \(function)_helps"
    return helpTopics.map {
      "complete -c \(name) -n \(condition.fishQuoted) -a \($0.name.fishQuoted.fishQuoted) -d \($0.title.fishQuoted)"
    }
  }

  /// Patterns of a command followed by one of its options whose value is the next word.
  private var valuedOptions: String {
    let own = visibleCommands.flatMap { path, command in
      command.options.valuedNames.map { "\(path.joined(separator: " ")) \($0)" }
    }
    return (own + globals.valuedNames.map { "* \($0)" }).map(\.fishQuoted).joined(separator: " ")
  }

  /// Patterns of an option, with its value, that is passed on to the program when it is asked for values.
  private var attachedGuides: String {
    let guides = globals.filter(\.guidesCompletion)
    let patterns = guides.map { "* \($0.longName)=*" }
    return patterns.isEmpty ? "''" : patterns.map(\.fishQuoted).joined(separator: " ")
  }

  private var commandNames: String {
    completedCommands.dropFirst().map { $0.path.joined(separator: " ").fishQuoted }.joined(separator: " ")
  }
}

/// The `complete` lines of one command.
private struct FishCommand {
  let outline: ProgramOutline
  /// Empty for options that are valid everywhere.
  let path: [String]
  let command: CommandOutline

  var lines: [String] {
    command.visibleSubcommands.map {
      "\(start()) -a \($0.name.fishQuoted.fishQuoted) -d \($0.summary.fishQuoted)"
    }
      + command.options.visible.map { line(for: $0) }
      + command.operands.enumerated().filter { $1.value.completion != .none }.map { index, operand in
        "\(start(operand: operand.isRepeated ? nil : index + 1)) \(values(operand.value))"
      }
  }

  func line(for option: OptionSpec) -> String {
    let short = option.short.map { " -s \(String($0).fishQuoted)" } ?? ""
    let value = option.value.map { " -r \(values($0))" } ?? ""
    return "\(start())\(short) -l \(option.name.fishQuoted)\(value) -d \(option.help.firstSentence.fishQuoted)"
  }

  private func start(operand: Int? = nil) -> String {
    guard !path.isEmpty else { return "complete -c \(outline.name)" }
    let condition = "__\(outline.functionName)_at \(path.joined(separator: " ").fishQuoted)"
    let number = operand.map { " \($0)" } ?? ""
    return "complete -c \(outline.name) -n \((condition + number).fishQuoted)"
  }

  private func values(_ value: ValueSpec) -> String {
    switch value.completion {
    case .none: "-f"
    case .files: "-F"
    case .directories: "-f -a '(__fish_complete_directories)'"
    case .choices(let words): "-f -a \(words.map(\.fishQuoted).joined(separator: " ").fishQuoted)"
    case .dynamic(let name):
      "-f -a \("(__\(outline.functionName)_ask \(name.fishQuoted)\(value.isList ? " list" : ""))".fishQuoted)"
    }
  }
}

extension [OptionSpec] {
  fileprivate var valuedNames: [String] { visible.filter { $0.value != nil }.flatMap(\.typedNames) }
}
