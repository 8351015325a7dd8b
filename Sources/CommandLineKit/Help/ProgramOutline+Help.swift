extension ProgramOutline {
  /// All there is to know of a command, for standard output; no line is longer than the width.
  ///
  /// - Parameters:
  ///   - path: The command, the program's name first; of one that does not exist, the program itself.
  ///   - width: In columns; taken as 40 when less, as 100 when more.
  public func help(for path: [String], width: Int = 80) -> String {
    let page = page(for: path, width: width)
    return page.text([page.usage, page.about, page.examples, page.operands, page.subcommands, page.options, page.more])
  }

  /// The short help that is shown as an error, for a command that was given nothing.
  ///
  /// - Parameters:
  ///   - path: The command, the program's name first; of one that does not exist, the program itself.
  ///   - width: In columns; taken as 40 when less, as 100 when more.
  public func usage(for path: [String], width: Int = 80) -> String {
    let page = page(for: path, width: width)
    return page.text([page.usage, page.subcommands, page.more])
  }

  private func page(for path: [String], width: Int) -> HelpPage {
    let found = command(at: path)
    return HelpPage(
      path: found == nil ? [name] : path, command: found ?? root, globals: globals.visible,
      width: min(max(width, 40), 100))
  }
}

/// The parts of a command's help, as blocks of lines with an empty line between two.
private struct HelpPage {
  typealias Block = [String]

  let path: [String]
  let command: CommandOutline
  let globals: [OptionSpec]
  let width: Int

  func text(_ parts: [[Block]]) -> String {
    parts.joined().filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  var usage: [Block] {
    let lines = (["Usage:"] + path + command.synopsis).filled(to: width - 4)
    return [lines.prefix(1) + lines.dropFirst().map { $0.indented(by: 4) }]
  }

  var about: [Block] {
    [command.summary.wrapped(to: width), command.discussion.wrappedParagraphs(to: width)]
  }

  var examples: [Block] {
    guard !command.examples.isEmpty else { return [] }
    return [
      ["Examples:"]
        + command.examples.flatMap { example in
          example.line.cut(to: width - 2).map { $0.indented(by: 2) }
            + example.meaning.wrapped(to: width - 6).map { $0.indented(by: 6) }
        }
    ]
  }

  var operands: [Block] {
    lists([("Operands", command.operands.map { ($0.name, $0.explanation) })])
  }

  var subcommands: [Block] {
    let groups = command.visibleSubcommands.grouped(by: \.group, common: "Commands")
    return lists(groups.map { ($0.heading, $0.elements.map { ($0.name, $0.summary) }) })
  }

  var options: [Block] {
    let groups = command.options.visible.grouped(by: \.group, common: "Options") + [("Global options", globals)]
    return lists(groups.map { ($0.heading, $0.elements.map { ($0.label, $0.explanation) }) })
  }

  var more: [Block] {
    guard command.isGroup else { return [] }
    let words = path.prefix(1) + ["help"] + path.dropFirst() + ["COMMAND"]
    return ["Run '\(words.joined(separator: " "))' for help on a command.".wrapped(to: width)]
  }

  /// Lists that share their columns.
  private func lists(_ lists: [(heading: String, rows: [(term: String, meaning: String)])]) -> [Block] {
    let column = DefinitionList.column(for: lists.flatMap(\.rows).map(\.term), width: width)
    return lists.filter { !$0.rows.isEmpty }.map {
      "\($0.heading):".wrapped(to: width) + DefinitionList(rows: $0.rows).lines(column: column, width: width)
    }
  }
}
