import TextFormats

// Suggestions for unknown names.

extension ProgramOutline {
  /// The command that an unknown word most likely means: a subcommand or help topic with a similar name, or else a
  /// command elsewhere with exactly that name.
  func suggestedCommand(for word: String, at path: [String]) -> [String]? {
    let here = command(at: path)?.visibleSubcommands.map(\.name) ?? []
    if let name = nearest(to: word, among: here) { return path + [name] }
    if path == [name], let topic = nearest(to: word, among: sections.compactMap(\.topic)) {
      return [name, Builtin.helpName, topic]
    }
    return visibleCommands.first { $0.command.name.isSpelled(word) }?.path
  }

  /// The problem with `--name` or `--name=value`, which isn't an option.
  func unknownLong(_ name: String, of argument: String, at path: [String]) -> UsageError.Problem {
    guard !argument.looksLikeText else { return unknownText(argument, at: path) }
    return .unknownOption("--\(name)", suggestion: suggestedOption(for: name, at: path))
  }

  /// The problem with a bundle such as `-xyz` that contains a letter that isn't an option.
  func unknownShort(_ letter: Unicode.Scalar, of argument: String, at path: [String]) -> UsageError.Problem {
    guard !argument.looksLikeText else { return unknownText(argument, at: path) }
    let long = String(argument.unicodeScalars.dropFirst().prefix { $0 != "=" })
    let suggestion = long.unicodeScalars.count > 1 ? suggestedOption(for: long, at: path) : nil
    return .unknownOption("-\(letter)", suggestion: suggestion ?? owners { $0.short == letter }.map { .commands($0) })
  }

  private func unknownText(_ argument: String, at path: [String]) -> UsageError.Problem {
    let takesOperands = command(at: path)?.operands.isEmpty == false
    return .unknownOption(argument, suggestion: takesOperands ? .operand : nil)
  }

  private func suggestedOption(for name: String, at path: [String]) -> UsageError.OptionSuggestion? {
    let here = ((command(at: path)?.options ?? []) + globals).visible.map(\.name)
    if !here.contains(where: { $0.isSpelled(name) }), let owners = owners(where: { $0.name.isSpelled(name) }) {
      return .commands(owners)
    }
    return nearest(to: name, among: here).map { .option("--\($0)") }
  }

  /// The commands that have an option; nil if there are none.
  private func owners(where isMeant: (OptionSpec) -> Bool) -> [[String]]? {
    let owners = visibleCommands.filter { $0.command.options.visible.contains(where: isMeant) }
    return owners.isEmpty ? nil : owners.map(\.path)
  }
}

extension String {
  /// Whether an argument that starts with a dash looks more like text or a number than like an option.
  fileprivate var looksLikeText: Bool {
    let name = unicodeScalars.drop { $0 == "-" }.prefix { $0 != "=" }
    return name.first?.properties.isAlphabetic != true || name.contains { $0.properties.isWhitespace }
  }
}
