import Testing
import TextFormats

/// What the standard library's functions of the same names would find, at a thirtieth of their size.
@Suite("Search in texts")
struct TextSearchTests {
  private static let cases: [(text: String, wanted: String, replaced: String, count: Int)] = [
    ("", "a", "", 0), ("a", "a", "-", 1), ("a", "ab", "a", 0), ("banana", "an", "b--a", 2), ("aaa", "aa", "-a", 1),
    ("aab", "ab", "a-", 1), ("tel:+1", "tel:", "-+1", 1), ("é,é", "é", "-,-", 2), ("👋🏽👋", "👋", "-🏽-", 2),
    ("a\r\nb", "\n", "a\r-b", 1), ("{{{{", "{{", "--", 2), ("abcabd", "abd", "abc-", 1), ("x", "", "x", 0),
  ]

  @Test("A text is found, counted and replaced", arguments: cases)
  func search(_ text: String, _ wanted: String, _ replaced: String, _ count: Int) {
    #expect(text.ranges(of: wanted).count == count)
    #expect(text.replacing(wanted, with: "-") == replaced)
    #expect(text.contains(wanted) == (count > 0 || wanted.isEmpty))
    #expect(text.firstRange(of: wanted).map { String(text[$0]) } == (count > 0 || wanted.isEmpty ? wanted : nil))
  }

  @Test("What is found in a part has its place in the whole")
  func part() throws {
    let text = "a=1;b=2"
    let range = try #require(text.dropFirst(4).firstRange(of: "="))
    #expect(text[range.upperBound...] == "2")
    #expect(text.dropFirst(4).replacing("=", with: ": ") == "b: 2")
    let scalars = try #require(text.unicodeScalars.firstRange(of: ";b".unicodeScalars))
    #expect(text[..<scalars.lowerBound] == "a=1")
  }
}
