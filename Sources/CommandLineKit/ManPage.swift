import TextFormats

extension ProgramOutline {
  /// A man page of section 1, in mdoc(7). The program's own page is short and lists the commands; each command has
  /// its own page, such as `sms-send(1)`.
  ///
  /// - Parameters:
  ///   - path: The command, starting with the program's name.
  ///   - date: In mdoc's format: `January 31, 2027`.
  ///   - version: The text at the bottom of the page, after the program's name.
  /// - Returns: Nil if there is no such command.
  public func manPage(for path: [String], date: String, version: String) -> String? {
    guard let command = command(at: path) else { return nil }
    let page = ManPage(outline: self, path: path, command: command)
    return page.parts(date: date, version: version).joined().joined(separator: "\n") + "\n"
  }
}

/// The parts of a page, in lines.
private struct ManPage {
  let outline: ProgramOutline
  let path: [String]
  let command: CommandOutline

  private var isProgram: Bool { path.count == 1 }

  func parts(date: String, version: String) -> [[String]] {
    let shared = isProgram ? [globalOptions] : [operands, options]
    let pages = sections + (isProgram ? [] : [exitStatus]) + [examples, seeAlso]
    return [head(date: date, version: version), description, commands] + shared + pages
  }

  private func head(date: String, version: String) -> [String] {
    let title = path.joined(separator: "-")
    return [
      ".Dd \(date)", ".Dt \(title.uppercased().roffWord) 1",
      ".Os \(outline.root.name.roffWord) \(version.roffWord)",
      ".Sh NAME", ".Nm \(title.roffWord)", ".Nd \(command.summary.withoutPeriod.roffText)",
      ".Sh SYNOPSIS", ".Nm \(path.joined(separator: " ").roffWord)",
    ] + command.synopsis.map(\.roffSynopsis)
  }

  private var description: [String] {
    [".Sh DESCRIPTION"] + "\(command.summary)\n\n\(command.discussion)".roffParagraphs
  }

  private var commands: [String] {
    guard command.isGroup else { return [] }
    return [".Sh COMMANDS"]
      + command.visibleSubcommands.grouped(by: \.group, common: "Commands").flatMap { heading, commands in
        (isProgram ? [".Ss \(heading.roffWords)"] : [])
          + list(commands.map { (".It \(reference(path + [$0.name]))", $0.summary) })
      }
  }

  private var operands: [String] {
    guard !command.operands.isEmpty else { return [] }
    return [".Sh ARGUMENTS"] + list(command.operands.map { (".It Ar \($0.name.roffWord)", $0.explanation) })
  }

  private var options: [String] {
    let groups = command.options.visible.grouped(by: \.group, common: "")
    return [".Sh OPTIONS"]
      + groups.flatMap { heading, options in
        (heading.isEmpty ? [] : [".Ss \(heading.roffWords)"]) + list(options.map { ($0.roffItem, $0.explanation) })
      } + ["The global options are described in", ".\(reference([outline.name])) ."]
  }

  private var globalOptions: [String] {
    [".Sh OPTIONS", "These can stand before or after any command."]
      + list(outline.globals.visible.map { ($0.roffItem, $0.explanation) })
  }

  private var sections: [[String]] {
    outline.sections.filter { ($0.page ?? [outline.name]) == path }.map { section in
      [".Sh \(section.title.uppercased().roffWords)"] + section.text.roffParagraphs
        + list(section.entries.map { (".It \($0.term.roffWords)", $0.meaning) })
    }
  }

  private var exitStatus: [String] {
    [".Sh EXIT STATUS", "The codes are those of", ".\(reference([outline.name])) ."]
  }

  private var examples: [String] {
    guard !command.examples.isEmpty else { return [] }
    let examples = command.examples.flatMap {
      [".Pp", $0.meaning.roffText, ".Bd -literal -offset indent", $0.line.roffText, ".Ed"]
    }
    return [".Sh EXAMPLES"] + examples.dropFirst()
  }

  /// The pages above and below this one, and its siblings.
  private var seeAlso: [String] {
    let parent = Array(path.dropLast())
    let siblings =
      path.count > 2 ? (outline.command(at: parent)?.visibleSubcommands ?? []).map { parent + [$0.name] } : []
    let below = command.visibleSubcommands.map { path + [$0.name] }
    let ancestors = (1..<path.count).map { Array(path.prefix($0)) }
    let pages = (ancestors + siblings.filter { $0 != path } + below).map(reference).sorted()
    guard !pages.isEmpty else { return [] }
    return [".Sh SEE ALSO"] + pages.dropLast().map { ".\($0) ," } + [".\(pages[pages.count - 1])"]
  }

  /// Not `Xr`, because mandoc's linter looks for such pages among the installed ones.
  private func reference(_ path: [String]) -> String { "Sy \(path.joined(separator: "-").roffWord) Ns (1)" }

  private func list(_ items: [(head: String, text: String)]) -> [String] {
    guard !items.isEmpty else { return [] }
    return [".Bl -tag -width Ds"] + items.flatMap { [$0.head] + $0.text.roffParagraphs } + [".El"]
  }
}

extension OptionSpec {
  fileprivate var roffItem: String {
    let short = short.map { "Fl \(String($0).roffWord) , " } ?? ""
    let value = value.map { " Ar \($0.placeholder.roffWord)" } ?? ""
    return ".It \(short)Fl \\-\(name.roffWord)\(value)"
  }
}

// Escapes texts for roff, so that nothing in them is a request, macro, or escape.

extension String {
  /// Escaped as a line of text.
  var roffText: String {
    let line = unicodeScalars.reduce(into: "") { $0 += $1.roff }
    return line.first == "." || line.first == "'" ? "\\&" + line : line
  }

  /// Lines of at most 80 bytes, unless escapes make a line of 60 characters longer than that.
  private var roffLines: [String] {
    guard roffText.utf8.count > 80 else { return [roffText] }
    return wrapped(to: count / 2).map(\.roffText)
  }

  /// Escaped as one argument of a macro.
  var roffWord: String {
    let word = looksLikeMacro ? "\\&\(roffText)" : roffText
    return word.contains(" ") ? "\"\(word)\"" : word
  }

  /// Escaped as arguments of a macro, one for each word.
  var roffWords: String { split(separator: " ").map { String($0).roffWord }.joined(separator: " ") }

  /// Whether it would be read as a macro (`Ar`) or as punctuation (`|`).
  private var looksLikeMacro: Bool {
    guard let first = unicodeScalars.first, unicodeScalars.count <= 3 else { return false }
    return !("a"..."z").contains(first) && !("0"..."9").contains(first)
  }

  /// An element of a command's synopsis as a macro line: `[NAME]` is optional, `--option VALUE` an option.
  var roffSynopsis: String {
    if hasPrefix("["), hasSuffix("]") { return ".Op Ar \(String(dropFirst().dropLast()).roffWord)" }
    guard hasPrefix("--") else { return ".Ar \(roffWord)" }
    let parts = split(separator: " ", maxSplits: 1).map(String.init)
    return ".Fl \\-\(String(parts[0].dropFirst(2)).roffWord)" + parts.dropFirst().map { " Ar \($0.roffWord)" }.joined()
  }

  /// Paragraphs, with each sentence on its own line, as is usual in roff.
  var roffParagraphs: [String] {
    paragraphs.enumerated().flatMap { index, paragraph in
      guard !paragraph.isPreformatted else {
        return [".Bd -literal"] + paragraph.lines.map { String($0).roffText } + [".Ed"]
      }
      let sentences = paragraph.lines.joined(separator: " ").sentences
      return (index > 0 ? [".Pp"] : []) + sentences.flatMap { $0.wrapped(to: 60) }.flatMap(\.roffLines)
    }
  }

  var withoutPeriod: String { last == "." ? String(dropLast()) : self }

  /// The sentences, split after each period, question mark, or exclamation mark that is followed by a space.
  private var sentences: [String] {
    var sentences: [String] = []
    for word in split(separator: " ") {
      if let last = sentences.last, let end = last.last, !".?!".contains(end) {
        sentences[sentences.count - 1] = "\(last) \(word)"
      } else {
        sentences.append(String(word))
      }
    }
    return sentences
  }
}

extension Unicode.Scalar {
  fileprivate var roff: String {
    switch self {
    case "\\": "\\e"
    case "-": "\\-"
    case "\"": "\\(dq"
    case "'": "\\(aq"
    case "`": "\\(ga"
    case "^": "\\(ha"
    case "~": "\\(ti"
    default: isASCII ? String(self) : "\\[u\(hexadecimal)]"
    }
  }

  private var hexadecimal: String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
