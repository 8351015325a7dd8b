import Messaging
import Testing

/// Rows with several numbers in one cell: places of messages, and rows of the input.
@Suite struct RowPartsTests {
  private static let parts: RowParts = {
    var parts = RowParts()
    parts.note(row: 2, count: 3)
    parts.note(row: 4, count: 2)
    return parts
  }()

  @Test("Each message knows its row and, in a row of several, its part")
  func origins() {
    let origins = (1...9).map { Self.parts.origin(of: $0) }
    #expect(origins.map(\.row) == [1, 2, 2, 2, 3, 4, 4, 5, 6])
    #expect(origins.map(\.part) == [nil, 1, 2, 3, nil, 1, 2, nil, nil])
    #expect(Self.parts.surplus == 3)
  }

  @Test("What the ledger keeps is read back, and nothing else is")
  func text() {
    #expect(Self.parts.text == "2:3 4:2")
    #expect(RowParts(text: "2:3 4:2") == Self.parts)
    #expect(RowParts().text == nil && RowParts(text: "") == RowParts())
    for text in ["2", "2:1", "2:x", "4:2 2:3", "2:3,4:2"] { #expect(RowParts(text: text) == nil) }
  }

  @Test("A list without such rows is shown as it is")
  func plain() {
    var record = MessageRecord(status: .planned)
    record.row = 7
    #expect(RowParts().shown(record) == record)
    #expect(Self.parts.shown(record).row == 4 && Self.parts.shown(record).part == 2)
  }
}
