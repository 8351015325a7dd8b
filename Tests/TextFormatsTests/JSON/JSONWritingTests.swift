import Testing
import TextFormats

@Suite struct JSONWritingTests {
  @Test(
    arguments: [
      (nil, "null"),
      (true, "true"),
      (.number("0.00750"), "0.00750"),
      ([], "[]"),
      ([:], "{}"),
      ([1, [2, "x"], [:]], #"[1,[2,"x"],{}]"#),
      (["b": 1, "a": [nil]], #"{"b":1,"a":[null]}"#),
      (["a\"b": "c"], #"{"a\"b":"c"}"#),
      ("\"\\/\u{8}\u{C}\n\r\t\0\u{1B}\u{1F}", #""\"\\/\b\f\n\r\t\u0000\u001b\u001f""#),
      ("ä€😀\u{7E}\u{A0}\u{2027}\u{202A}", "\"ä€😀\u{7E}\u{A0}\u{2027}\u{202A}\""),
      ("\u{7F}\u{80}é\u{85}\u{9F}\u{2028}€\u{2029}", #""\u007f\u0080é\u0085\u009f\u2028€\u2029""#),
    ] as [(JSONValue, String)])
  func onOneLine(value: JSONValue, text: String) {
    #expect(value.compact == text)
  }

  @Test(
    "a character is escaped and read back wherever it stands",
    arguments: [
      ("\"", #"\""#), ("\\", #"\\"#), ("\u{1F}", #"\u001f"#), ("\u{7F}", #"\u007f"#),
      ("\u{85}", #"\u0085"#), ("é", "é"), (" ", " "), ("~", "~"), ("😀", "😀"),
    ])
  func everywhere(character: String, written: String) throws {
    for place in 0...20 {
      let (before, after) = (String(repeating: "a", count: place), String(repeating: "b", count: 20 - place))
      let value = JSONValue.string(before + character + after)
      #expect(value.compact == "\"\(before)\(written)\(after)\"")
      #expect(try JSONValue(parsing: Array(value.compact.utf8)) == value)
    }
  }

  @Test func indentedOneElementALine() {
    let value: JSONValue = [["id": "1", "sims": [], "error": ["code": nil]], [:], [1, 2]]
    let text = """
      [
        {
          "id": "1",
          "sims": [],
          "error": {
            "code": null
          }
        },
        {},
        [
          1,
          2
        ]
      ]
      """
    #expect(value.indented == text)
  }

  @Test func anElementCanBeIndentedForThePlaceItGoesTo() {
    var output = Array("[\n  ".utf8)
    JSONValue.object(JSONObject([.init("a", 1)])).writeIndented(to: &output, depth: 1)
    output += "\n]".utf8
    #expect(String(decoding: output, as: UTF8.self) == JSONValue.array([["a": 1]]).indented)
  }
}
