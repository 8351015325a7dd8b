import TextFormats

extension ProgramOutline {
  /// The man page of section 1, written in mdoc(7).
  ///
  /// - Parameter date: In mdoc's form: `January 31, 2027`.
  public func manPage(date: String) -> String {
    let page = ManPage(outline: self)
    let parts = [page.head(date: date), page.description, page.commands, page.options, page.sections, page.examples]
    return parts.joined().joined(separator: "\n") + "\n"
  }
}

/// The parts of the page, in lines.
private struct ManPage {
  let outline: ProgramOutline

  func head(date: String) -> [String] {
    [
      ".Dd \(date)", ".Dt \(outline.name.uppercased().roffWord) 1", ".Os",
      ".Sh NAME", ".Nm \(outline.name.roffWord)", ".Nd \(outline.root.summary.withoutPeriod.roffText)",
      ".Sh SYNOPSIS", ".Nm",
    ] + outline.root.synopsis.map(\.roffSynopsis)
  }

  var description: [String] {
    [".Sh DESCRIPTION"] + outline.root.text.roffParagraphs
  }

  var commands: [String] {
    [".Sh COMMANDS"] + outline.visibleCommands.filter { !$0.command.isGroup }.flatMap(subsection)
  }

  private func subsection(path: [String], command: CommandOutline) -> [String] {
    let name = path.dropFirst().joined(separator: " ")
    return [".Ss \(name.roffWords)", ".Nm", ".Cm \(name.roffWords)"] + command.synopsis.map(\.roffSynopsis)
      + [".Pp"] + command.text.roffParagraphs
      + list(command.operands.map { (".It Ar \($0.name.roffWord)", $0.explanation) })
      + list(command.options.visible.map { ($0.roffItem, $0.explanation) }) + examples(command)
  }

  var options: [String] {
    [".Sh OPTIONS", "These may stand before and after every command."]
      + list(outline.globals.visible.map { ($0.roffItem, $0.explanation) })
  }

  var sections: [String] {
    outline.sections.flatMap { section in
      [".Sh \(section.title.uppercased().roffWords)"] + section.text.roffParagraphs
        + list(section.entries.map { (".It \($0.term.roffWords)", $0.meaning) })
    }
  }

  var examples: [String] {
    outline.root.examples.isEmpty ? [] : [".Sh EXAMPLES"] + examples(outline.root).dropFirst()
  }

  private func examples(_ command: CommandOutline) -> [String] {
    command.examples.flatMap {
      [".Pp", $0.meaning.roffText, ".Bd -literal -offset indent", $0.line.roffText, ".Ed"]
    }
  }

  private func list(_ items: [(head: String, text: String)]) -> [String] {
    guard !items.isEmpty else { return [] }
    return [".Bl -tag -width Ds"] + items.flatMap { [$0.head] + $0.text.roffParagraphs } + [".El"]
  }
}

extension CommandOutline {
  fileprivate var text: String { "\(summary)\n\n\(discussion)" }
}

extension OptionSpec {
  fileprivate var roffItem: String {
    let short = short.map { "Fl \(String($0).roffWord) , " } ?? ""
    let value = value.map { " Ar \($0.placeholder.roffWord)" } ?? ""
    return ".It \(short)Fl \\-\(name.roffWord)\(value)"
  }
}

// Texts escaped for roff: nothing in them is a request, a macro or an escape.

extension String {
  /// As a line of text.
  var roffText: String {
    let line = unicodeScalars.reduce(into: "") { $0 += $1.roff }
    return line.first == "." || line.first == "'" ? "\\&" + line : line
  }

  /// As one argument of a macro.
  var roffWord: String {
    let word = looksLikeMacro ? "\\&\(roffText)" : roffText
    return word.contains(" ") ? "\"\(word)\"" : word
  }

  /// As arguments of a macro, one for each word.
  var roffWords: String { split(separator: " ").map { String($0).roffWord }.joined(separator: " ") }

  /// On their own, words such as `Ar` are macros, and signs such as `|` are punctuation.
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
      return (index > 0 ? [".Pp"] : []) + paragraph.lines.joined(separator: " ").sentences.map(\.roffText)
    }
  }

  var withoutPeriod: String { last == "." ? String(dropLast()) : self }

  /// Cut after each period, question mark or exclamation mark that a space follows.
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
