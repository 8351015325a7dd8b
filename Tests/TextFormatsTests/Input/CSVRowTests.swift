import Testing
import TextFormats

struct CSVRowTests {
  @Test(arguments: [
    ("a,b\n1,2", [["1", "2"]]), ("a,b\r\n1,2\r\n", [["1", "2"]]), ("a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]]),
    ("\u{FEFF}a,b\n1,2\n", [["1", "2"]]), ("\u{FEFF}\"a\",b\n1,2\n", [["1", "2"]]),
    ("a,b\n\n1,2\r\n\r\n\n", [["1", "2"]]), ("\r\n\na,b\n1,2", [["1", "2"]]),
    ("a,b\n,\n\"\",\"\"", [["", ""], ["", ""]]),
    ("a\n1\n\n\"\"\n2\n", [["1"], [""], ["2"]]), ("a,b\n 1 , 2 \n", [[" 1 ", " 2 "]]),
    ("a,b\n\"1\n\n2\",\"\r\n\r\"\n", [["1\n\n2", "\r\n\r"]]), ("a,b\n\"\"\"\",\"x\"\"y\"\"\"", [["\"", "x\"y\""]]),
    ("a,b\n\",\",'\n", [[",", "'"]]), ("a,b\n", []), ("a,b", []), ("a,\n1,2\n", [["1", "2"]]),
    (",\n1,2", [["1", "2"]]),
  ])
  func recordsAreReadAsRFC4180HasThemInPiecesOfAnySize(text: String, fields: [[String]]) throws {
    for size in [1, 2, 3, 7, 1000] {
      let rows = try RowReader.rows(of: text.utf8, format: .csv, pieces: size)
      #expect(rows.map { $0.fields.map(\.bytes) } == fields.map { $0.map { Array($0.utf8) } }, "pieces of \(size)")
    }
  }

  @Test func rowsAreNumberedWithoutHeaderAndBlankLinesLinesWithAllOfThem() throws {
    let rows = try RowReader.rows(of: "\n\"a\n\",b\r\n1,\"x\r\ny\"\n\n2,z\n".utf8, format: .csv)
    #expect(rows.map(\.number) == [1, 2])
    #expect(rows.map(\.position.line) == [4, 7])
  }

  @Test(arguments: [
    ("a,b\n1,2\n3,x\"y\n", RowError(.strayQuote, row: 2, position: TextPosition(line: 3, column: 4))),
    ("a,b\n1,\"x\"y\n", RowError(.strayQuote, row: 1, position: TextPosition(line: 2, column: 5))),
    ("a,b\n1,\"x\" \n", RowError(.strayQuote, row: 1, position: TextPosition(line: 2, column: 5))),
    ("a,b\n1, \"x\"\n", RowError(.strayQuote, row: 1, position: TextPosition(line: 2, column: 4))),
    ("a,b\n\"ü\r\nü\",é\"\n", RowError(.strayQuote, row: 1, position: TextPosition(line: 3, column: 5))),
    ("a\"\n1\n", RowError(.strayQuote, row: nil, position: TextPosition(line: 1, column: 2))),
    ("a,b\n1,\"x\n2,y\n", RowError(.unterminatedQuote, row: 1, position: TextPosition(line: 2, column: 3))),
    ("a,b\n1,\"x\"\"", RowError(.unterminatedQuote, row: 1, position: TextPosition(line: 2, column: 3))),
    ("a,b\n1,2\n\n3\n", RowError(.raggedRow(fields: 1, columns: 2), row: 2, position: TextPosition(line: 4))),
    ("a,b\n1,2,3", RowError(.raggedRow(fields: 3, columns: 2), row: 1, position: TextPosition(line: 2))),
    ("a,b\n1,2,\n", RowError(.raggedRow(fields: 3, columns: 2), row: 1, position: TextPosition(line: 2))),
    ("a\n \n1,\n", RowError(.raggedRow(fields: 2, columns: 1), row: 2, position: TextPosition(line: 3))),
    ("\na,b,a\n", RowError(.repeatedColumn("a"), row: nil, position: TextPosition(line: 2))),
    ("", RowError(.missingHeader, row: nil, position: TextPosition())),
    ("\u{FEFF}\r\n", RowError(.missingHeader, row: nil, position: TextPosition(line: 2))),
  ])
  func whatIsNoCSVIsRefusedWithItsPlace(text: String, error: RowError) {
    for size in [1, 2, 1000] {
      #expect(throws: error, "pieces of \(size)") { try RowReader.rows(of: text.utf8, format: .csv, pieces: size) }
    }
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0x0A, 0x31, 0x0A, 0x31, 0x32, 0xFF, 0x0A], 7, 2, 4, 3), ([0xFF, 0xFE, 0x61, 0x00], 0, nil, 1, 1),
      ([0xEF, 0xBB, 0xBF, 0x61, 0x0A, 0x22, 0x22, 0x22, 0xC3, 0x22], 8, 1, 2, 4), ([0xEF, 0xBB], 0, nil, 1, 1),
      ([0x61, 0x0A, 0xED, 0xA0, 0x80, 0x0A], 2, 1, 2, 1), ([0x61, 0x0A, 0xC0, 0x80], 2, 1, 2, 1),
    ] as [([UInt8], Int, Int?, Int, Int)])
  func bytesThatAreNoUTF8AreRefusedWithTheirOffset(
    bytes: [UInt8], offset: Int, row: Int?, line: Int, column: Int
  ) {
    let error = RowError(
      .invalidUTF8(offset: offset), row: row, position: TextPosition(line: line, column: column))
    #expect(throws: error) { try RowReader.rows(of: bytes, format: .csv) }
    #expect(throws: error) { try RowReader.rows(of: bytes, format: .csv, pieces: 1) }
  }

  @Test func rowsBeforeABadOneAreGivenFirst() throws {
    var reader = RowReader(format: .csv)
    reader.append(Array("a,b\n1,2\n3\n".utf8))
    #expect(try reader.next()?.number == 1)
    #expect(throws: RowError.self) { try reader.next() }
  }

  @Test func aHeaderWithoutRowsIsKnown() throws {
    var reader = RowReader(format: .csv)
    reader.append(Array("to,,message,".utf8))
    reader.finish()
    #expect(try reader.next() == nil)
    #expect(reader.columns?.names == ["to", "", "message", ""])
    #expect(reader.columns?.index(of: "message") == 2)
    #expect(reader.columns?.index(of: "") == nil)
  }

  @Test func aQuoteThatIsNeverClosedDoesNotGatherTheWholeInput() {
    let endless = Array("a\n\"".utf8) + Array(repeating: UInt8(ascii: "x"), count: 2 * RowReader.rowLimit)
    #expect(throws: RowError(.rowTooLong(limit: RowReader.rowLimit), row: 1, position: TextPosition(line: 2))) {
      try RowReader.rows(of: endless, format: .csv)
    }
  }

  /// Hangs where the work grows with the square of the length.
  @Test func aLongRowInSmallPiecesIsReadWhole() throws {
    let text = String(repeating: "x\n", count: RowReader.rowLimit / 2 - 10)
    let rows = try RowReader.rows(of: "a,b\n1,\"\(text)\"\n2,y\n".utf8, format: .csv, pieces: 8)
    #expect(rows.map(\.fields) == [[.text("1"), .text(text)], [.text("2"), .text("y")]])
  }
}

extension Row.Field {
  /// The text as it is written: `==` would take canonically equivalent ones for the same.
  fileprivate var bytes: [UInt8]? {
    if case .text(let text) = self { Array(text.utf8) } else { nil }
  }
}
