import Testing
import TextFormats

@Suite struct VCardTests {
  private static let cards = """
    BEGIN:VCARD\r
    VERSION:3.0\r
    N:Lovelace;Ada;;;\r
    FN:Ada\\, Countess\r
    TEL;TYPE=HOME,VOICE:+1 555 010 0009\r
    item1.TEL;type=CELL;type=pref:+1 555\r
      010 0001\r
    EMAIL;TYPE=INTERNET:ada@example.com\r
    END:VCARD\r
    begin:vcard
    VERSION:4.0
    FN:Bob
    TEL;VALUE=uri;TYPE="voice,cell":tel:+1-555-010-0002
    END:VCARD

    BEGIN:VCARD
    FN:Nobody
    END:VCARD
    """

  @Test(
    "A card is a row with number, name and email; of several numbers the mobile one counts", arguments: [1, 3, 1000])
  func cards(size: Int) throws {
    let rows = try RowReader.rows(of: Self.cards.utf8, format: nil, pieces: size)
    #expect(rows.map(\.columns.names) == Array(repeating: ["to", "name", "email"], count: 3))
    #expect(
      rows.map(\.fields) == [
        [.text("+1 555 010 0001"), .text("Ada, Countess"), .text("ada@example.com")],
        [.text("tel:+1-555-010-0002"), .text("Bob"), .text("")], [.text(""), .text("Nobody"), .text("")],
      ])
    #expect(rows.map(\.position.line) == [1, 10, 16])
  }

  @Test(
    "Of several mobile numbers the preferred one counts, and one that is empty never does",
    arguments: [
      ("TEL;TYPE=CELL;PREF=2:1\nTEL;TYPE=CELL;PREF=1:2", "2"), ("TEL;TYPE=CELL:1\nTEL;TYPE=CELL;PREF=100:2", "2"),
      ("TEL;TYPE=CELL:1\nTEL;TYPE=CELL,pref:2", "2"), ("TEL;CELL:1\nTEL;CELL;PREF:2", "2"),
      ("TEL;TYPE=CELL:1\nTEL;TYPE=CELL:2", "1"), ("TEL;TYPE=HOME;PREF=1:1\nTEL;TYPE=CELL:2", "2"),
      ("TEL;TYPE=CELL:\nTEL;TYPE=HOME:2", "2"), ("TEL;TYPE=CELL: \nTEL;TYPE=FAX:2\nTEL:3", "3"),
    ])
  func preferred(lines: String, number: String) throws {
    let rows = try RowReader.rows(of: "BEGIN:VCARD\n\(lines)\nEND:VCARD\n".utf8, format: .vcf)
    #expect(rows.map { $0.fields[0] } == [.text(number)])
  }

  @Test("In a stop list all numbers of a card count")
  func allNumbers() throws {
    var options = RowOptions()
    options.isStopList = true
    var reader = RowReader(options: options)
    reader.append("BEGIN:VCARD\nTEL:1\nTEL;TYPE=CELL:2\nTEL;TYPE=FAX:3\nEND:VCARD\n".utf8)
    reader.finish()
    #expect(try reader.next()?.fields.first == .text("1\n2\n3"))
  }

  @Test(
    "Names are read as older versions write them, or the card is not",
    arguments: [
      ("N:Lovelace;Ada;;;", "Ada Lovelace"), ("N:Ada", "Ada"), ("FN: \nN:L\\;L;A", "A L;L"),
      ("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB=20L=\n=C3=ADu", "Zoë Líu"),
      ("FN;QUOTED-PRINTABLE:50=25", "50%"), ("FN:a=C3=AB", "a=C3=AB"),
      ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Zo=EB", nil),
    ] as [(String, String?)])
  func names(line: String, name: String?) throws {
    let text = "BEGIN:VCARD\nVERSION:2.1\n\(line)\nTEL;CELL:1\nEND:VCARD\n"
    guard let name else {
      #expect(throws: RowError(.unreadableProperty("FN"), row: 1, position: TextPosition(line: 1))) {
        try RowReader.rows(of: text.utf8, format: .vcf)
      }
      return
    }
    #expect(try RowReader.rows(of: text.utf8, format: .vcf).map { $0.fields[1] } == [.text(name)])
  }

  @Test(
    "What is outside of a card is no row", arguments: ["END:VCARD\n", "TEL:1\nEND:VCARD\n"])
  func outside(text: String) throws {
    #expect(try RowReader.rows(of: text.utf8, format: .vcf).isEmpty)
  }

  @Test(
    "A card that never ends is an error: the list may have been cut short",
    arguments: [("BEGIN:VCARD\nFN:Ada\nTEL:1", 1), ("BEGIN:VCARD\nTEL:1\nBEGIN:VCARD\nTEL:2\nEND:VCARD\n", 1)])
  func incomplete(text: String, row: Int) throws {
    #expect {
      try RowReader.rows(of: text.utf8, format: .vcf)
    } throws: { error in
      let error = error as? RowError
      return error?.reason == .unterminatedCard && error?.row == row
    }
  }
}
