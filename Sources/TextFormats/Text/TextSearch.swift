// Searches in texts, by bytes. The standard library's functions with these names also support regular expressions,
// and calling any of them adds 1.25 MB to the program. `Package.swift` keeps them out, so a file that searches in
// texts must import this module.

extension Collection where Element: Equatable {
  /// The range of the first occurrence of the other elements; an empty range at the start if there are none.
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

  /// The ranges of all occurrences, from left to right without overlaps.
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
  /// Whether this text contains the other one; true if that is empty.
  package func contains(_ other: String) -> Bool { firstRange(of: other) != nil }

  /// The range of the first occurrence of the other text; an empty range at the start if that is empty.
  package func firstRange(of other: String) -> Range<Index>? { utf8.firstRange(of: other.utf8) }

  /// The ranges of all occurrences of the other text, from left to right without overlaps.
  package func ranges(of other: String) -> [Range<Index>] { utf8.ranges(of: other.utf8) }
}

extension String {
  /// The text with each occurrence of the old one replaced by the new one.
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
