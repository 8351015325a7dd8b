import Testing
import TextFormats

struct CSVWriterTests {
  @Test(arguments: [
    (["a", "b"], "a,b\n"), (["", ""], ",\n"), ([" a ", "ü;\t'"], " a ,ü;\t'\n"), (["a,b"], "\"a,b\"\n"),
    (["say \"hi\""], "\"say \"\"hi\"\"\"\n"), (["a\nb", "c\rd", "e\r\nf"], "\"a\nb\",\"c\rd\",\"e\r\nf\"\n"),
    ([""], "\"\"\n"), (["=1+1", "-1", "+1", "@a"], "=1+1,-1,+1,@a\n"),
  ])
  func onlyWhatHasToBeIsQuotedAndNothingIsChanged(fields: [String], line: String) {
    #expect(written(fields).utf8.elementsEqual(line.utf8))
  }

  @Test(arguments: [
    "=1+1", "+1+1", "+", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\u{FF1D}1", "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}a",
    "=\u{301}1", "+15550100001;=1", "+1 555 010 0001", "+\u{661}\u{662}",
  ])
  func aCellThatASpreadsheetWouldRunIsDisarmed(cell: String) throws {
    let rows = try RowReader.rows(of: "x\n\(written([cell], disarmsFormulas: true))".utf8, format: .csv)
    #expect(rows.map(\.fields) == [[.text("'\(cell)")]])
  }

  @Test(arguments: ["+15550100001", "1-1", "a=b", "", "'=1", "100", " "])
  func phoneNumbersAndPlainTextAreNotDisarmed(cell: String) {
    #expect(written([cell, "x"], disarmsFormulas: true) == "\(cell),x\n")
  }

  @Test(arguments: [
    [["a"]], [[""]], [["", "x"]], [["\"", "\"\"", ","]], [["\n", "\r\n", "\r"]], [["\u{FEFF}", "e\u{301}", "\0"]],
    [["1", ""], ["", "2"]],
  ])
  func whatIsWrittenIsReadBack(records: [[String]]) throws {
    let header = records[0].indices.map { "column \($0)" }
    let text = ([header] + records).map { written($0) }.joined()
    let rows = try RowReader.rows(of: text.utf8, format: .csv)
    #expect(rows.map(\.fields) == records.map { $0.map(Row.Field.text) })
  }

  private func written(_ fields: [String], disarmsFormulas: Bool = false) -> String {
    var output: [UInt8] = []
    CSVWriter(disarmsFormulas: disarmsFormulas).write(fields, to: &output)
    return String(decoding: output, as: UTF8.self)
  }
}
