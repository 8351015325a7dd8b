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

  @Test(
    "What would do something to a terminal, or not be seen, is shown escaped",
    arguments: [
      "\u{1B}", "\u{7F}", "\u{9B}", "\u{AD}", "\u{61C}", "\u{180E}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{200E}",
      "\u{200F}", "\u{2028}", "\u{202E}", "\u{2060}", "\u{2064}", "\u{2069}", "\u{FE0F}", "\u{FEFF}", "\u{E0001}",
      "\u{E0041}", "\u{E007F}", "\u{E0100}",
    ])
  func unseen(character: String) {
    let escaped = "a\(character)b".escapingControls
    #expect(escaped.hasPrefix("a\\") && escaped.hasSuffix("b") && escaped.utf8.allSatisfy { $0 < 0x7F }, "\(escaped)")
  }

  @Test("Ordinary texts stay as they are", arguments: ["é", "e\u{301}", "👩‍👩‍👧", "❤️", "1️⃣", "👍🏽", "हिन्दी", "日本", "a\\b"])
  func ordinary(text: String) {
    #expect(text.escapingControls == text)
  }

  @Test(
    "A password in an address is hidden, whatever is wrong with the address",
    arguments: [
      ("bad 'http://u:p@h:99999': no", "bad 'http://********@h:99999': no"), ("u:p@h", "********@h"),
      ("http://u:p@x@h/", "http://********@h/"), ("https://host:8080/a", "https://host:8080/a"),
      ("mail ada@example.com", "mail ada@example.com"), ("http://[::1]:80", "http://[::1]:80"),
      ("http://u:p", "http://********"),
    ])
  func userInformation(text: String, shown: String) {
    #expect(text.hidingUserInformation == shown)
  }
}
