import Testing

@testable import TextFormats

@Suite struct UTF8Tests {
  @Test(arguments: [
    ([0x61, 0xff], 1), ([0x61, 0x62, 0xc3], 2), ([0xc3, 0xa4, 0xed, 0xa0, 0x80], 2), ([0xc0, 0xaf], 0),
    ([0xf4, 0x90, 0x80, 0x80], 0), ([0xe2, 0x82, 0xac, 0xe2, 0x82], 3),
  ])
  func theFirstByteThatIsNotUTF8IsNamed(bytes: [UInt8], offset: Int) {
    #expect(throws: InvalidUTF8(offset: offset)) { try String(utf8: bytes) }
  }

  @Test func textIsNeverNormalized() throws {
    let decomposed: [UInt8] = [0x65, 0xcc, 0x81, 0x00, 0x0d, 0x0a]
    #expect(try Array(String(utf8: decomposed).utf8) == decomposed)
  }
}
