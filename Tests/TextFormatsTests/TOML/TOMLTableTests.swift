import Testing
import TextFormats

@Suite struct TOMLTableTests {
  /// Every key of a document, in order, as `path@line:column`, with `=line:column` of its value.
  private func places(_ table: TOMLTable, under path: String = "") -> [String] {
    table.entries.flatMap { entry in
      let path = path + entry.key.name
      let own = "\(path)@\(text(entry.key.position))=\(text(entry.value.position))"
      let tables = (entry.value.array ?? []).enumerated().flatMap { index, element in
        ["\(path)[\(index)]=\(text(element.position))"]
          + (element.table.map { places($0, under: "\(path)[\(index)].") } ?? [])
      }
      return [own] + (entry.value.table.map { places($0, under: "\(path).") } ?? []) + tables
    }
  }

  private func text(_ position: TextPosition) -> String {
    "\(position.line):\(position.column)"
  }

  @Test(
    arguments: [
      ("b = 1\na = 2", ["b@1:1=1:5", "a@2:1=2:5"]),
      ("\u{FEFF}a=1", ["a@1:1=1:3"]),
      ("'é😀' = 1\r\n\"x\"\t= [1,\r\n  'é', 2]", ["é😀@1:1=1:8", "x@2:1=2:7", "x[0]=2:8", "x[1]=3:3", "x[2]=3:8"]),
      ("x = \"\"\"\n\n\"\"\" # c\ny = 1", ["x@1:1=1:5", "y@4:1=4:5"]),
      ("[ a . 'b' ]\nc = 1", ["a@1:3=1:3", "a.b@1:7=1:1", "a.b.c@2:1=2:5"]),
      ("[a.b]\n[a]\nc=1", ["a@1:2=2:1", "a.b@1:4=1:1", "a.c@3:1=3:3"]),
      ("a . b = 1\na.c = 2", ["a@1:1=1:1", "a.b@1:5=1:9", "a.c@2:3=2:7"]),
      ("t = { a.b = 1, c = {} }", ["t@1:1=1:5", "t.a@1:7=1:7", "t.a.b@1:9=1:13", "t.c@1:16=1:20"]),
      (
        "[[a]]\nb=1\n[a.c]\n[[a]]",
        ["a@1:3=1:1", "a[0]=1:1", "a[0].b@2:1=2:3", "a[0].c@3:4=3:1", "a[1]=4:1"]
      ),
    ] as [(String, [String])])
  func keepsOrderAndPlaces(document: String, expected: [String]) throws {
    #expect(try places(TOMLTable(parsing: document.utf8)) == expected)
  }

  @Test func keysAreComparedByteByByte() throws {
    let table = try TOMLTable(parsing: "\"\u{E9}\" = 1\n\"e\u{301}\" = 2".utf8)
    #expect(table["\u{E9}"]?.integer == 1)
    #expect(table["e\u{301}"]?.integer == 2)
    #expect(table["e"] == nil)
  }

  @Test(arguments: [
    "[a.b.c]\n[a]\nb.d = 1",
    "[a]\nb.c = 1\n[a.b.d]\n[[a.b.e]]",
    "a.b = 1\n[a.c]",
    "[[a.b]]\n[a.b.c]\n[[a.b]]\n[a.b.c]",
    "[a]\n[b]\n[a.c]",
    "[x.y.z]\n[x]",
    "a = { b.c = 1, b.d = 2 }",
    "[a.b]\n[[a.c]]\n[a]",
  ])
  func acceptsTablesThatAreAddedTo(document: String) throws {
    #expect(try !TOMLTable(parsing: document.utf8).entries.isEmpty)
  }

  @Test(arguments: ["", "\n", "# only a comment", "\r\n \t\r\n", "\u{FEFF}"])
  func acceptsAnEmptyDocument(document: String) throws {
    #expect(try TOMLTable(parsing: document.utf8).entries.isEmpty)
  }
}
