import Messaging
import Testing
import TextFormats

@Suite struct UCS2CauseTests {
  @Test(
    "It is told which characters force UCS-2, and what the text takes without them",
    arguments: [
      (String(repeating: "a", count: 100) + "’’ê", [("’", 2), ("ê", 1)], 1),
      (String(repeating: "a", count: 160) + "ж", [("ж", 1)], 1),
      (String(repeating: "a", count: 161) + "ж", [("ж", 1)], 2),
      (String(repeating: "€", count: 81) + "👋", [("👋", 1)], 2), ("👋 👋", [("👋", 2)], 0),
      ("e\u{301}", [("\u{301}", 1)], 1),
    ] as [(String, [(Unicode.Scalar, Int)], Int)])
  func cause(text: String, characters: [(Unicode.Scalar, Int)], segments: Int) {
    let cause = UCS2Cause(of: text)
    #expect(cause.characters.entries.map(\.character) == characters.map(\.0))
    #expect(cause.characters.entries.map(\.count) == characters.map(\.1))
    #expect(cause.segmentsWithout == segments)
  }

  @Test("However many different characters there are, the most of them are counted, and the rest known to be there")
  func bounded() {
    let all = (0x4E00..<0x4E00 + 20_000).compactMap(Unicode.Scalar.init)
    let cause = UCS2Cause(of: String(String.UnicodeScalarView(all + all)))
    #expect(cause.characters.entries.count == 1 << 14)
    #expect(cause.characters.entries.allSatisfy { $0.count == 2 })
    #expect(cause.characters.hasMore)
    #expect(!UCS2Cause(of: "ж").characters.hasMore)
  }

  @Test("A text is too long from the first segment too many", arguments: [("a", 160, 1), ("a", 306, 2), ("ж", 134, 2)])
  func excess(character: String, longest: Int, limit: Int) {
    #expect(SegmentExcess(of: String(repeating: character, count: longest), limit: limit) == nil)
    let excess = SegmentExcess(of: String(repeating: character, count: longest + 1), limit: limit)
    #expect(excess?.segmentation.segments == limit + 1)
    #expect((excess?.cause != nil) == (character == "ж"))
  }
}
