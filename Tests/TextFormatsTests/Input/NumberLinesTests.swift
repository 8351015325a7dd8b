import Testing
import TextFormats

struct NumberLinesTests {
  @Test(arguments: [
    "+15550100001\n+15550100002", "\u{FEFF}+15550100001\r\n\r\n+15550100002\r\n",
    " +15550100001\t\n \n\n  +15550100002  ",
  ])
  func eachLineIsANumberBlankOnesAreSkipped(text: String) throws {
    for size in [1, 5, 1000] {
      let rows = try RowReader.rows(of: text.utf8, format: .lines, pieces: size)
      #expect(try rows.map { try $0.text(at: 0) } == ["+15550100001", "+15550100002"])
      #expect(rows.map(\.number) == [1, 2])
    }
  }

  @Test func aRowKnowsItsLine() throws {
    for size in [1, 2, 1000] {
      let rows = try RowReader.rows(of: "\u{FEFF}\n1\n\n\n2".utf8, format: .lines, pieces: size)
      #expect(rows.map(\.position.line) == [2, 5])
    }
  }

  @Test func whatIsOnALineIsNotJudgedHere() throws {
    let rows = try RowReader.rows(of: "1 2,\"3\n# x\n".utf8, format: .lines)
    #expect(rows.map(\.fields) == [[.text("1 2,\"3")], [.text("# x")]])
  }

  @Test func bytesThatAreNoUTF8AreRefusedWithTheirOffset() {
    let bytes = Array("1\n2\n ü".utf8) + [0xFF]
    #expect(
      throws: RowError(
        .invalidUTF8(offset: 7, field: [0xC3, 0xBC, 0xFF]), row: 3, position: TextPosition(line: 3, column: 3))
    ) {
      try RowReader.rows(of: bytes, format: .lines)
    }
  }
}
