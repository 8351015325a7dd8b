import TextFormats

extension ProgramOutline {
  /// The full help for a command, for standard output; no line is longer than the width.
  ///
  /// - Parameters:
  ///   - path: The command or topic, starting with the program's name; if there is no such command, the program itself.
  ///   - width: Columns, from 40 to 100.
  public func help(for path: [String], width: Int = 80) -> String {
    let topic = path.count == 2 ? section(on: path[1])?.help(width: width.columns) : nil
    if command(at: path) == nil, let topic { return topic }
    let page = page(for: path, width: width)
    let parts = [
      page.usage, page.summary, page.examples, page.discussion, page.operands, page.subcommands, page.options,
      page.globalOptions, page.more,
    ]
    return ([page.text(parts)] + (topic.map { [$0] } ?? [])).joined(separator: "\n")
  }

  /// The short help for a command: usage, one sentence, a few examples, and a line for each of its options or
  /// subcommands.
  ///
  /// - Parameters:
  ///   - path: The command, starting with the program's name; if there is no such command, the program itself.
  ///   - width: Columns, from 40 to 100.
  public func briefHelp(for path: [String], width: Int = 80) -> String {
    page(for: path, width: width).brief
  }

  /// A command's usage line: `sms send [OPTIONS] TO [MESSAGE]`.
  ///
  /// - Parameter path: The command, starting with the program's name; if there is no such command, the program itself.
  public func usage(for path: [String]) -> String {
    let page = page(for: path, width: 80)
    return (page.path + page.command.synopsis).joined(separator: " ")
  }

  private func page(for path: [String], width: Int) -> HelpPage {
    let found = command(at: path)
    return HelpPage(
      path: found == nil ? [name] : path, command: found ?? root, globals: globals.visible,
      topics: found == nil || path.count == 1 ? sections.compactMap(\.topic) : [], width: width.columns)
  }
}

extension ReferenceSection {
  /// The full help on a topic.
  fileprivate func help(width: Int) -> String {
    let column = DefinitionList.column(for: entries.map(\.term), width: width)
    let list = DefinitionList(rows: entries.map { ($0.term, $0.meaning) }).lines(column: column, width: width)
    return [["\(title):"], text.wrappedParagraphs(to: width), list].text
  }
}

extension [[String]] {
  /// Blocks of lines, separated by empty lines.
  fileprivate var text: String {
    filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }
}

extension Int {
  /// The width, limited to what is readable.
  fileprivate var columns: Int { Swift.min(Swift.max(self, 40), 100) }
}

/// The parts of a command's help, as blocks of lines that are separated by empty lines.
private struct HelpPage {
  typealias Block = [String]

  let path: [String]
  let command: CommandOutline
  let globals: [OptionSpec]
  let topics: [String]
  let width: Int

  func text(_ parts: [[Block]]) -> String {
    Array(parts.joined()).text
  }

  var usage: [Block] {
    let lines = (["Usage:"] + path + command.synopsis).filled(to: width - 4)
    return [lines.prefix(1) + lines.dropFirst().map { $0.indented(by: 4) }]
  }

  var summary: [Block] { [command.summary.wrapped(to: width)] }

  var discussion: [Block] { [command.discussion.wrappedParagraphs(to: width)] }

  var examples: [Block] {
    guard !allExamples.isEmpty else { return [] }
    return [
      ["Examples:"]
        + allExamples.flatMap { example in
          example.line.cut(to: width - 2).map { $0.indented(by: 2) }
            + example.meaning.wrapped(to: width - 6).map { $0.indented(by: 6) }
        }
    ]
  }

  /// A group without its own examples shows the first example of each command.
  private var allExamples: [Example] {
    command.examples.isEmpty && path.count > 1
      ? command.visibleSubcommands.compactMap(\.examples.first) : command.examples
  }

  var operands: [Block] {
    lists([("Arguments", command.operands.map { ($0.name, $0.explanation) })])
  }

  var subcommands: [Block] {
    lists(commandGroups.map { ($0.heading, $0.elements.map { ($0.name, $0.summary) }) })
  }

  private var commandGroups: [(heading: String, elements: [CommandOutline])] {
    command.visibleSubcommands.grouped(by: \.group, common: "Commands")
  }

  private var optionGroups: [(heading: String, elements: [OptionSpec])] {
    command.options.visible.grouped(by: \.group, common: "Options")
  }

  var options: [Block] {
    lists(optionGroups.map { ($0.heading, $0.elements.map { ($0.label, $0.wrappedExplanation) }) })
  }

  /// The program's own help explains them; a command's help only names them.
  var globalOptions: [Block] {
    guard path.count > 1 else {
      return lists([("Global options", globals.map { ($0.label, $0.wrappedExplanation) })])
    }
    // No-break spaces, so that both names of an option stay on one line.
    let names = globals.map { ($0.shortName.map { "\($0),\u{A0}" } ?? "") + $0.longName }.joined(separator: "; ")
    let heading = "Global options ('\(path[0]) --help' explains them):".wrapped(to: width)
    return [heading + names.wrapped(to: width - 2).map { $0.indented(by: 2) }]
  }

  var more: [Block] {
    guard command.isGroup else { return [] }
    let words = path.prefix(1) + ["help"] + path.dropFirst() + ["COMMAND"]
    let commands = "Run '\(words.joined(separator: " "))' for help on a command."
    let others = topics.isEmpty ? "" : " Other topics: \(topics.joined(separator: ", "))."
    return ["\(commands)\(others)".wrapped(to: width)]
  }

  /// Lists that are aligned with each other.
  private func lists(_ lists: [(heading: String, rows: [(term: String, meaning: String)])]) -> [Block] {
    let column = DefinitionList.column(for: lists.flatMap(\.rows).map(\.term), width: width)
    return lists.filter { !$0.rows.isEmpty }.map {
      "\($0.heading):".wrapped(to: width) + DefinitionList(rows: $0.rows).lines(column: column, width: width)
    }
  }
}

// MARK: - The short form

extension HelpPage {
  /// Without empty lines between groups, so that it fits on a screen.
  fileprivate var brief: String {
    let head: Block = usage[0] + summary[0]
    let lines = allExamples.prefix(3).map(\.line)
    let examples =
      lines.isEmpty ? [] : ["Examples:"] + lines.flatMap { $0.cut(to: width - 2) }.map { $0.indented(by: 2) }
    return [head, examples, Array(briefLists.joined()), pointers].text
  }

  private var briefLists: [Block] {
    lists(
      commandGroups.map { ($0.heading, $0.elements.map { ($0.name, $0.summary) }) }
        + optionGroups.map { ($0.heading, $0.elements.map { ($0.label, $0.help.firstSentence) }) })
  }

  private var pointers: Block {
    let (name, rest) = (path[0], path.dropFirst())
    let everything = (["\(name) help"] + rest).joined(separator: " ")
    guard command.isGroup else {
      return "See '\(everything)' for details, '\(name) --help' for global options.".wrapped(to: width)
    }
    let words = ([name] + rest).joined(separator: " ")
    let others = topics.isEmpty ? "" : " Topics for '\(name) help': \(topics.joined(separator: ", "))."
    let pointers = "See '\(words) COMMAND -h' for help on a command, '\(words) --help' for global options.\(others)"
    return pointers.wrapped(to: width)
  }
}

extension String {
  /// The first sentence, for the short help of an option.
  var firstSentence: String {
    guard let end = firstRange(of: ". ") else { return self }
    return String(self[..<end.lowerBound]) + "."
  }
}

/// Terms on the left, their meanings on the right.
struct DefinitionList {
  var rows: [(term: String, meaning: String)]

  /// The column where meanings start: after the longest term that leaves enough room, or below the terms if the
  /// width isn't enough for two columns.
  static func column(for terms: some Sequence<String>, width: Int) -> Int {
    guard width >= 60 else { return 8 }
    return terms.map { $0.count + 4 }.filter { $0 <= 31 }.max() ?? 10
  }

  /// Lines of at most `width` columns. A term that is too long for the left column gets its own lines.
  func lines(column: Int, width: Int) -> [String] {
    rows.flatMap { term, meaning in
      let meaning = meaning.wrapped(to: width - column).map { $0.indented(by: column) }
      guard term.count + 4 <= column, let first = meaning.first else {
        return lines(of: term, width: width) + meaning
      }
      return [term.indented(by: 2) + first.dropFirst(term.count + 2)] + meaning.dropFirst()
    }
  }

  private func lines(of term: String, width: Int) -> [String] {
    guard term.count + 2 > width else { return [term.indented(by: 2)] }
    return term.wrapped(to: width - 4).enumerated().map { $1.indented(by: $0 == 0 ? 2 : 4) }
  }
}
