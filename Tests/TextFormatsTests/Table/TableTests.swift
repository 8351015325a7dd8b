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
    (21, "id  name   text\n1   Alice  a long te…\n"), (20, "id  name\n1   Alice\n"), (8, "id\n1\n"), (2, "id\n1\n"),
    (1, "…\n1\n"), (0, "…\n1\n"),
  ])
  func onATerminalTextIsCutAndThenWhatMattersLeastIsLeftOut(width: Int, text: String) {
    #expect(
      table(["id", "name", "text"], [["1", "Alice", "a long text"]], importance: [0, 1, 2]).rendered(width: width)
        == text)
  }

  @Test(arguments: [
    (31, "job           text        state\n2027-03-news  a long te…  done\n"),
    (30, "job           state\n2027-03-news  done\n"), (18, "state\ndone\n"), (3, "state\ndone\n"),
  ])
  func whatIsKeptWholeIsWholeOrAbsent(width: Int, text: String) {
    var table = table(["job", "text", "state"], [["2027-03-news", "a long text", "done"]], importance: [1, 2, 0])
    table.columns[0].isKeptWhole = true
    table.columns[2].isKeptWhole = true
    #expect(table.rendered(width: width) == text)
  }

  @Test(arguments: [
    (100, "to  body   error\n1   Hello  no such device\n2   Bye\n"),
    (25, "to  body   error\n1   Hello  no such device\n2   Bye\n"),
    (24, "to  body\n1   Hello\n  no such device\n2   Bye\n"),
    (12, "to  body\n1   Hello\n  no such\n  device\n2   Bye\n"),
  ])
  func anExplanationStandsBelowItsRowWhereItHasNoRoom(width: Int, text: String) {
    var table = table(
      ["to", "body", "error"], [["1", "Hello", "no such device"], ["2", "Bye", ""]], importance: [0, 2, 1])
    table.columns[2].isKeptWhole = true
    table.columns[2].isDetail = true
    #expect(table.rendered(width: width) == text)
  }

  @Test func noLineIsWiderThanTheTerminal() {
    let wide = table(["一", ">ab", "c"], [["日本語日本語", "12345678", "👍🏽👍🏽👍🏽"], ["a", "1", "\u{1B}[2J"]])
    for width in 2...40 {
      for line in wide.rendered(width: width).split(separator: "\n") {
        #expect(String(line).displayWidth <= width, "\(line)")
        #expect(line.last != " ")
      }
    }
  }

  @Test func theTerminalIsToldWhereTheCellAfterATextOfUncertainWidthBegins() {
    var (lines, widths): ([UInt8], [Int]) = ([], [])
    table(["a", "b"], [["👍🏽", "1"], ["日本", "2"], ["e\u{301}", "3"]])
      .write(to: &lines, widening: &widths, positions: true)
    #expect(String(decoding: lines, as: UTF8.self) == "a     b\n👍🏽    \u{1B}[7G1\n日本  2\ne\u{301}     3\n")
  }

  @Test func aPieceWithOtherColumnsHasAHeaderOfItsOwn() {
    var (lines, widths): ([UInt8], [Int]) = ([], [])
    var piece = table(["id", "n"], [["1", "22"]], importance: [0, 1])
    for index in piece.columns.indices { piece.columns[index].isKeptWhole = true }
    let fit = piece.write(to: &lines, widening: &widths, width: 6)
    piece.rows = [[Table.Cell("12345"), Table.Cell("1")]]
    let next = piece.write(to: &lines, widening: &widths, width: 6, after: fit)
    piece.write(to: &lines, widening: &widths, width: 6, after: next)
    #expect(String(decoding: lines, as: UTF8.self) == "id  n\n1   22\nid\n12345\n12345\n")
    #expect(next.dropped == [1])
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
  private func table(_ headers: [String], _ rows: [[String]], importance: [Int] = []) -> Table {
    var table = Table(
      columns: headers.map { header in
        header.hasPrefix(">")
          ? Table.Column(String(header.dropFirst()), alignment: .right) : Table.Column(header)
      },
      rows: rows.map { row in row.map { Table.Cell($0) } })
    for (index, rank) in importance.enumerated() { table.columns[index].importance = rank }
    return table
  }
}
