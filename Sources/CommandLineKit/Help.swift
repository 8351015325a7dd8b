extension ProgramOutline {
  /// Everything about a command, for standard output; no line is longer than the width.
  ///
  /// - Parameters:
  ///   - path: The command or the topic, with the program's name first; if there is no such command, the program itself.
  ///   - width: In columns, from 40 to 100.
  public func help(for path: [String], width: Int = 80) -> String {
    let topic = path.count == 2 ? section(on: path[1])?.help(width: width.columns) : nil
    if command(at: path) == nil, let topic { return topic }
    let page = page(for: path, width: width)
    let parts = [
      page.usage, page.summary, page.examples, page.discussion, page.operands, page.subcommands, page.options,
      page.more,
    ]
    return ([page.text(parts)] + (topic.map { [$0] } ?? [])).joined(separator: "\n")
  }

  /// The short help that is shown as an error, for a command without arguments.
  ///
  /// - Parameters:
  ///   - path: The command, with the program's name first; if there is no such command, the program itself.
  ///   - width: In columns, from 40 to 100.
  public func usage(for path: [String], width: Int = 80) -> String {
    let page = page(for: path, width: width)
    return page.text([page.usage, page.subcommands, page.more])
  }

  private func page(for path: [String], width: Int) -> HelpPage {
    let found = command(at: path)
    return HelpPage(
      path: found == nil ? [name] : path, command: found ?? root, globals: globals.visible,
      topics: found == nil || path.count == 1 ? sections.compactMap(\.topic) : [], width: width.columns)
  }
}

extension ReferenceSection {
  /// Everything about a topic.
  fileprivate func help(width: Int) -> String {
    let column = DefinitionList.column(for: entries.map(\.term), width: width)
    let list = DefinitionList(rows: entries.map { ($0.term, $0.meaning) }).lines(column: column, width: width)
    return [["\(title):"], text.wrappedParagraphs(to: width), list].text
  }
}

extension [[String]] {
  /// Blocks of lines, with an empty line between two.
  fileprivate var text: String {
    filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }
}

extension Int {
  /// A width that text can be wrapped to and read at.
  fileprivate var columns: Int { Swift.min(Swift.max(self, 40), 100) }
}

/// The parts of a command's help, as blocks of lines with an empty line between two.
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
    // A group that has none shows the first one of each command.
    let examples =
      command.examples.isEmpty && path.count > 1
      ? command.visibleSubcommands.compactMap(\.examples.first) : command.examples
    guard !examples.isEmpty else { return [] }
    return [
      ["Examples:"]
        + examples.flatMap { example in
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
    return lists(groups.map { ($0.heading, $0.elements.map { ($0.label, $0.wrappedExplanation) }) })
  }

  var more: [Block] {
    guard command.isGroup else { return [] }
    let words = path.prefix(1) + ["help"] + path.dropFirst() + ["COMMAND"]
    let commands = "Run '\(words.joined(separator: " "))' for help on a command."
    let others = topics.isEmpty ? "" : " Other topics: \(topics.joined(separator: ", "))."
    return ["\(commands)\(others)".wrapped(to: width)]
  }

  /// Lists that share their columns.
  private func lists(_ lists: [(heading: String, rows: [(term: String, meaning: String)])]) -> [Block] {
    let column = DefinitionList.column(for: lists.flatMap(\.rows).map(\.term), width: width)
    return lists.filter { !$0.rows.isEmpty }.map {
      "\($0.heading):".wrapped(to: width) + DefinitionList(rows: $0.rows).lines(column: column, width: width)
    }
  }
}

/// Terms on the left, their meanings on the right.
struct DefinitionList {
  var rows: [(term: String, meaning: String)]

  /// Where meanings start: after the longest term that leaves them enough room, or below the terms if the width is not
  /// enough for two columns.
  static func column(for terms: some Sequence<String>, width: Int) -> Int {
    guard width >= 60 else { return 8 }
    return terms.map { $0.count + 4 }.filter { $0 <= 30 }.max() ?? 10
  }

  /// Lines of at most `width` columns. A term too long for the left column gets lines of its own.
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
