import Testing
import TextFormats

struct CSVRowTests {
  @Test(arguments: [
    ("a,b\n1,2", [["1", "2"]]), ("a,b\r\n1,2\r\n", [["1", "2"]]), ("a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]]),
    ("\u{FEFF}a,b\n1,2\n", [["1", "2"]]), ("\u{FEFF}\"a\",b\n1,2\n", [["1", "2"]]),
    ("a,b\n\n1,2\r\n\r\n\n", [["1", "2"]]), ("\r\n\na,b\n1,2", [["1", "2"]]),
    ("a,b\n,\n\"\",\"\"", [["", ""]]),
    ("a\n1\n\n\"\"\n2\n", [["1"], [""], ["2"]]), ("a,b\n 1 , 2 \n", [[" 1 ", " 2 "]]),
    ("a,b\n1\n2,\n3,x,, \n", [["1", ""], ["2", ""], ["3", "x"]]),
    ("a,b\n1,5\" pipe\n2,x\"y\"\n", [["1", "5\" pipe"], ["2", "x\"y\""]]),
    ("a, \"b\" \n 1, \"x, y\" \n", [[" 1", "x, y"]]),
    (" ;\n\na;b\n;\n1;\"2;3\"\n ; \n", [["1", "2;3"]]), ("a\tb\n1\t2, 3\n", [["1", "2, 3"]]),
    ("a|b\n1|2;3\n", [["1", "2;3"]]), ("sep=;\r\na;b,c\r\n1;2\r\n", [["1", "2"]]),
    ("\"sep=|\"\na|b\n1|2\n", [["1", "2"]]), ("\"a,b,c\";d\n1;2\n", [["1", "2"]]),
    ("a,b\n\"1\n\n2\",\"\r\n\r\"\n", [["1\n\n2", "\r\n\r"]]), ("a,b\n\"\"\"\",\"x\"\"y\"\"\"", [["\"", "x\"y\""]]),
    ("a,b\n\",\",'\n", [[",", "'"]]), ("a,b\n", []), ("a,b", []), ("a,\n1,\n", [["1", ""]]),
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
    ("a,b\n1,\"x\"y\n", RowError(.strayQuote, row: 1, position: TextPosition(line: 2, column: 5))),
    ("a,b\n1, \"x\" y\n", RowError(.strayQuote, row: 1, position: TextPosition(line: 2, column: 6))),
    ("\"a\"x\n1\n", RowError(.strayQuote, row: nil, position: TextPosition(line: 1, column: 3))),
    (
      "a,b\n1,\"x\n2,y\n3,\"z\"\n",
      RowError(.strayQuoteInLaterLine, row: 1, position: TextPosition(line: 2, column: 3))
    ),
    ("a,b\n1,\"x\n2,y\n", RowError(.unterminatedQuote, row: 1, position: TextPosition(line: 2, column: 3))),
    ("a,b\n1,\"x\"\"", RowError(.unterminatedQuote, row: 1, position: TextPosition(line: 2, column: 3))),
    ("a,b\n1,2,3", RowError(.extraField(fields: 3, columns: 2), row: 1, position: TextPosition(line: 2))),
    ("a\n \n1,,x\n", RowError(.extraField(fields: 3, columns: 1), row: 1, position: TextPosition(line: 3))),
    (
      "Ada,+15550100001\n",
      RowError(.headerMissing(["Ada", "+15550100001"], hasText: false), row: nil, position: TextPosition(line: 1))
    ),
    ("\na,b,a\n", RowError(.repeatedColumn("a"), row: nil, position: TextPosition(line: 2))),
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
    for size in [1, 1000] {
      let error = #expect(throws: RowError.self) { try RowReader.rows(of: bytes, format: .csv, pieces: size) }
      guard case .invalidUTF8(offset, _)? = error?.reason else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(error?.row == row && error?.position == TextPosition(line: line, column: column))
    }
  }

  @Test("A bad row spoils no other: those before and after it are given, with their own numbers")
  func badRows() throws {
    var reader = RowReader(format: .csv)
    reader.append(Array("a,b\n1,2\n3,4,5\n6,\"x\"y\n7,8\n9,\"10\n11,12\n".utf8))
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
    #expect(numbers == [1, 4, 6])
    #expect(bad == [2, 3, 5])
  }

  @Test("A list of nothing but numbers needs no header, and --fields names the columns of any other")
  func withoutHeader() throws {
    let numbers = try RowReader.rows(of: "\"+15550100001\"\n+15550100002,\n".utf8, format: .csv)
    #expect(numbers.map(\.columns.names) == [["to"], ["to"]])
    var options = RowOptions()
    options.columns = ["name", "to"]
    var reader = RowReader(options: options)
    reader.append("Ada;+15550100001\n".utf8)
    reader.finish()
    let row = try #require(try reader.next())
    #expect(row.columns.names == ["name", "to"] && row.fields == [.text("Ada"), .text("+15550100001")])
  }

  @Test(
    "Of several delimiters in a header that one counts which makes a column for the number",
    arguments: [
      ("Name, first;to\n\"Lovelace, Ada\";1\n", ["Name, first", "to"]),
      ("Name, first, last;to\nx;1\n", ["Name, first, last", "to"]), ("to;Phones, all\n1;x\n", ["to", "Phones, all"]),
      ("a|b,to\nx,1\n", ["a|b", "to"]), ("\"to\";\"a, b, c\"\n1;2\n", ["to", "a, b, c"]),
      ("x,y;z,w\n1,2,3\n", ["x", "y;z", "w"]),
    ])
  func severalDelimiters(text: String, names: [String]) throws {
    var options = RowOptions()
    options.numberColumns = ["to"]
    var reader = RowReader(format: .csv, options: options)
    reader.append(text.utf8)
    reader.finish()
    _ = try reader.next()
    #expect(reader.columns?.names == names)
  }

  @Test("Where two delimiters are as likely, nobody guesses", arguments: ["a,b;c\n", "to,x;to\n", "a|b;c\n"])
  func ambiguousDelimiter(text: String) throws {
    var options = RowOptions()
    options.numberColumns = ["to"]
    var reader = RowReader(format: .csv, options: options)
    reader.append(text.utf8)
    reader.finish()
    let error = #expect(throws: RowError.self) { try reader.next() }
    #expect(error?.problem.hint?.contains("--delimiter '") == true, "\(String(describing: error))")
  }

  @Test("Without a header, the delimiter is the one behind or before the number")
  func delimiterOfData() throws {
    var options = RowOptions()
    (options.numberColumns, options.columns) = (["to"], ["to", "message"])
    var reader = RowReader(options: options)
    reader.append("+15550100001;Hi, Ada, hi\n".utf8)
    reader.finish()
    #expect(try reader.next()?.fields == [.text("+15550100001"), .text("Hi, Ada, hi")])
  }

  @Test func aHeaderWithoutRowsIsKnown() throws {
    var reader = RowReader(format: .csv)
    reader.append(Array("to,,message,".utf8))
    reader.finish()
    #expect(try reader.next() == nil)
    #expect(reader.columns?.names == ["to", "", "message", ""])
    #expect(reader.columns?.indices(of: "message") == [2])
    #expect(reader.columns?.indices(of: "") == [])
  }

  @Test("A row that may have swallowed others is not passed over")
  func swallowedRows() {
    var reader = RowReader(format: .csv)
    reader.append("a,b\n1,\"x\n2,y\n3,\"z\"\n".utf8)
    reader.finish()
    let error = #expect(throws: RowError.self) { try reader.next() }
    #expect(error?.isOfOneRow == false)
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
