import Testing
import TextFormats

struct RowFormatTests {
  @Test(
    arguments: [
      ("a.csv", RowFormat.csv), ("x.d/A.CSV", .csv), ("a.json", .json), ("a.b.jsonl", .jsonl), ("a.ndjson", .jsonl),
      ("a.txt", nil), ("csv", nil), ("json", nil), ("a.csv/b", nil), ("a.csv.gz", nil), ("-", nil), ("", nil),
      ("/", nil),
    ] as [(String, RowFormat?)])
  func anExtensionNamesAFormat(path: String, format: RowFormat?) {
    #expect(RowFormat(path: path) == format)
  }

  @Test(arguments: [
    ("{\n\"to\":1}", RowFormat.json), ("{} {}\n", .json), ("BEGIN:VCARD\r\n", .vcf), ("begin:vcard\n", .vcf),
    ("0151/23456789\n", .lines), ("[{}]", .json), ("\u{FEFF}\n [", .json), ("{\"to\":1}\n", .jsonl),
    ("\r\n\t{}", .jsonl),
    ("\"+15550100001\" \"+15550100002\"\n", .json), ("\"a\",\"b\"\n", .csv),
    ("to,message\n", .csv), ("to\n+15550100001\n", .csv), ("number", .csv), ("\"to\"\n", .csv), ("to;message\n", .csv),
    ("номер\n", .csv), ("+15550100001,hello\n", .csv), ("1;2\n", .csv), ("# numbers\n", .csv),
    ("+15550100001\n", .lines), ("15550100001", .lines), ("\n\n +1 (555) 010-0001 \r\n", .lines),
    ("+1\u{A0}555\u{202F}010.0001\n", .lines), ("\u{FEFF}0015550100001\rto,message", .lines), ("", .lines),
    (" \n\n", .lines),
  ])
  func elseTheContentTellsWhateverTheSizeOfThePieces(text: String, format: RowFormat) {
    for size in [1, 2, 1000] {
      var reader = RowReader(format: nil)
      for start in stride(from: 0, to: text.utf8.count, by: size) {
        reader.append(text.utf8.dropFirst(start).prefix(size))
      }
      reader.finish()
      #expect(reader.format == format, "pieces of \(size)")
    }
  }

  @Test func nothingIsLostByLooking() throws {
    let rows = try RowReader.rows(of: "\u{FEFF}to,message\n1,a\n".utf8, format: nil, pieces: 4)
    #expect(try rows.map { try $0.text(at: 0) } == ["1"])
  }
}
