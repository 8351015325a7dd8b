import Testing

@testable import TextFormats

@Suite struct UTF8Tests {
  @Test(arguments: [
    ([0x61, 0xff], 1), ([0x61, 0x62, 0xc3], 2), ([0xc3, 0xa4, 0xed, 0xa0, 0x80], 2), ([0xc0, 0xaf], 0),
    ([0xf4, 0x90, 0x80, 0x80], 0), ([0xe2, 0x82, 0xac, 0xe2, 0x82], 3),
  ])
  func theFirstByteThatIsNotUTF8IsNamed(bytes: [UInt8], offset: Int) {
    #expect(String(utf8: bytes) == nil && bytes.offsetOfInvalidUTF8() == offset)
  }

  @Test("a byte that is not UTF-8 is found wherever it stands", arguments: 0...20)
  func everywhere(place: Int) {
    var bytes = [UInt8](repeating: 0x61, count: 21)
    #expect(String(utf8: bytes) == String(repeating: "a", count: 21))
    bytes[place] = 0xff
    #expect(String(utf8: bytes) == nil && bytes.offsetOfInvalidUTF8() == place)
  }

  @Test func textIsNeverNormalized() {
    let decomposed: [UInt8] = [0x65, 0xcc, 0x81, 0x00, 0x0d, 0x0a]
    #expect(String(utf8: decomposed).map { Array($0.utf8) } == decomposed)
  }
}
