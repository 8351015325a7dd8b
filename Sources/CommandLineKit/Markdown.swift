import TextFormats

extension ProgramOutline {
  /// The index of the reference, in Markdown: the program itself, its global options, and a link to each command's
  /// page.
  ///
  /// - Parameter folder: The directory of the pages, relative to the index.
  public func markdownIndex(folder: String) -> String {
    let globals = MarkdownPart(blocks: ["## Global options", bullets(globals.visible.map(\.markdownItem))])
    let sections = sections.filter { $0.page == nil }.map(MarkdownPart.section)
    return text([.head(self), .commands(of: root, at: [name], folder: "\(folder)/"), globals] + sections)
  }

  /// A command's page, in Markdown.
  ///
  /// - Parameters:
  ///   - path: The command, starting with the program's name.
  ///   - index: The address of the index, relative to the page.
  /// - Returns: Nil if there is no such command.
  public func markdownPage(for path: [String], index: String) -> String? {
    guard let command = command(at: path) else { return nil }
    let footer = MarkdownPart(blocks: ["[All commands and global options](\(index))"])
    let below: [MarkdownPart] = command.isGroup ? [.commands(of: command, at: path, folder: "")] : []
    return text(
      [.command(command, at: path)] + below + sections.filter { $0.page == path }.map(MarkdownPart.section) + [footer])
  }

  private func text(_ parts: [MarkdownPart]) -> String {
    parts.map { $0.blocks.joined(separator: "\n\n") }.joined(separator: "\n\n") + "\n"
  }
}

/// A part of a page: blocks, separated by empty lines.
private struct MarkdownPart {
  var blocks: [String]

  static func head(_ outline: ProgramOutline) -> Self {
    let root = outline.root
    return Self(
      blocks: ["# \(root.name)"] + usage([root.name], root) + [root.summary.markdown]
        + root.discussion.markdownParagraphs + examples(root))
  }

  /// The subcommands of a command, each a link to its page, followed by its own subcommands.
  static func commands(of command: CommandOutline, at path: [String], folder: String) -> Self {
    let groups = command.visibleSubcommands.grouped(by: \.group, common: "Commands")
    return Self(
      blocks: groups.flatMap { heading, commands in
        ["## \(heading)", bullets(commands.flatMap { links(to: $0, at: path + [$0.name], folder: folder) })]
      })
  }

  private static func links(
    to command: CommandOutline, at path: [String], folder: String
  ) -> [(term: String, text: String)] {
    let page = path.dropFirst().joined(separator: "-")
    return [("[\(path.joined(separator: " "))](\(folder)\(page).md)", command.summary.markdown)]
      + command.visibleSubcommands.flatMap { links(to: $0, at: path + [$0.name], folder: folder) }
  }

  static func command(_ command: CommandOutline, at path: [String]) -> Self {
    var blocks = ["# \(path.joined(separator: " "))"] + usage(path, command) + [command.summary.markdown]
    blocks += command.discussion.markdownParagraphs + titled("Examples", examples(command))
    blocks += titled("Arguments", list(command.operands.map { ($0.name.code, $0.explanation.markdown) }))
    for (heading, options) in command.options.visible.grouped(by: \.group, common: "Options") {
      blocks += titled(heading, list(options.map(\.markdownItem)))
    }
    return Self(blocks: blocks)
  }

  static func section(_ section: ReferenceSection) -> Self {
    Self(
      blocks: ["## \(section.title)"] + section.text.markdownParagraphs
        + list(section.entries.map { (term: $0.term.code, text: $0.meaning.markdown) }))
  }

  private static func usage(_ path: [String], _ command: CommandOutline) -> [String] {
    [(path + command.synopsis).joined(separator: " ").codeBlock]
  }

  private static func examples(_ command: CommandOutline) -> [String] {
    command.examples.flatMap { [$0.meaning.markdown, $0.line.shellBlock] }
  }

  private static func titled(_ title: String, _ blocks: [String]) -> [String] {
    blocks.isEmpty ? [] : ["## \(title)"] + blocks
  }

  private static func list(_ items: [(term: String, text: String)]) -> [String] {
    items.isEmpty ? [] : [bullets(items)]
  }
}

private func bullets(_ items: [(term: String, text: String)]) -> String {
  items.map { "- \($0.term): \($0.text)" }.joined(separator: "\n")
}

extension OptionSpec {
  fileprivate var markdownItem: (term: String, text: String) {
    ("\(shortName.map { "\($0), " } ?? "")\(longLabel)".code, explanation.markdown)
  }
}

extension String {
  /// Escaped, so that nothing in it is markup.
  fileprivate var markdown: String {
    reduce(into: "") { $0 += "\\`*<[&".contains($1) ? "\\\($1)" : String($1) }
  }

  fileprivate var code: String { contains("`") ? "`` \(self) ``" : "`\(self)`" }

  fileprivate var codeBlock: String { indentedLines(by: 4) }

  /// A block of shell code, with a fence longer than any in the text.
  fileprivate var shellBlock: String {
    var fence = "```"
    while contains(fence) { fence += "`" }
    return "\(fence)sh\n\(self)\n\(fence)"
  }

  fileprivate var markdownParagraphs: [String] {
    paragraphs.map { paragraph in
      paragraph.isPreformatted
        ? paragraph.lines.joined(separator: "\n").codeBlock : paragraph.lines.joined(separator: " ").markdown
    }
  }
}
