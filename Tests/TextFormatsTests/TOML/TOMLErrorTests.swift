import Testing
import TextFormats

@Suite struct TOMLErrorTests {
  private func expect(_ document: some Sequence<UInt8>, _ kind: TOMLError.Kind, _ line: Int, _ column: Int) {
    let error = #expect(throws: TOMLError.self) { try TOMLTable(parsing: document) }
    #expect(error?.kind == kind)
    #expect(error?.position == TextPosition(line: line, column: column))
    #expect(error?.reason.isEmpty == false)
  }

  @Test(
    arguments: [
      ("a = office", .unquotedText, 1, 5),
      ("a = True", .unquotedText, 1, 5),
      ("é = 1", .expectedKey, 1, 1),
      ("a = é", .unquotedText, 1, 5),
      ("a =", .expectedValue, 1, 4),
      ("a =\n1", .expectedValue, 1, 4),
      ("a = # c", .expectedValue, 1, 5),
      ("a = ,", .expectedValue, 1, 5),
      ("a", .expectedEquals, 1, 2),
      ("a b = 1", .expectedEquals, 1, 3),
      ("\"\"\"a\"\"\" = 1", .expectedEquals, 1, 3),
      ("= 1", .expectedKey, 1, 1),
      ("a. = 1", .expectedKey, 1, 4),
      ("a..b = 1", .expectedKey, 1, 3),
      ("[]", .expectedKey, 1, 2),
      ("[a", .expectedHeaderEnd, 1, 3),
      ("[a\n]", .expectedHeaderEnd, 1, 3),
      ("[[a] ]", .expectedHeaderEnd, 1, 5),
      ("[a] b = 1", .expectedLineEnd, 1, 5),
      ("[a]]", .expectedLineEnd, 1, 4),
      ("'é' = 1 b = 2", .expectedLineEnd, 1, 9),
      ("a = 'x' 'y'", .expectedLineEnd, 1, 9),
      ("a = 1\u{FEFF}", .invalidNumber, 1, 5),
      ("a = 1\n\u{FEFF}b = 2", .expectedKey, 2, 1),
    ] as [(String, TOMLError.Kind, Int, Int)])
  func ofLines(document: String, kind: TOMLError.Kind, line: Int, column: Int) {
    expect(document.utf8, kind, line, column)
  }

  @Test(arguments: [
    "1_", "1__0", "01", "+01", "-01", "0x", "0x_1", "0x1_", "0x-1", "0x+1.5", "+0x1", "0X1", "0b2", "0o8", "1.", ".5",
    "1.e5", "1e", "1e+", "1_e5", "1e_5", "1._5", "1.5_", "1.5.2", "1e5.0", "++1", "-", "+", "1a", "1=2", "1_000_",
    "+infinity",
    "-nano", "1'",
  ])
  func ofNumbers(text: String) {
    expect("a = \(text)".utf8, .invalidNumber, 1, 5)
  }

  @Test(arguments: [
    "9223372036854775808", "-9223372036854775809", "0x8000000000000000", "0b1\(String(repeating: "0", count: 63))",
    "1e309",
    "-1e309", String(repeating: "9", count: 10_000),
  ])
  func ofNumbersOutOfRange(text: String) {
    expect("a = \(text)".utf8, .numberOutOfRange, 1, 5)
  }

  @Test(arguments: [
    "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-04-31", "2024-1-01", "24-01-01", "2024-01-01T",
    "12:00",
    "24:00:00", "12:60:00", "12:00:61", "12:00:00.", "12:00:00Z", "2024-01-01T12:00", "2024-01-01T12:00:00+1:00",
    "2024-01-01T12:00:00+24:00", "2024-01-01T12:00:00+01", "2024-01-01_12:00:00", "2024-01-01T12:00:00ZZ",
    "2024-01-01 1:00:00", "1:00:00", "10000-01-01", "2024-01-01Z",
  ])
  func ofDatesAndTimes(text: String) {
    expect("a = \(text)".utf8, .invalidDateTime, 1, 5)
  }

  @Test(
    arguments: [
      ("a = \"x", .unterminated(.string), 1, 5),
      ("a = 'x\nb = 1", .unterminated(.string), 1, 5),
      ("a = 'x\r\n'", .unterminated(.string), 1, 5),
      ("\n'a = 1", .unterminated(.string), 2, 1),
      ("a = [\n\"\"\"x\ny\"\"\n", .unterminated(.string), 2, 1),
      ("a = '''x''", .unterminated(.string), 1, 5),
      ("a = \"\"\"\"\"\"\"\"\"", .expectedLineEnd, 1, 13),
      (#"a = "é\d""#, .invalidEscape, 1, 7),
      (#"a = "\e""#, .invalidEscape, 1, 6),
      (#"a = "\x41""#, .invalidEscape, 1, 6),
      (#"a = "\/""#, .invalidEscape, 1, 6),
      (#"a = "\u12""#, .invalidEscape, 1, 6),
      (#"a = "\"#, .invalidEscape, 1, 6),
      ("a = \"\\\n\"", .invalidEscape, 1, 6),
      ("a = \"\"\"\n \\ x\"\"\"", .invalidEscape, 2, 2),
      (#"a = "\uD800""#, .escapedNoCharacter(0xD800), 1, 6),
      (#"a = "\uD83D\uDE00""#, .escapedNoCharacter(0xD83D), 1, 6),
      (#"a = "\U00110000""#, .escapedNoCharacter(0x110000), 1, 6),
      (#"a = "\UFFFFFFFF""#, .escapedNoCharacter(0xFFFF_FFFF), 1, 6),
      ("a = \"\u{0}\"", .controlCharacter(0), 1, 6),
      ("a = '\u{1F}'", .controlCharacter(0x1F), 1, 6),
      ("a = '''\n\u{7F}'''", .controlCharacter(0x7F), 2, 1),
      ("a = '''\r'''", .bareCarriageReturn, 1, 8),
      ("a = 1\rb = 2", .bareCarriageReturn, 1, 6),
      ("# c\rd", .bareCarriageReturn, 1, 4),
      ("# \u{8}", .controlCharacter(8), 1, 3),
      ("\u{C}", .controlCharacter(0xC), 1, 1),
      ("a\u{B}= 1", .controlCharacter(0xB), 1, 2),
      ("a = [\u{1}]", .controlCharacter(1), 1, 6),
    ] as [(String, TOMLError.Kind, Int, Int)])
  func ofStringsAndCharacters(document: String, kind: TOMLError.Kind, line: Int, column: Int) {
    expect(document.utf8, kind, line, column)
  }

  @Test(
    arguments: [
      ("a = [1\nb = 2", .expectedCommaOrBracket, 2, 1),
      ("a = [1 2]", .expectedCommaOrBracket, 1, 8),
      ("a = [,]", .expectedValue, 1, 6),
      ("a = [1,,]", .expectedValue, 1, 8),
      ("a = [ # [", .unterminated(.array), 1, 5),
      ("a = [1,\n[2,", .unterminated(.array), 2, 1),
      ("a = [}", .expectedValue, 1, 6),
      ("a = {b = 1", .unterminated(.inlineTable), 1, 5),
      ("a = {", .unterminated(.inlineTable), 1, 5),
      ("a = {b = 1,", .unterminated(.inlineTable), 1, 5),
      ("a = {b = 1\n}", .lineBreakInInlineTable, 1, 11),
      ("a = {\n}", .lineBreakInInlineTable, 1, 6),
      ("a = {b = 1,\r\nc = 2}", .lineBreakInInlineTable, 1, 12),
      ("a = {b = 1,}", .commaBeforeBrace, 1, 12),
      ("a = {,}", .expectedKey, 1, 6),
      ("a = {b = 1 c = 2}", .expectedCommaOrBrace, 1, 12),
      ("a = {b}", .expectedEquals, 1, 7),
      ("a = {b = }", .expectedValue, 1, 10),
    ] as [(String, TOMLError.Kind, Int, Int)])
  func ofArraysAndInlineTables(document: String, kind: TOMLError.Kind, line: Int, column: Int) {
    expect(document.utf8, kind, line, column)
  }

  @Test(
    arguments: [
      ("a = 1\n'a' = 2", .duplicateKey("a", first: TextPosition(line: 1, column: 1)), 2, 1),
      ("a.b = 1\na = 2", .duplicateKey("a", first: TextPosition(line: 1, column: 1)), 2, 1),
      ("a = { b = 1, b = 2 }", .duplicateKey("b", first: TextPosition(line: 1, column: 7)), 1, 14),
      ("[a.b]\n[a]\nb = 1", .duplicateKey("b", first: TextPosition(line: 1, column: 4)), 3, 1),
      ("a = 1\n[a]", .duplicateKey("a", first: TextPosition(line: 1, column: 1)), 2, 2),
      ("a = {}\n[a]", .duplicateKey("a", first: TextPosition(line: 1, column: 1)), 2, 2),
      ("a = []\n[[a]]", .duplicateKey("a", first: TextPosition(line: 1, column: 1)), 2, 3),
      ("[a.b]\n[a]\n[a]", .duplicateTable("a", first: TextPosition(line: 2, column: 1)), 3, 2),
      ("[[a]]\n[a]", .duplicateTable("a", first: TextPosition(line: 1, column: 1)), 2, 2),
      ("[a]\n[[a]]", .duplicateTable("a", first: TextPosition(line: 1, column: 1)), 2, 3),
      ("[a.b]\n[[a]]", .duplicateTable("a", first: TextPosition(line: 1, column: 2)), 2, 3),
      ("[a]\nb.c = 1\n[a.b]", .duplicateTable("b", first: TextPosition(line: 2, column: 1)), 3, 4),
      ("a.b = 1\n[a]", .duplicateTable("a", first: TextPosition(line: 1, column: 1)), 2, 2),
      ("a = 1\na.b = 2", .notExtendable("a", first: TextPosition(line: 1, column: 1)), 2, 1),
      ("a = {}\na.b = 2", .notExtendable("a", first: TextPosition(line: 1, column: 1)), 2, 1),
      ("a = {}\n[a.b]", .notExtendable("a", first: TextPosition(line: 1, column: 1)), 2, 2),
      ("a = [{}]\n[a.b]", .notExtendable("a", first: TextPosition(line: 1, column: 1)), 2, 2),
      ("[a.b]\n[a]\nb.c = 1", .notExtendable("b", first: TextPosition(line: 1, column: 1)), 3, 1),
      ("[[a.b]]\n[a]\nb.c = 1", .notExtendable("b", first: TextPosition(line: 1, column: 1)), 3, 1),
      ("a = { b = {}, b.c = 1 }", .notExtendable("b", first: TextPosition(line: 1, column: 7)), 1, 15),
    ] as [(String, TOMLError.Kind, Int, Int)])
  func ofTablesDefinedTwice(document: String, kind: TOMLError.Kind, line: Int, column: Int) {
    expect(document.utf8, kind, line, column)
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0xC3], 2, 1), ([0x23, 0xC3, 0xA9, 0xE9, 0x0A], 1, 3), ([0x23, 0xED, 0xA0, 0x80], 1, 2),
      ([0x23, 0xC0, 0x80], 1, 2),
    ] as [([UInt8], Int, Int)])
  func ofBytesThatAreNotUTF8(bytes: [UInt8], line: Int, column: Int) {
    expect(bytes, .invalidUTF8, line, column)
  }

  @Test(arguments: ["[", "{a=", "[{a=", "{a.a.a.a=", "[ #\n"])
  func ofDeepNestingBeforeTheStackOverflows(opening: String) {
    let bomb = "a = " + String(repeating: opening, count: 100_000)
    let error = #expect(throws: TOMLError.self) { try TOMLTable(parsing: bomb.utf8) }
    #expect(error?.kind == .tooDeep(limit: TOMLTable.depthLimit))
  }

  @Test(arguments: [("[", "]"), ("[[", "]]"), ("", "=1"), ("x = {", "=1}")])
  func ofDottedKeysWithTooManyParts(before: String, after: String) {
    let path = Array(repeating: "a", count: 100_000).joined(separator: ".")
    let error = #expect(throws: TOMLError.self) { try TOMLTable(parsing: (before + path + after).utf8) }
    #expect(error?.kind == .tooDeep(limit: TOMLTable.depthLimit))
  }

  @Test func headersKeysAndArraysNestTogether() throws {
    func document(_ count: Int) -> String {
      let path = Array(repeating: "a", count: count).joined(separator: ".")
      return "[\(path)]\n\(path) = \(String(repeating: "[", count: count))\(String(repeating: "]", count: count))"
    }
    let third = TOMLTable.depthLimit / 3
    #expect(try TOMLTable(parsing: document(third).utf8).entries.count == 1)
    #expect(throws: TOMLError.self) { try TOMLTable(parsing: document(third + 2).utf8) }
  }
}
