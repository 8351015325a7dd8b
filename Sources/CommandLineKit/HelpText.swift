import TextFormats

// The texts that help, man pages, and the reference share.

extension OptionSpec {
  /// `-p, --profile NAME`, indented if there is no short name.
  var label: String {
    "\(shortName.map { "\($0), " } ?? "    ")\(longLabel)"
  }

  /// `--profile NAME`
  var longLabel: String {
    guard let value else { return longName }
    return "\(longName) \(value.placeholder)"
  }

  /// What it does, followed by notes such as its default.
  var explanation: String { wrappedExplanation.withPlainSpaces }

  /// The explanation, with no-break spaces where a line must not be broken.
  var wrappedExplanation: String { help.adding(notes) }

  private var notes: [String] {
    [
      isRequired ? "required" : nil,
      isRepeated ? "repeatable" : nil,
      value?.choicesNote,
      `default`.map { "default:\u{A0}\($0)" },
      variable.map { "env:\u{A0}\($0)" },
    ].compactMap { $0 }
  }
}

extension OperandSpec {
  /// `TO`, `[MESSAGE]`, `ID...`, or `[ID...]`
  var label: String {
    let words = isRepeated ? "\(name)..." : name
    return isRequired ? words : "[\(words)]"
  }

  /// What it is, followed by the words that are valid.
  var explanation: String { help.adding(value.completion.choicesNote.map { [$0] } ?? []) }
}

extension ValueSpec {
  /// The valid words, unless the placeholder already shows them.
  fileprivate var choicesNote: String? {
    guard case .choices(let words) = completion, !words.allSatisfy(placeholder.contains) else { return nil }
    return completion.choicesNote
  }
}

extension Completion {
  fileprivate var choicesNote: String? {
    guard case .choices(let words) = self else { return nil }
    return "one of: \(words.joined(separator: ", "))"
  }
}

extension String {
  fileprivate func adding(_ notes: [String]) -> String {
    notes.isEmpty ? self : "\(self) (\(notes.joined(separator: "; ")))"
  }
}

extension CommandOutline {
  /// What follows its name in the usage line.
  var synopsis: [String] {
    let required = options.visible.filter(\.isRequired).map(\.longLabel)
    return ["[OPTIONS]"] + required + (isGroup ? ["COMMAND"] : operands.map(\.label))
  }
}

extension Sequence {
  /// The elements by heading, in the order in which the headings appear.
  func grouped(by heading: (Element) -> String?, common: String) -> [(heading: String, elements: [Element])] {
    var groups: [(heading: String, elements: [Element])] = []
    for element in self {
      let name = heading(element) ?? common
      if let index = groups.firstIndex(where: { $0.heading == name }) {
        groups[index].elements.append(element)
      } else {
        groups.append((name, [element]))
      }
    }
    return groups
  }
}

// Widths are counted in characters, which is enough for our own help texts.

extension String {
  /// Words filled into lines of at most `width` columns; a word longer than a line is split. Lines aren't broken at
  /// no-break spaces, which become ordinary ones.
  func wrapped(to width: Int) -> [String] {
    split(separator: " ").map(String.init).filled(to: width).map(\.withPlainSpaces)
  }

  /// No-break spaces replaced by ordinary ones.
  var withPlainSpaces: String { replacing("\u{A0}", with: " ") }

  /// Wrapped paragraphs, separated by empty lines; one that starts with a space keeps its line breaks.
  func wrappedParagraphs(to width: Int) -> [String] {
    let paragraphs = self.paragraphs.map { paragraph in
      paragraph.isPreformatted
        ? paragraph.lines.flatMap { $0.cut(to: width) } : paragraph.lines.joined(separator: " ").wrapped(to: width)
    }
    return Array(paragraphs.joined(separator: [""]))
  }
}

/// A part of a discussion.
struct Paragraph {
  var lines: [Substring]

  /// Whether its line breaks are kept: it starts with a space.
  var isPreformatted: Bool { lines.first?.first == " " }
}

extension String {
  /// The parts of a discussion, separated by empty lines.
  var paragraphs: [Paragraph] {
    split(separator: "\n", omittingEmptySubsequences: false)
      .split(whereSeparator: \.isEmpty)
      .map { Paragraph(lines: Array($0)) }
  }
}

extension [String] {
  /// Elements joined by spaces into lines of at most `width` columns; an element longer than a line is split.
  func filled(to width: Int) -> [String] {
    var lines: [String] = []
    for piece in flatMap({ $0.cut(to: width) }) {
      if let last = lines.last, last.count + 1 + piece.count <= width {
        lines[lines.count - 1] = "\(last) \(piece)"
      } else {
        lines.append(piece)
      }
    }
    return lines
  }
}

extension StringProtocol {
  /// Pieces of at most `width` characters.
  func cut(to width: Int) -> [String] {
    var pieces: [String] = []
    var rest = self[...]
    while rest.count > width {
      pieces.append(String(rest.prefix(width)))
      rest = rest.dropFirst(width)
    }
    return pieces + [String(rest)]
  }

  func indented(by columns: Int) -> String {
    isEmpty ? "" : String(repeating: " ", count: columns) + self
  }
}

extension String {
  func indentedLines(by columns: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).map { $0.indented(by: columns) }.joined(separator: "\n")
  }
}
