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
