import TestSupport
import Testing

@testable import Messaging

@Suite struct GSMTextTests {
  private func replaced(_ text: String) -> (text: String, changes: GSMChanges) {
    var changes = GSMChanges()
    return (GSMText.replacing(text, noting: &changes), changes)
  }

  /// A tally as text, such as `2019 3, 2026 1`.
  private func words(_ tally: CharacterTally) -> String {
    tally.entries.map { "\(String($0.character.value, radix: 16, uppercase: true)) \($0.count)" }.joined(
      separator: ", ")
  }

  @Test(
    "Typographic characters become those of GSM-7, and it is told which, the most frequent first",
    arguments: [
      ("Don’t – “stop”…", "Don't - \"stop\"...", "2013 1, 2019 1, 201C 1, 201D 1, 2026 1", ""),
      ("‚a‘ ‹b› `c´ 5′", "'a' 'b' 'c' 5'", "60 1, B4 1, 2018 1, 201A 1, 2032 1, 2039 1, 203A 1", ""),
      ("«a» „b” 5″", "\"a\" \"b\" 5\"", "AB 1, BB 1, 201D 1, 201E 1, 2033 1", ""),
      ("‐‑‒–—―−", "-------", "2010 1, 2011 1, 2012 1, 2013 1, 2014 1, 2015 1, 2212 1", ""),
      ("a\u{A0}b\u{202F}c\u{A0}d\te", "a b c d e", "A0 2, 9 1, 202F 1", ""),
      ("a\u{AD}b\u{200B}c\u{FEFF}", "abc", "AD 1, 200B 1, FEFF 1", ""), ("a\u{2028}b", "a\nb", "2028 1", ""),
      ("• eﬃcient ﬂow", "* efficient flow", "2022 1, FB02 1, FB03 1", ""),
      ("l’été", "l'été", "2019 1", ""), ("l’être ’", "l'être '", "2019 2", "EA 1"),
      ("“👍🏽”", "\"👍🏽\"", "201C 1, 201D 1", "1F3FD 1, 1F44D 1"),
      ("’👨‍👩‍👧", "'👨‍👩‍👧", "2019 1", "200D 2, 1F467 1, 1F468 1, 1F469 1"),
      ("’e\u{301}", "'e\u{301}", "2019 1", "301 1"),
      ("50 %’ ç ™ ½ ©", "50 %' ç ™ ½ ©", "2019 1", "A9 1, BD 1, E7 1, 2122 1"),
    ])
  func replacing(text: String, expected: String, replacedCharacters: String, left: String) {
    let (made, changes) = replaced(text)
    #expect(Array(made.unicodeScalars) == Array(expected.unicodeScalars))
    #expect(words(changes.replaced) == replacedCharacters)
    #expect(words(changes.left) == left)
  }

  @Test(
    "A text in GSM-7 is left alone", arguments: ["Hello\r\n", "€ [~] ^ | \\ {}", "ÄÖÜ äöüß ñ Ω", "it's \"so\" - ..."])
  func alreadyGSM(text: String) {
    let (made, changes) = replaced(text)
    #expect(made == text && changes == GSMChanges())
  }

  @Test("Where it would take more segments, an ellipsis stays, and what is no longer than before is still replaced")
  func dearer() {
    let dots = String(repeating: "…", count: 69)
    let (made, changes) = replaced(dots + "’")
    #expect(made == dots + "'")
    #expect(words(changes.replaced) == "2019 1")
    #expect(words(changes.left) == "2026 69")
  }

  @Test("Whatever the text, it takes no more segments than before, and the rest of it is the same")
  func neverDearer() {
    let random = SeededRandom(5)
    let pool: [Unicode.Scalar] =
      GSMSubstitutes.table.map(\.0) + Array("…………ﬃﬃabc€€€€€{}[]^|~ê👋Ж".unicodeScalars)
    for _ in 0..<3000 {
      let kinds = (0...random.below(4)).map { _ in pool[random.below(pool.count)] }
      var text = String.UnicodeScalarView()
      for _ in 0...random.below(320) { text.append(kinds[random.below(kinds.count)]) }
      let (made, changes) = replaced(String(text))
      #expect(Segmentation(of: made).segments <= Segmentation(of: String(text)).segments, "\(String(text))")
      let kept = text.filter { GSMText.substitute(for: $0) == nil }
      #expect(String(kept).isSubsequence(of: made))
      #expect(changes.left.isEmpty == (Segmentation(of: made).encoding == .gsm7))
    }
  }

  @Test("What stands for a character is in GSM-7, and the character is not; no letter is among them")
  func table() {
    #expect(Set(GSMSubstitutes.table.map(\.0)).count == GSMSubstitutes.table.count)
    for (character, substitute) in GSMSubstitutes.table {
      #expect(GSM0338.septets(for: character) == nil, "\(character)")
      #expect(substitute.unicodeScalars.allSatisfy { GSM0338.septets(for: $0) == 1 }, "\(character)")
      let isLigature = character.properties.name?.contains("LIGATURE") ?? false
      let isApostrophe = character == "\u{2BC}"
      #expect(!character.properties.isAlphabetic || isLigature || isApostrophe, "\(character)")
    }
  }

  @Test("The page about cost shows the whole table")
  func documented() throws {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
    let page = String(decoding: try FileWalk.bytes(of: "\(root)/docs/cost.md"), as: UTF8.self)
    let named = ["a space": " ", "a line break": "\n", "nothing": ""]
    var shown: [Unicode.Scalar: String] = [:]
    for line in page.split(separator: "\n") where line.contains("U+") && line.hasPrefix("| ") {
      let cells = line.split(separator: "|").map { $0.drop { $0 == " " } }
      let words = String(cells[0].reversed().drop { $0 == " " }.reversed())
      let substitute = named[words] ?? String(words.dropFirst().dropLast())
      for part in cells[1].split(whereSeparator: { " ,".contains($0) }) where part.hasPrefix("U+") {
        let scalar = try #require(UInt32(part.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init))
        shown[scalar] = substitute
      }
    }
    #expect(shown == Dictionary(uniqueKeysWithValues: GSMSubstitutes.table))
  }
}

extension String {
  /// Whether all its characters are in another text, in their order.
  fileprivate func isSubsequence(of other: String) -> Bool {
    var rest = other.unicodeScalars[...]
    return unicodeScalars.allSatisfy { scalar in
      guard let place = rest.firstIndex(of: scalar) else { return false }
      rest = rest[rest.index(after: place)...]
      return true
    }
  }
}
