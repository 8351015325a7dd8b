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
