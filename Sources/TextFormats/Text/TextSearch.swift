// What is looked for in texts, by their bytes. The standard library's functions of these names are written for regular
// expressions as well, whose 1.25 MB come into the program with the first one that is called: `Package.swift` keeps them
// out, so a file that looks for text imports this module.

extension Collection where Element: Equatable {
  /// Where the other elements are found first, one after another; the start for none.
  package func firstRange(of other: some Collection<Element>) -> Range<Index>? {
    guard let first = other.first else { return startIndex..<startIndex }
    var rest = self[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if let end = rest.end(ofPrefix: other) { return start..<end }
      rest = rest.dropFirst()
    }
    return nil
  }

  /// Where they are found, from left to right without overlaps.
  package func ranges(of other: some Collection<Element>) -> [Range<Index>] {
    var found: [Range<Index>] = []
    var rest = self[...]
    while !other.isEmpty, let range = rest.firstRange(of: other) {
      found.append(range)
      rest = self[range.upperBound...]
    }
    return found
  }

  private func end(ofPrefix other: some Collection<Element>) -> Index? {
    var end = startIndex
    for element in other {
      guard end != endIndex, self[end] == element else { return nil }
      formIndex(after: &end)
    }
    return end
  }
}

extension StringProtocol {
  /// Whether the other text is in this one, or empty.
  package func contains(_ other: String) -> Bool { firstRange(of: other) != nil }

  /// Where the other text is found first; the start for an empty one.
  package func firstRange(of other: String) -> Range<Index>? { utf8.firstRange(of: other.utf8) }

  /// Where the other text is found, from left to right without overlaps.
  package func ranges(of other: String) -> [Range<Index>] { utf8.ranges(of: other.utf8) }
}

extension String {
  /// The text with the new one in each place of the old one.
  package func replacing(_ old: String, with new: String) -> String {
    var text = ""
    var rest = startIndex
    for range in ranges(of: old) {
      text += self[rest..<range.lowerBound]
      text += new
      rest = range.upperBound
    }
    return text + self[rest...]
  }
}
