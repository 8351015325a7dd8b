// Widths are counted in characters: help texts are ours, and plain.

extension String {
  /// Words filled into lines of at most so many columns; a word that is longer than a line is cut. No line is broken at
  /// a no-break space, which becomes an ordinary one.
  func wrapped(to width: Int) -> [String] {
    split(separator: " ").map(String.init).filled(to: width).map(\.withPlainSpaces)
  }

  /// With ordinary spaces in the place of no-break ones.
  var withPlainSpaces: String { replacing("\u{A0}", with: " ") }

  /// Paragraphs, separated by empty lines, each wrapped; one that starts with a space keeps its lines as they are.
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

  /// Whether its lines are to be kept: it starts with a space.
  var isPreformatted: Bool { lines.first?.first == " " }
}

extension String {
  /// The parts of a discussion, which empty lines separate.
  var paragraphs: [Paragraph] {
    split(separator: "\n", omittingEmptySubsequences: false)
      .split(whereSeparator: \.isEmpty)
      .map { Paragraph(lines: Array($0)) }
  }
}

extension [String] {
  /// Elements joined by spaces into lines of at most so many columns; one that is longer than a line is cut.
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
  /// Pieces of at most so many characters.
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
