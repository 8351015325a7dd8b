extension ProgramOutline {
  /// The man page of section 1, written in mdoc(7).
  ///
  /// - Parameter date: As mdoc wants it: `January 31, 2027`.
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
      ".Sh NAME", ".Nm \(outline.name.roffWord)", ".Nd \(outline.root.summary.withoutFullStop.roffText)",
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
