import Testing
import TextFormats

struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("Grüße", 5), ("e\u{301}", 1), ("日本語", 6), ("ｆｕｌｌ", 8), ("한국", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧‍👦", 2), ("🇩🇪", 2), ("1️⃣", 2), ("❤️", 2), ("❤", 1), ("☎︎", 1),
    ("a\u{200B}b\u{FEFF}", 2), ("\u{AD}", 1), ("a\u{301}\u{302}\u{303}", 1), ("ｶﾞ", 2), ("€", 1), ("−", 1), ("שלום", 4),
    ("न्दी", 3), ("กำ", 2), ("🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}", 2), ("𠮷", 2), ("㎏", 2), ("…", 1),
    ("｡", 1), ("、", 2), ("〿", 1),
  ])
  func aTextTakesAsManyCellsAsATerminalDraws(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test(arguments: [
    ("hello", 5, "hello"), ("hello", 4, "hel…"), ("hello", 1, "…"), ("hello", 0, ""), ("hello", -1, ""), ("", 0, ""),
    ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("日本語", 1, "…"), ("👨‍👩‍👧‍👦👍", 3, "👨‍👩‍👧‍👦…"), ("👨‍👩‍👧‍👦👍", 2, "…"),
    ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("e\u{301}", 1, "e\u{301}"),
  ])
  func aTextIsCutBetweenCharacters(text: String, width: Int, cut: String) {
    #expect(text.cut(toWidth: width) == cut)
  }

  @Test(arguments: [
    ("plain ü 日 👍🏽 \\n", "plain ü 日 👍🏽 \\n"), ("a\nb\r\nc\td", "a\\nb\\r\\nc\\td"),
    ("\u{1B}[31m\0\u{7F}", "\\x1b[31m\\x00\\x7f"),
    ("\u{85}\u{9B}31m", "\\x85\\x9b31m"), ("\u{202E}x\u{202A}\u{202C}", "\\u{202e}x\\u{202a}\\u{202c}"),
    ("\u{2066}x\u{2069}\u{2028}\u{2029}", "\\u{2066}x\\u{2069}\\u{2028}\\u{2029}"), ("e\u{301}\u{7}", "e\u{301}\\x07"),
    ("א\u{200F}", "א\\u{200f}"),
  ])
  func whatATerminalObeysIsShownEscaped(text: String, shown: String) {
    #expect(text.escapingControls.unicodeScalars.elementsEqual(shown.unicodeScalars))
  }
}
