import TextFormats

extension String {
  /// Wraps the text at spaces into lines of at most `width` columns. What users may copy, which is quoted text and
  /// commands, is never broken.
  package func brokenAtWords(width: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.utf8.count <= width ? String($0) : $0.unbreakablePieces.filled(width: width) }
      .joined(separator: "\n")
  }
}

extension Substring {
  /// The pieces between the spaces where the line may be broken.
  fileprivate var unbreakablePieces: [String] {
    var rest = split(separator: " ", omittingEmptySubsequences: false)[...]
    var pieces: [String] = []
    while let word = rest.first {
      let count = word.lengthOfWhole(in: rest)
      pieces.append(rest.prefix(count).joined(separator: " "))
      rest = rest.dropFirst(count)
    }
    return pieces
  }

  /// The number of words that belong together, starting with this one.
  private func lengthOfWhole(in words: ArraySlice<Substring>) -> Int {
    let start = drop { $0 == "(" }
    // A command without quotes extends to the end of the clause.
    if start == "sms" { return words.length { $0.last == ";" || $0.last == "," } ?? words.count }
    guard start.first == "'" else { return 1 }
    return start.dropFirst().endsQuote ? 1 : words.dropFirst().length(\.endsQuote).map { $0 + 1 } ?? 1
  }

  /// Whether it ends with a closing quote, possibly followed by punctuation.
  private var endsQuote: Bool {
    let punctuation: Set<Character> = [",", ";", ":", ".", "?", "!", ")"]
    var text = self
    while let last = text.last, punctuation.contains(last) { text.removeLast() }
    return text.last == "'"
  }
}

extension ArraySlice<Substring> {
  /// The number of elements up to and including the first match; nil if there is none.
  fileprivate func length(_ isLast: (Substring) -> Bool) -> Int? {
    firstIndex(where: isLast).map { $0 - startIndex + 1 }
  }
}

extension [String] {
  fileprivate func filled(width: Int) -> String {
    var (text, column) = (self[0], self[0].displayWidth)
    for piece in dropFirst() {
      let next = column + 1 + piece.displayWidth
      let fits = next <= width
      text += (fits ? " " : "\n") + piece
      column = fits ? next : piece.displayWidth
    }
    return text
  }
}
