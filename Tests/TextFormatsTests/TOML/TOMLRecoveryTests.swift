import Testing
import TextFormats

/// What is read of a document, and said about it, where more than one thing in it is wrong.
@Suite struct TOMLRecoveryTests {
  private func recovered(_ document: String, mostErrors: Int = 20) -> (table: TOMLTable, errors: [TOMLError]) {
    TOMLTable.recovered(from: document.utf8, mostErrors: mostErrors)
  }

  @Test(
    "Each mistake is found, and what follows one is no mistake",
    arguments: [
      ("a = 1\nb = 2", []),
      ("a = x\nb = y\nc = 1", [1, 2]),
      ("a\nb c\n= 1", [1, 2, 3]),
      ("[a\nb = 1\nc = x", [1, 3]),
      ("a = 'x\nb = 1\nc = y", [1, 3]),
      ("a = \"first\nsecond\nthird\"\nb = x", [1, 4]),
      ("a = [\n1,\nx,\n2\n]\nb = y", [3, 6]),
      ("a = [1\nb = x\nc = 1", [2, 2]),
      ("a = {\nb = 1 }\nc = x", [1, 2, 3]),
      ("a = '''\n' x = \\\nb = c\n''' x\nd = e", [4, 5]),
      ("a = \"\"\"\n\\q\nb = c\n\"\"\"\nd = e", [2, 5]),
      ("a = '''\nb = c\nd = e", [1]),
      ("[a]\n[a]\nb = 1\nb = 2", [2, 4]),
      ("a = 1\r\nb = x\r\nc = y\r\n", [2, 3]),
    ])
  func lines(document: String, expected: [Int]) {
    #expect(recovered(document).errors.map(\.position.line) == expected)
  }

  @Test("What is right is read, and what stands below a bad header belongs to no table")
  func table() {
    let (table, errors) = recovered("[a]\nb = x\nc = 1\n[d\nc = 2\n[e]\nf = 3")
    #expect(errors.count == 2)
    #expect(table.entries.map(\.key.name) == ["a", "e"])
    #expect(table["a"]?.table?.entries.map(\.key.name) == ["c"])
    #expect(table["e"]?.table?["f"]?.integer == 3)
  }

  @Test("After so many mistakes nothing more is read")
  func limit() {
    let (table, errors) = recovered("a = x\nb = y\nc = z\nd = 1", mostErrors: 2)
    #expect(errors.map(\.position.line) == [1, 2])
    #expect(table.entries.isEmpty)
  }

  @Test(
    "The general words for a mistake hold nothing of the document",
    arguments: [
      "S3CRET = 1\nS3CRET = 2", "[S3CRET]\n[S3CRET]", "S3CRET = 1\nS3CRET.a = 2", "a = \"\u{1}S3CRET",
      "a = \"\\ud83dS3CRET\"",
    ])
  func generalReason(document: String) throws {
    let error = try #require(recovered(document).errors.first)
    #expect(!error.generalReason.contains("S3CRET") && !error.generalReason.contains("d83d"))
    #expect(!error.generalReason.isEmpty)
  }
}
