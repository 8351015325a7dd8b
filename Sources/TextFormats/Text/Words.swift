/// A number with its noun, in the plural where it is not 1.
package func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

extension [String] {
  /// The standard library's own looks up types when it is first called, which takes longer than to read a command line.
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
  /// Without the period that ends a sentence, to stand inside another one.
  package var withoutFinalPeriod: String { hasSuffix(".") && !hasSuffix("..") ? String(dropLast()) : self }
}
