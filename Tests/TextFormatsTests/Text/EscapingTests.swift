import Testing
import TextFormats

@Suite struct EscapingTests {
  @Test(arguments: [
    ("plain-word_1./+,:@%=", "plain-word_1./+,:@%="), ("", "''"), ("two words", "'two words'"), ("it's", #"'it'\''s'"#),
    ("$HOME", "'$HOME'"), ("a\nb", "'a\nb'"), ("é", "'é'"), ("~", "'~'"),
  ])
  func aWordIsQuotedForTheShellWhereItMustBe(text: String, quoted: String) {
    #expect(text.shellQuoted == quoted)
  }

  @Test(arguments: [
    ("a-Z_0.9*", "a-Z_0.9*"), ("a b", "a+b"), ("+1&=%~", "%2B1%26%3D%25%7E"), ("é\n", "%C3%A9%0A"), ("", ""),
  ])
  func whatIsFormEncodedIsDecodedAgain(text: String, encoded: String) {
    var bytes: [UInt8] = []
    bytes.appendFormEncoded(text)
    #expect(String(decoding: bytes, as: UTF8.self) == encoded)
    #expect(bytes.formDecoded() == Array(text.utf8))
  }

  @Test(arguments: [("%41%c3%A9", "Aé"), ("100%", "100%"), ("%4", "%4"), ("%zz%%41", "%zz%A"), ("a+b", "a+b")])
  func aPercentSignWithoutTwoDigitsStandsForItself(text: String, decoded: String) {
    #expect(text.utf8.percentDecoded() == Array(decoded.utf8))
  }
}
