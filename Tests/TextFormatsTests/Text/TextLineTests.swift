import Testing

@testable import TextFormats

@Suite struct TextLineTests {
  @Test(
    arguments: [
      (1, "é = 1"), (2, ""), (3, "c"), (4, ""), (5, ""), (0, ""),
    ])
  func isShownWithoutItsEnd(number: Int, line: String) {
    let text = Array("\u{FEFF}é = 1\r\n\nc\n".utf8)
    #expect(String(decoding: text.line(at: TextPosition(line: number)), as: UTF8.self) == line)
  }

  @Test func columnsCountScalars() {
    #expect(TextPosition().advanced(over: "a\n\té😀e\u{301}".utf8) == TextPosition(line: 2, column: 6))
  }

  @Test(
    arguments: [
      ([], nil), ([0x61, 0xC3, 0xA9], nil), ([0x61, 0xC3], 1), ([0xC3, 0xA9, 0xED, 0xA0, 0x80], 2), ([0xC0, 0x80], 0),
      ([0xF4, 0x8F, 0xBF, 0xBF, 0xF4, 0x90, 0x80, 0x80], 4),
    ] as [([UInt8], Int?)])
  func invalidUTF8IsFoundWhereItStarts(bytes: [UInt8], offset: Int?) {
    #expect(bytes.offsetOfInvalidUTF8() == offset)
  }
}
