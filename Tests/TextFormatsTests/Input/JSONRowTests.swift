import Testing
import TextFormats

struct JSONRowTests {
  @Test(arguments: [
    (RowFormat.json, #" [ {"to":"+15550100001","n":1.50,"b":true,"x":null},{}"# + "\n, {\"n\":-1e3} ,{\"m\":\"\"}] \n"),
    (
      .jsonl,
      "\u{FEFF}" + #"{"to":"+15550100001","n":1.50,"b":true,"x":null}"#
        + "\r\n\n{}\n \t\n{\"n\":-1e3}\n{\"m\":\"\"}"
    ),
  ])
  func objectsBecomeRowsWhateverTheSizeOfThePieces(format: RowFormat, text: String) throws {
    for size in [1, 3, 1000] {
      let rows = try RowReader.rows(of: text.utf8, format: format, pieces: size)
      #expect(rows.map(\.number) == [1, 2, 3, 4])
      #expect(rows.map(\.columns.names) == [["to", "n", "b", "x"], [], ["n"], ["m"]])
      #expect(rows[0].fields == [.text("+15550100001"), .number("1.50"), .text("true"), .null])
      #expect(rows[2].fields == [.number("-1e3")])
    }
  }

  @Test(arguments: [(RowFormat.json, "[\n{},\n\n {}]", [2, 4]), (.jsonl, "\n{}\n\n{}", [2, 4])])
  func aRowKnowsTheLineItStartsOn(format: RowFormat, text: String, lines: [Int]) throws {
    #expect(try RowReader.rows(of: text.utf8, format: format).map(\.position.line) == lines)
  }

  @Test("Texts are numbers to send to, in an array, one a line or one after another")
  func texts() throws {
    for (format, text) in [
      (RowFormat.json, "[\"+15550100001\",15550100002]"), (.json, "\"+15550100001\" 15550100002"),
      (.jsonl, "\"+15550100001\"\n15550100002"),
    ] {
      let rows = try RowReader.rows(of: text.utf8, format: format)
      #expect(rows.map(\.columns.names) == [["to"], ["to"]])
      #expect(try rows.map { try $0.text(at: 0) } == ["+15550100001", "15550100002"])
    }
  }

  @Test(
    "Values of several lines, several on a line, and arrays are read wherever one a line is expected",
    arguments: [
      "{\n  \"to\": \"1\"\n}\n{\n  \"to\": \"2\"\n}\n{\"to\":\"3\"}\n", "{\"to\":\"1\"} {\"to\":\"2\"}{\"to\":\"3\"}",
      "{\"to\":\"1\"}\n{\"to\":\"2\"} {\n\"to\":\n\n\"3\"\n}", "[\"1\",\"2\"]\n[]\n[\"3\"]", "\"1\" \"2\"\n3\n",
      "{\"to\":\"1\"}\n[\n  \"2\",\n{\"to\":\"3\"}\n]\n", "{\"to\":\"1\",\n\"x\":[{\"y\":[\n]}]}\n2 3", "1 2 3",
    ])
  func valuesOfLines(text: String) throws {
    for size in [1, 2, 1000] {
      let rows = try RowReader.rows(of: text.utf8, format: .jsonl, pieces: size)
      #expect(try rows.map { try $0.text(at: 0) } == ["1", "2", "3"], "pieces of \(size)")
      #expect(rows.map(\.number) == [1, 2, 3])
    }
  }

  @Test("Where the last value is open for several lines, nobody knows what was lost")
  func openEnd() {
    let error = #expect(throws: RowError.self) {
      try RowReader.rows(of: "{\"to\":\"1\"}\n{\n \"to\":\n".utf8, format: .jsonl)
    }
    #expect(error?.isOfOneRow == false && error?.row == 2)
  }

  @Test("A value that was cut spoils no other", arguments: [1, 1000])
  func cutValue(size: Int) throws {
    var reader = RowReader(format: .jsonl)
    let text = "{\"to\":\"1\"}\n{\"to\":\n{\"to\":\"3\"}\n{\"to\":\"4\n{\"to\":\"5\"}\n{"
    for start in stride(from: 0, to: text.utf8.count, by: size) {
      reader.append(text.utf8.dropFirst(start).prefix(size))
    }
    reader.finish()
    var (numbers, bad): ([Int], [Int?]) = ([], [])
    while true {
      do {
        guard let row = try reader.next() else { break }
        numbers.append(row.number)
      } catch {
        #expect(error.isOfOneRow)
        bad.append(error.row)
      }
    }
    #expect(numbers == [1, 3, 5] && bad == [2, 4, 6], "\(numbers) \(bad)")
  }

  @Test(arguments: [(RowFormat.json, "[]"), (.json, " [ ] "), (.json, ""), (.jsonl, ""), (.jsonl, "\n \r\n")])
  func anInputWithoutRowsIsAJobOfNone(format: RowFormat, text: String) throws {
    #expect(try RowReader.rows(of: text.utf8, format: format).isEmpty)
  }

  @Test func somethingNestedIsRefusedOnlyWhereItIsAskedFor() throws {
    let rows = try RowReader.rows(of: #"[{"a":{"b":1},"to":"x"},{"a":"y"}]"#.utf8, format: .json)
    #expect(try rows[0].text(at: 1) == "x")
    #expect(try rows[1].text(at: 0) == "y")
    #expect(throws: RowError(.nestedValue(column: "a"), row: 1, position: TextPosition(line: 1, column: 2))) {
      try rows[0].text(at: 0)
    }
  }

  @Test(
    arguments: [
      (RowFormat.json, "[{}]\n[", .invalidJSON(.unexpectedEnd), 2, 2, 2),
      (.json, "[{},\n true]", .notAnObject, 2, 2, 2),
      (.json, "[{}\n{}]", .invalidJSON(.expectedCommaOrBracket), 2, 2, 1),
      (.json, "[{},]", .invalidJSON(.expectedValue), 2, 1, 5), (.json, "[{}", .invalidJSON(.unexpectedEnd), 2, 1, 4),
      (.json, "[{\"a\":1,\"a\":null}]", .repeatedColumn("a"), 1, 1, 2),
      (.jsonl, "{}\n[true]\n", .notAnObject, 2, 2, 2),
      (.jsonl, "{}\n\n{\"a\":}\n", .invalidJSON(.expectedValue), 2, 3, 6),
      (.jsonl, "{}\n{} x\n", .invalidJSON(.trailingContent), 2, 2, 4),
      (.jsonl, "{\"a\":1\n{}\n", .invalidJSON(.unexpectedEnd), 1, 1, 1),
      (.jsonl, "{}\n{\"a\":[\n", .invalidJSON(.unexpectedEnd), 2, 2, 1),
      (.jsonl, "{\n\"a\":x}\n", .invalidJSON(.expectedValue), 1, 2, 5),
      (.jsonl, "{\"a\":1,\"a\":1}", .repeatedColumn("a"), 1, 1, 1),
    ] as [(RowFormat, String, RowError.Reason, Int?, Int, Int)])
  func whatIsNoRowIsRefusedWithItsPlace(
    format: RowFormat, text: String, reason: RowError.Reason, row: Int?, line: Int, column: Int
  ) {
    let error = #expect(throws: RowError.self) { try RowReader.rows(of: text.utf8, format: format) }
    #expect(error?.reason == reason && error?.row == row)
    #expect(error?.position == TextPosition(line: line, column: column))
  }

  @Test(arguments: [(RowFormat.json, "[{\"a\":\"", 2, 1, 8), (.jsonl, "{}\n{\"a\":\"", 2, 2, 7)])
  func bytesThatAreNoUTF8AreRefusedWithTheirOffset(
    format: RowFormat, start: String, row: Int, line: Int, column: Int
  ) {
    let bytes = Array(start.utf8) + [0xFF] + Array("\"}]".utf8)
    let error = RowError(
      .invalidUTF8(offset: start.utf8.count, field: []), row: format == .json ? 1 : row,
      position: TextPosition(line: line, column: column))
    let thrown = #expect(throws: RowError.self) { try RowReader.rows(of: bytes, format: format) }
    #expect(thrown?.reason == error.reason && thrown?.row == error.row && thrown?.position == error.position)
  }

  @Test(arguments: [(RowFormat.json, "[{\"a\":\""), (.jsonl, "{\"a\":\""), (.lines, "+")])
  func aRowThatNeverEndsDoesNotGatherTheWholeInput(format: RowFormat, start: String) {
    let endless = Array(start.utf8) + Array(repeating: UInt8(ascii: "1"), count: 2 * RowReader.rowLimit)
    let error = #expect(throws: RowError.self) { try RowReader.rows(of: endless, format: format) }
    #expect(error?.reason == .rowTooLong(limit: RowReader.rowLimit))
    #expect(error?.row == 1)
  }
}
