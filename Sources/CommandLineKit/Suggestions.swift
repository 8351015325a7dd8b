// What was probably meant by an unknown name.

extension ProgramOutline {
  /// The command most likely meant by a word: one with a similar name here, or the help on a topic; otherwise one of
  /// exactly that name elsewhere.
  func suggestedCommand(for word: String, at path: [String]) -> [String]? {
    let here = command(at: path)?.visibleSubcommands.map(\.name) ?? []
    if let name = nearest(to: word, among: here) { return path + [name] }
    if path == [name], let topic = nearest(to: word, among: sections.compactMap(\.topic)) {
      return [name, Builtin.helpName, topic]
    }
    return visibleCommands.first { $0.command.name.isSpelled(word) }?.path
  }

  /// The problem with `--name` or `--name=value` that is not an option.
  func unknownLong(_ name: String, of argument: String, at path: [String]) -> UsageError.Problem {
    guard !argument.looksLikeText else { return unknownText(argument, at: path) }
    return .unknownOption("--\(name)", suggestion: suggestedOption(for: name, at: path))
  }

  /// The problem with a bundle such as `-xyz` that has a letter which is not an option.
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

  /// The commands that have an option, or nil when there are none.
  private func owners(where isMeant: (OptionSpec) -> Bool) -> [[String]]? {
    let owners = visibleCommands.filter { $0.command.options.visible.contains(where: isMeant) }
    return owners.isEmpty ? nil : owners.map(\.path)
  }
}

extension String {
  /// Whether an argument that starts with a dash looks more like a text or a number than an option.
  fileprivate var looksLikeText: Bool {
    let name = unicodeScalars.drop { $0 == "-" }.prefix { $0 != "=" }
    return name.first?.properties.isAlphabetic != true || name.contains { $0.properties.isWhitespace }
  }
}

/// How many edits turn one word into another: inserting, deleting or replacing a character, or swapping two neighbors
/// (optimal string alignment distance).
func editDistance(_ left: some StringProtocol, _ right: some StringProtocol) -> Int {
  let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      let replaced = last[j] + (left[i] == right[j] ? 0 : 1)
      var best = min(replaced, last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        best = min(best, beforeLast[j - 1] + 1)
      }
      row.append(best)
    }
    (beforeLast, last) = (last, row)
  }
  return last[right.count]
}

/// The candidate that was most likely meant by a word: the nearest one that takes few edits, or else one that starts
/// with the word. Case does not matter.
public func nearest(to word: String, among candidates: [String]) -> String? {
  // A longer word is not a misspelled name, and the distance takes time.
  guard word.utf8.count <= 64 else { return nil }
  let typed = word.lowercased()
  let near = candidates.map { (name: $0, distance: editDistance(typed, $0.lowercased())) }
    .filter { $0.distance <= max(1, $0.name.count / 3) && $0.distance < $0.name.count }
    .min { $0.distance < $1.distance }
  return near?.name ?? candidates.first { typed.count > 1 && $0.lowercased().hasPrefix(typed) }
}
