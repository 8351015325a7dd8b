import TextFormats

/// The command line of `sendmail`, whose single letters have other meanings than in this program.
enum SendmailArguments {
  /// Letters that have no effect here.
  private static let ignored: Set<Unicode.Scalar> = ["i", "m", "G", "U", "E"]
  /// Letters without effect that take a value, either attached or as the next argument.
  private static let ignoredWithValue: Set<Unicode.Scalar> = [
    "f", "r", "F", "B", "N", "R", "V", "O", "o", "e", "L", "X", "C", "A", "d",
  ]

  /// Removes ignored letters from the arguments after `sms sendmail`. Keeps long options, `-t`, and this program's
  /// letters.
  static func withoutIgnored(_ arguments: [String]) -> [String] {
    without(ignored, ignoredWithValue, arguments)
  }

  /// Removes ignored letters from the arguments after `sendmail`, where `-n` (no aliases) isn't a dry run, and `-h`
  /// (hop count) isn't a request for help.
  static func ofMailer(_ arguments: [String]) -> [String] {
    without(ignored.union(["n"]), ignoredWithValue.union(["h"]), arguments)
  }

  private static func without(
    _ ignored: Set<Unicode.Scalar>, _ ignoredWithValue: Set<Unicode.Scalar>, _ arguments: [String]
  ) -> [String] {
    var kept: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" { return kept + [argument] + rest }
      guard argument.hasPrefix("-"), !argument.hasPrefix("--"), argument != "-" else {
        kept.append(argument)
        continue
      }
      let letters = letters(argument.unicodeScalars.dropFirst(), &rest, ignored, ignoredWithValue)
      if !letters.isEmpty { kept.append("-\(letters)") }
    }
    return kept
  }

  /// The letters of a bundle that aren't ignored; takes the next argument if it is the value of the last one.
  private static func letters(
    _ letters: Substring.UnicodeScalarView, _ rest: inout ArraySlice<String>, _ ignored: Set<Unicode.Scalar>,
    _ ignoredWithValue: Set<Unicode.Scalar>
  ) -> String {
    var kept = String.UnicodeScalarView()
    var letters = letters
    while let letter = letters.popFirst() {
      if ignoredWithValue.contains(letter) {
        if letters.isEmpty { _ = rest.popFirst() }
        return String(kept)
      }
      // `-bm` means to deliver the mail, which is what happens anyway.
      if letter == "b", letters.elementsEqual(["m"]) { return String(kept) }
      if !ignored.contains(letter) { kept.append(letter) }
      if letter == "p" || letter == "c" || letter == "b" {
        kept.append(contentsOf: letters)
        break
      }
    }
    return String(kept)
  }
}
