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
