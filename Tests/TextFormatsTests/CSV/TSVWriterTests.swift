import Testing
import TextFormats

@Suite struct TSVWriterTests {
  @Test(
    "Each record is one line of as many cells, whatever is in them",
    arguments: [
      (["a", "b"], "a\tb\n"), (["", "", ""], "\t\t\n"), ([""], "\n"), (["a\tb"], "a\\tb\n"), (["a\nb"], "a\\nb\n"),
      (["a\r\nb"], "a\\r\\nb\n"), (["C:\\new"], "C:\\\\new\n"), (["\\t"], "\\\\t\n"), (["\"q\"", "日本"], "\"q\"\t日本\n"),
    ])
  func lines(cells: [String], line: String) {
    var bytes: [UInt8] = []
    TSVWriter().write(cells, to: &bytes)
    #expect(Array(line.utf8) == bytes)
  }

  @Test("Formulas are disarmed where that is wanted, and numbers left alone")
  func formulas() {
    var bytes: [UInt8] = []
    TSVWriter(disarmsFormulas: true).write(["=1+1", "+15550100001", "\t=1"], to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "'=1+1\t+15550100001\t'\\t=1\n")
  }
}
