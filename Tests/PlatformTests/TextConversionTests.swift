import Platform
import Testing
import TextFormats

@Suite struct TextConversionTests {
  @Test("Text of other encodings becomes UTF-8, in pieces of any size", arguments: [1, 2, 3, 100])
  func converts(size: Int) throws {
    for (encoding, bytes) in [
      ("windows-1252", [0x5A, 0x6F, 0xEB, 0x20, 0x80]), ("UTF-16LE", [0x5A, 0, 0x6F, 0, 0xEB, 0, 0x20, 0, 0xAC, 0x20]),
    ] as [(String, [UInt8])] {
      let conversion = try #require(TextConversion(from: encoding))
      var text: [UInt8] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        text += try #require(conversion.convert(Array(bytes.dropFirst(start).prefix(size))))
      }
      #expect(conversion.isWhole)
      #expect(String(decoding: text, as: UTF8.self) == "Zoë €", "\(encoding)")
    }
  }

  @Test("What is no text of the encoding is found, with its place")
  func invalid() throws {
    let ascii = try #require(TextConversion(from: "ASCII"))
    _ = ascii.convert([0x61])
    #expect(ascii.convert([0x62, 0xEB]) == nil && ascii.offset == 2)
    let wide = try #require(TextConversion(from: "UTF-16LE"))
    _ = wide.convert([0x61, 0, 0x62])
    #expect(!wide.isWhole && wide.offset == 2)
    #expect(TextConversion(from: "no-such-encoding") == nil)
  }
}
