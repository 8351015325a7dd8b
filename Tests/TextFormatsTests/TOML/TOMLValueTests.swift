import Testing
import TextFormats

@Suite struct TOMLValueTests {
  private func value(_ text: String) throws -> TOMLValue.Content? {
    try TOMLTable(parsing: "a = \(text)".utf8)["a"]?.content
  }

  @Test(
    arguments: [
      ("0", 0), ("+0", 0), ("-0", 0), ("1_000", 1000), ("0xDEAD_beef", 0xDEAD_BEEF), ("0o755", 493), ("0b1_0", 2),
      ("0x00", 0), ("9223372036854775807", .max), ("-9223372036854775808", .min), ("0x7fffffffffffffff", .max),
    ] as [(String, Int64)])
  func integers(text: String, number: Int64) throws {
    #expect(try value(text) == .integer(number))
  }

  @Test(
    arguments: [
      ("1.5", 1.5), ("-0.01", -0.01), ("6.626e-3_4", 6.626e-34), ("1e06", 1e6), ("1_0.0_1E+2", 1001), ("0e0", 0),
      ("inf", .infinity), ("+inf", .infinity), ("-inf", -.infinity), ("1e-999", 0),
    ] as [(String, Double)])
  func floats(text: String, number: Double) throws {
    #expect(try value(text) == .float(number))
  }

  @Test(
    arguments: [
      ("2024-02-29", ["type": "date-local", "value": "2024-02-29"]),
      ("0000-02-29", ["type": "date-local", "value": "0000-02-29"]),
      ("23:59:60", ["type": "time-local", "value": "23:59:60"]),
      (
        "2024-02-29 07:32:00.123456789999 # cut off, not rounded",
        ["type": "datetime-local", "value": "2024-02-29T07:32:00.123456789"]
      ),
      ("2024-02-29t00:00:00.50z", ["type": "datetime", "value": "2024-02-29T00:00:00.5Z"]),
      ("2024-02-29T00:00:00-01:30", ["type": "datetime", "value": "2024-02-29T00:00:00-01:30"]),
    ] as [(String, JSONValue)])
  func datesAndTimes(text: String, tagged: JSONValue) throws {
    #expect(try TOMLTable(parsing: "a = \(text)".utf8)["a"]?.tagged == tagged)
  }

  @Test(
    arguments: [
      (#""\b\t\n\f\r\"\\ \u00e9\U0001F600""#, "\u{8}\t\n\u{C}\r\"\\ é😀"),
      (#"'C:\new "x"'"#, #"C:\new "x""#),
      ("\"\"", ""), ("''", ""), ("\"\"\"\"\"\"", ""), ("''''''", ""),
      ("\"\"\"\na\r\nb\"\"\"", "a\nb"),
      ("\"\"\"\r\n\r\nb\"\"\"", "\nb"),
      ("'''\n\\n'\n'''", "\\n'\n"),
      ("\"\"\"a \\  \r\n \n\t b\"\"\"", "a b"),
      ("\"\"\"a\\\\\n b\"\"\"", "a\\\n b"),
      ("\"\"\"\"\"two\"\"\"\"\"", "\"\"two\"\""),
      ("''''one''''", "'one'"),
      ("\"\"\"a\"\"b\"c\"\"\"", "a\"\"b\"c"),
      ("\"\"\"\\\"\"\"\"", "\""),
    ] as [(String, String)])
  func strings(text: String, meaning: String) throws {
    guard case .string(let string) = try value(text) else {
      Issue.record("not a string")
      return
    }
    #expect(Array(string.utf8) == Array(meaning.utf8))
  }

  @Test func arraysSpanLinesAndMixTypes() throws {
    let array = try #require(
      try TOMLTable(parsing: "a = [ # c\r\n1, 'x',\n\n[ ] , {b.c=[\n]} # d\n,\n]".utf8)["a"]?.array)
    #expect(array.map(\.typeName) == ["integer", "string", "array", "table"])
  }

  @Test func typedReadersReadTheirTypeOnly() throws {
    let table = try TOMLTable(parsing: "s = 's'\ni = 1\nb = true\na = []\nt = {}\nf = 1.0\n".utf8)
    #expect(table.entries.map(\.value.string) == ["s", nil, nil, nil, nil, nil])
    #expect(table.entries.map(\.value.integer) == [nil, 1, nil, nil, nil, nil])
    #expect(table.entries.map(\.value.boolean) == [nil, nil, true, nil, nil, nil])
    #expect(table.entries.map { $0.value.array != nil } == [false, false, false, true, false, false])
    #expect(table.entries.map { $0.value.table != nil } == [false, false, false, false, true, false])
  }
}
