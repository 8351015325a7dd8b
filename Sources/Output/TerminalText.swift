import TextFormats

extension String {
  /// The text with lines of at most that many columns, broken at spaces only. What is to be copied whole, which is what
  /// stands in quotes or is a command, is not broken, however long it is.
  package func brokenAtWords(width: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.utf8.count <= width ? String($0) : $0.unbreakablePieces.filled(width: width) }
      .joined(separator: "\n")
  }
}

extension Substring {
  /// What stands between the spaces at which the line may be broken.
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

  /// How many of the words, of which this is the first, belong together.
  private func lengthOfWhole(in words: ArraySlice<Substring>) -> Int {
    let start = drop { $0 == "(" }
    // A command without quotes around it goes on to the end of the clause.
    if start == "sms" { return words.length { $0.last == ";" || $0.last == "," } ?? words.count }
    guard start.first == "'" else { return 1 }
    return start.dropFirst().endsQuote ? 1 : words.dropFirst().length(\.endsQuote).map { $0 + 1 } ?? 1
  }

  /// Whether the last quote mark is the end of what is quoted.
  private var endsQuote: Bool {
    let punctuation: Set<Character> = [",", ";", ":", ".", "?", "!", ")"]
    var text = self
    while let last = text.last, punctuation.contains(last) { text.removeLast() }
    return text.last == "'"
  }
}

extension ArraySlice<Substring> {
  /// How many there are up to and with the first of that kind; nil where there is none.
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
