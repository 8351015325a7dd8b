import TextFormats

/// The command line of `sendmail`, in which single letters mean other things than in the rest of this program.
enum SendmailArguments {
  /// Letters that change nothing here.
  private static let ignored: Set<Unicode.Scalar> = ["i", "m", "G", "U", "E"]
  /// The same with a value, attached or next.
  private static let ignoredWithValue: Set<Unicode.Scalar> = [
    "f", "r", "F", "B", "N", "R", "V", "O", "o", "e", "L", "X", "C", "A", "d",
  ]

  /// What stands behind `sms sendmail`, without what is ignored. Long options, `-t` and this program's own letters stay.
  static func withoutIgnored(_ arguments: [String]) -> [String] {
    without(ignored, ignoredWithValue, arguments)
  }

  /// What stands behind `sendmail`: there, `-n` (no aliases) is no dry run, and `-h` (hops so far) doesn't ask for help.
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

  /// What is left of the letters behind a dash; takes the next argument where it is the value of the last one.
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
      // Delivering is what it does anyway.
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
