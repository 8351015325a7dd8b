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
