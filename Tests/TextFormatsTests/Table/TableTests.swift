import Testing
import TextFormats

struct TableTests {
  @Test func columnsLineUpByDisplayWidth() {
    let text = table(["name", ">amount", "note"], [["日本", "1.50", "👍🏽 ok"], ["e\u{301}", "100", ""], ["", "", "x"]])
      .rendered()
    #expect(
      text == """
        name  amount  note
        日本    1.50  👍🏽 ok
        e\u{301}        100
                      x

        """)
  }

  @Test(arguments: [
    (["a", "b"], [["1", ""], ["22", ""]], "a   b\n1\n22\n"), (["a", ">b"], [["", "1"]], "a  b\n   1\n"),
    (["a", ""], [["x", ""]], "a\nx\n"), (["a"], [["x  "], ["  "]], "a\nx\n\n"), (["a"], [], "a\n"), ([], [], "\n"),
    (["a", "b", "c"], [["1"], ["1", "2", "3", "4"]], "a  b  c\n1\n1  2  3\n"), (["\n"], [["a\nb"]], "\\n\na\\nb\n"),
  ])
  func noLineEndsInASpace(headers: [String], rows: [[String]], text: String) {
    #expect(table(headers, rows).rendered() == text)
  }

  @Test func theHeaderCanBeLeftOutAndThenTakesNoRoom() {
    #expect(table(["long header", "b"], [["1", "2"]]).rendered(showsHeader: false) == "1  2\n")
    #expect(table(["a"], []).rendered(showsHeader: false) == "")
  }

  @Test(arguments: [
    (100, "id  name   text\n1   Alice  a long text\n"), (22, "id  name   text\n1   Alice  a long text\n"),
    (21, "id  name   text\n1   Alice  a long te…\n"), (15, "id  name   text\n1   Alice  a l…\n"),
    (14, "id  name  text\n1   Ali…  a l…\n"), (7, "…  …  …\n1  …  …\n"), (4, "…  …\n1  …\n"), (3, "id\n1\n"),
    (0, "…\n1\n"),
  ])
  func onATerminalTheWidestColumnsAreCutFirst(width: Int, text: String) {
    #expect(table(["id", "name", "text"], [["1", "Alice", "a long text"]]).rendered(width: width) == text)
  }

  @Test(arguments: [
    (26, "job           text   state\n2027-03-news  a lo…  done\n"),
    (24, "job           text  sta…\n2027-03-news  a l…  done\n"),
    (23, "job      text     state\n2027-0…  a long…  done\n"),
  ])
  func whatIsKeptWholeIsCutLast(width: Int, text: String) {
    var table = table(["job", "text", "state"], [["2027-03-news", "a long text", "done"]])
    table.columns[0].isKeptWhole = true
    #expect(table.rendered(width: width) == text)
  }

  @Test(arguments: [false, true])
  func noLineIsWiderThanTheTerminal(isKeptWhole: Bool) {
    var wide = table(["一", ">ab", "c"], [["日本語日本語", "12345678", "👍🏽👍🏽👍🏽"], ["a", "1", "\u{1B}[2J"]])
    wide.columns[0].isKeptWhole = isKeptWhole
    for width in 2...40 {
      for line in wide.rendered(width: width).split(separator: "\n") {
        #expect(String(line).displayWidth <= width, "\(line)")
        #expect(line.last != " ")
      }
    }
  }

  @Test func coloursTakeNoRoomAndLeavePaddingAlone() {
    let table = Table(
      columns: [Table.Column("state"), Table.Column("n", alignment: .right)],
      rows: [[Table.Cell("ok", style: .good), Table.Cell("10")], [Table.Cell("failed", style: .bad), Table.Cell("")]])
    let esc = "\u{1B}["
    #expect(
      table.rendered(colored: true)
        == "\(esc)1mstate\(esc)0m    \(esc)1mn\(esc)0m\n\(esc)32mok\(esc)0m      10\n\(esc)31mfailed\(esc)0m\n")
    #expect(table.rendered() == "state    n\nok      10\nfailed\n")
  }

  @Test func coloursInACellAreEscapedNotObeyed() {
    #expect(table(["a"], [["\u{1B}[31mred"]]).rendered(colored: false) == "a\n\\x1b[31mred\n")
  }

  /// A `>` before a header aligns its column to the right.
  private func table(_ headers: [String], _ rows: [[String]]) -> Table {
    Table(
      columns: headers.map { header in
        header.hasPrefix(">")
          ? Table.Column(String(header.dropFirst()), alignment: .right) : Table.Column(header)
      },
      rows: rows.map { row in row.map { Table.Cell($0) } })
  }
}
