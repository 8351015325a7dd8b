import TestSupport
import Testing
import TextFormats

@Suite struct JSONParsingTests {
  @Test(
    arguments: [
      ("null", nil),
      (" \t\r\n true \n", true),
      ("\u{FEFF}[false]", [false]),
      ("0.0075", .number("0.0075")),
      ("-0", .number("-0")),
      ("1E+400", .number("1E+400")),
      ("12345678901234567890123", .number("12345678901234567890123")),
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
      (#""\u00e4\u20AC\ud83d\ude00\u0000""#, "ä€😀\0"),
      ("\"ä€😀\u{7F}\u{2028}\"", "ä€😀\u{7F}\u{2028}"),
      ("[]", []),
      ("{ }", [:]),
      (#"{"b":1,"a":[{}, "x" ],"b":2}"#, ["b": 1, "a": [[:], "x"], "b": 2]),
    ] as [(String, JSONValue)])
  func keepsWhatWasWritten(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text.utf8) == value)
  }

  @Test func textIsComparedByItsBytesAndNotNormalised() throws {
    let decomposed = try #require(JSONValue(parsing: #""e\u0301""#.utf8).text)
    #expect(Array(decomposed.utf8) == [0x65, 0xCC, 0x81])
  }

  @Test(
    arguments: [
      ("", .unexpectedEnd, 1, 1),
      (" \n ", .unexpectedEnd, 2, 2),
      ("\u{FEFF}", .unexpectedEnd, 1, 1),
      ("[", .unexpectedEnd, 1, 2),
      ("[1", .unexpectedEnd, 1, 3),
      ("[1,", .unexpectedEnd, 1, 4),
      ("{\"a\"", .unexpectedEnd, 1, 5),
      ("{\"a\":", .unexpectedEnd, 1, 6),
      ("{\"a\":1", .unexpectedEnd, 1, 7),
      ("{\"a\":1,", .unexpectedEnd, 1, 8),
      ("\"ab", .unexpectedEnd, 1, 4),
      (#""\"#, .unexpectedEnd, 1, 3),
      (#""\u12"#, .unexpectedEnd, 1, 6),
      ("tru", .unexpectedEnd, 1, 4),
      ("-", .unexpectedEnd, 1, 2),
      ("1.", .unexpectedEnd, 1, 3),
      ("1e+", .unexpectedEnd, 1, 4),
      ("[1,]", .expectedValue, 1, 4),
      ("[,1]", .expectedValue, 1, 2),
      ("[1,,2]", .expectedValue, 1, 4),
      ("{\"a\":}", .expectedValue, 1, 6),
      ("+1", .expectedValue, 1, 1),
      (".5", .expectedValue, 1, 1),
      ("NaN", .expectedValue, 1, 1),
      ("Infinity", .expectedValue, 1, 1),
      ("True", .expectedValue, 1, 1),
      ("nul1", .expectedValue, 1, 4),
      ("'a'", .expectedValue, 1, 1),
      ("// comment\n1", .expectedValue, 1, 1),
      ("[1 /* comment */]", .expectedCommaOrBracket, 1, 4),
      ("\u{A0}1", .expectedValue, 1, 1),
      ("\u{B}1", .expectedValue, 1, 1),
      ("[\u{FEFF}1]", .expectedValue, 1, 2),
      ("\u{FEFF}\u{FEFF}1", .expectedValue, 1, 1),
      ("]", .expectedValue, 1, 1),
      ("{1:2}", .expectedName, 1, 2),
      ("{a:2}", .expectedName, 1, 2),
      ("{\"a\":1,}", .expectedName, 1, 8),
      ("{,}", .expectedName, 1, 2),
      ("{\"a\",1}", .expectedColon, 1, 5),
      ("[1 2]", .expectedCommaOrBracket, 1, 4),
      ("[1}", .expectedCommaOrBracket, 1, 3),
      ("[\"\": 1]", .expectedCommaOrBracket, 1, 4),
      ("{\"a\":1]", .expectedCommaOrBrace, 1, 7),
      ("{\"a\":1 \"b\":2}", .expectedCommaOrBrace, 1, 8),
      ("1 2", .trailingContent, 1, 3),
      ("{}\n{}", .trailingContent, 2, 1),
      ("[]]", .trailingContent, 1, 3),
      ("null\0", .trailingContent, 1, 5),
      ("trueish", .trailingContent, 1, 5),
      ("01", .invalidNumber, 1, 2),
      ("-01", .invalidNumber, 1, 3),
      ("-a", .invalidNumber, 1, 2),
      ("1.e5", .invalidNumber, 1, 3),
      ("1.5.2", .invalidNumber, 1, 4),
      ("1e", .unexpectedEnd, 1, 3),
      ("[1e]", .invalidNumber, 1, 4),
      ("0x1F", .invalidNumber, 1, 2),
      ("1_000", .trailingContent, 1, 2),
      ("-Infinity", .invalidNumber, 1, 2),
      ("\"a\nb\"", .controlCharacter(10), 1, 3),
      ("\"\\n\0\"", .controlCharacter(0), 1, 4),
      ("{\"\u{1F}\":1}", .controlCharacter(31), 1, 3),
      (#"["é\x41"]"#, .invalidEscape, 1, 4),
      (#""\'""#, .invalidEscape, 1, 2),
      (#""\U0041""#, .invalidEscape, 1, 2),
      (#""\u00G1""#, .invalidEscape, 1, 2),
      (#""\u 041""#, .invalidEscape, 1, 2),
      (#""\ud83d""#, .loneSurrogate, 1, 2),
      (#""\ude00""#, .loneSurrogate, 1, 2),
      (#""\ude00\ud83d""#, .loneSurrogate, 1, 2),
      (#""\ud83d\ud83d\ude00""#, .loneSurrogate, 1, 2),
      (#""\ud83d\n""#, .loneSurrogate, 1, 2),
      (#""\ud83dx""#, .loneSurrogate, 1, 2),
    ] as [(String, JSONError.Kind, Int, Int)])
  func refusesWhatIsNotJSON(text: String, kind: JSONError.Kind, line: Int, column: Int) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text.utf8) }
    #expect(error?.kind == kind)
    #expect(error?.position == TextPosition(line: line, column: column))
  }

  @Test(
    arguments: [
      ("continuation alone", [0x80], 1),
      ("cut off", [0xE2, 0x82], 1),
      ("overlong", [0xC0, 0xAF], 1),
      ("surrogate", [0xED, 0xA0, 0x80], 1),
      ("beyond U+10FFFF", [0xF4, 0x90, 0x80, 0x80], 1),
      ("Latin-1 behind valid text", [0xC3, 0xA4, 0xE4], 3),
      ("behind an escape", [0x5C, 0x6E, 0xFF], 3),
      ("an escape in the middle of a sequence", [0xC3, 0x5C, 0x75, 0x30, 0x30, 0x41, 0x39], 1),
    ] as [(String, [UInt8], Int)])
  func refusesTextThatIsNotUTF8(what: String, bytes: [UInt8], offset: Int) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
    #expect(error?.kind == .invalidUTF8)
    #expect(error?.offset == offset)
  }

  @Test(arguments: ["[", "{\"a\":", "[{\"a\":"])
  func refusesDeepNestingWithoutOverflowingTheStack(opening: String) {
    let bomb = String(repeating: opening, count: 100_000)
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: bomb.utf8) }
    #expect(error?.kind == .tooDeep(limit: JSONValue.depthLimit))
  }

  @Test func readsAndWritesTheDeepestNestingAllowed() throws {
    let depth = JSONValue.depthLimit
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let value = try JSONValue(parsing: text.utf8)
    #expect(value == value && value.compact == text)
  }

  @Test(.enabled(if: Conformance.folder("json") != nil), arguments: JSONSamples.accepted)
  func acceptsAndRewritesPublicSamples(path: String) throws {
    let value = try JSONValue(parsing: FileWalk.bytes(of: path))
    #expect(try JSONValue(parsing: value.compact.utf8) == value)
    #expect(try JSONValue(parsing: value.indented.utf8) == value)
  }
}

enum JSONSamples {
  static let accepted = Conformance.folder("json").map { FileWalk.files(under: "\($0)/accept", suffix: ".json") } ?? []
}

extension JSONValue {
  var compact: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  var indented: String {
    var bytes: [UInt8] = []
    writeIndented(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
