import TextFormats

extension ProgramOutline {
  /// The reference of all commands and options, in Markdown.
  public func markdown() -> String {
    let commands = visibleCommands.dropFirst().filter { !$0.command.isGroup }
    let parts =
      [MarkdownPart.head(self), .list("Commands", commands.map { ($0.path.link, $0.command.summary.markdown) })]
      + [.list("Global options", globals.visible.map(\.markdownItem))]
      + commands.map { .command($0.command, at: $0.path) } + sections.map(MarkdownPart.section)
    return parts.map { $0.blocks.joined(separator: "\n\n") }.joined(separator: "\n\n") + "\n"
  }
}

/// A part of the reference: blocks, separated by empty lines.
private struct MarkdownPart {
  var blocks: [String]

  static func head(_ outline: ProgramOutline) -> Self {
    let root = outline.root
    return Self(
      blocks: ["# \(root.name)"] + usage([root.name], root) + [root.summary.markdown]
        + root.discussion.markdownParagraphs + examples(root))
  }

  static func list(_ heading: String, _ items: [(term: String, text: String)]) -> Self {
    Self(blocks: ["## \(heading)", bullets(items)])
  }

  static func command(_ command: CommandOutline, at path: [String]) -> Self {
    let options = command.options.visible.grouped(by: \.group, common: "Options")
    return Self(
      blocks: ["## \(path.joined(separator: " "))"] + usage(path, command) + [command.summary.markdown]
        + command.discussion.markdownParagraphs + examples(command)
        + titled("Operands", command.operands.map { ($0.name.code, $0.explanation.markdown) })
        + options.flatMap { titled($0.heading, $0.elements.map(\.markdownItem)) })
  }

  static func section(_ section: ReferenceSection) -> Self {
    let entries = section.entries.map { (term: $0.term.code, text: $0.meaning.markdown) }
    return Self(
      blocks: ["## \(section.title)"] + section.text.markdownParagraphs + (entries.isEmpty ? [] : [bullets(entries)]))
  }

  private static func usage(_ path: [String], _ command: CommandOutline) -> [String] {
    [(path + command.synopsis).joined(separator: " ").codeBlock]
  }

  private static func examples(_ command: CommandOutline) -> [String] {
    command.examples.flatMap { [$0.meaning.markdown, $0.line.shellBlock] }
  }

  private static func titled(_ title: String, _ items: [(term: String, text: String)]) -> [String] {
    items.isEmpty ? [] : ["\(title):", bullets(items)]
  }

  private static func bullets(_ items: [(term: String, text: String)]) -> String {
    items.map { "- \($0.term): \($0.text)" }.joined(separator: "\n")
  }
}

extension OptionSpec {
  fileprivate var markdownItem: (term: String, text: String) {
    ("\(shortName.map { "\($0), " } ?? "")\(longLabel)".code, explanation.markdown)
  }
}

extension [String] {
  /// A command as a link to its heading.
  fileprivate var link: String { "[\(joined(separator: " "))](#\(joined(separator: "-")))" }
}

extension String {
  /// As plain text: nothing in it is markup.
  fileprivate var markdown: String {
    reduce(into: "") { $0 += "\\`*<[&".contains($1) ? "\\\($1)" : String($1) }
  }

  fileprivate var code: String { contains("`") ? "`` \(self) ``" : "`\(self)`" }

  fileprivate var codeBlock: String { indentedLines(by: 4) }

  /// As a block of shell code, with a fence longer than any in it.
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
