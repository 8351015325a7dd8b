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

/// The number of edits that turn one word into another: inserting, deleting or replacing a character, or swapping two
/// adjacent ones (optimal string alignment distance).
package func editDistance(_ left: some StringProtocol, _ right: some StringProtocol) -> Int {
  let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      let replaced = last[j] + (left[i] == right[j] ? 0 : 1)
      var best = min(replaced, last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        best = min(best, beforeLast[j - 1] + 1)
      }
      row.append(best)
    }
    (beforeLast, last) = (last, row)
  }
  return last[right.count]
}

/// The candidate most likely meant by a word: the nearest one within a few edits, otherwise one that starts with the
/// word. Case is ignored.
package func nearest(to word: String, among candidates: [String]) -> String? {
  // A longer word is not a misspelled name, and computing the distance takes time.
  guard word.utf8.count <= 64 else { return nil }
  let typed = word.lowercased()
  let near = candidates.map { (name: $0, distance: editDistance(typed, $0.lowercased())) }
    .filter { $0.distance <= max(1, $0.name.count / 3) && $0.distance < $0.name.count }
    .min { $0.distance < $1.distance }
  return near?.name ?? candidates.first { typed.count > 1 && $0.lowercased().hasPrefix(typed) }
}

/// A number with its noun, in the plural unless it is 1.
package func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

extension [String] {
  /// The standard library's version looks up types on the first call, which takes longer than reading a command line.
  package func joined(separator: String) -> String {
    var text = first ?? ""
    for word in dropFirst() {
      text += separator
      text += word
    }
    return text
  }
}

extension String {
  /// Without the final period of a sentence, for use inside another one.
  package var withoutFinalPeriod: String { hasSuffix(".") && !hasSuffix("..") ? String(dropLast()) : self }
}
