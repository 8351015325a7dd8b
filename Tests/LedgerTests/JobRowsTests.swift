import Messaging
import TestSupport
import Testing

@testable import Ledger

private func row(_ number: Int, _ to: String, _ body: String = "hello") throws -> JobRow {
  JobRow(number: number, OutgoingMessage(to: try PhoneNumber(parsing: to), body: body))
}

private func plan(
  _ rows: [JobRow], suppressing suppressed: [String] = [], allowingDuplicates: Bool = false
) throws -> (JobRows, PlanCounts) {
  let table = try JobRows()
  for number in suppressed { try table.suppress(PhoneNumber(parsing: number)) }
  for row in rows { try table.append(row) }
  return (table, try table.finishPlanning(allowingDuplicates: allowingDuplicates))
}

extension JobRows {
  fileprivate func all(_ status: MessageStatus? = nil) throws -> [JobRow] {
    var cursor = cursor(status: status)
    var rows: [JobRow] = []
    while let row = try cursor.next() { rows.append(row) }
    return rows
  }
}

@Suite(.ownThread) struct JobRowsTests {
  @Test func rowsComeBackAsTheyWere() throws {
    var message = OutgoingMessage(
      to: try PhoneNumber(parsing: "+15550100001"), body: "naïve 👩‍👩‍👧 \0 ' \r\n end", from: "SHOP",
      scheduledAt: Timestamp(unixSeconds: -1))
    message.options.devices = [DeviceSelector(id: 1), DeviceSelector(id: 2, sim: 0)]
    let (table, _) = try plan([JobRow(number: 3, message)])
    let back = try #require(try table.all().first)
    #expect(back.message == message)
    #expect(Array(back.body.utf8) == Array(message.body.utf8))
    #expect((back.number, back.status) == (3, .planned))
  }

  @Test func pagesAreReadInOrderAcrossTheirBorders() throws {
    let (table, counts) = try plan((1...1000).map { try row($0 * 2, "+1555010\(1000 + $0)") })
    #expect(counts.planned == 1000)
    #expect(try table.all().map(\.number) == (1...1000).map { $0 * 2 })
    #expect(try table.page(after: 10, limit: 2).map(\.number) == [12, 14])
    #expect(try table.page(after: 2000).isEmpty)
  }

  @Test func laterRowWithTheSameNumberAndTextIsSkipped() throws {
    let (table, counts) = try plan([
      row(1, "+15550100001"), row(2, "+15550100002"), row(3, "+15550100001", "other"), row(4, "+15550100001"),
      row(5, "+15550100001"),
    ])
    #expect((counts.planned, counts.duplicates, counts.rows) == (3, 2, 5))
    let skipped = try table.all(.skipped)
    #expect(skipped.map(\.number) == [4, 5])
    #expect(skipped.map(\.error?.code) == ["duplicate", "duplicate"])
    #expect(skipped[1].error?.message == "same number and text as row 1")
  }

  @Test(arguments: [("e\u{301}", "\u{E9}"), ("a", "a "), ("a", "A"), ("a\0b", "a\0c"), ("\r\n", "\n\r")])
  func textsThatDifferInBytesAreNoDuplicates(_ texts: (String, String)) throws {
    let (_, counts) = try plan([row(1, "+15550100001", texts.0), row(2, "+15550100001", texts.1)])
    #expect(counts.planned == 2)
  }

  @Test func rowsWithEqualHashesAreComparedThemselves() throws {
    let table = try JobRows(options: SendOptions()) { _ in 7 }
    let texts = ["a", "b", "a", "b", "c", "b", "c", "d"]
    for (index, text) in texts.enumerated() { try table.append(row(index + 1, "+15550100001", text)) }
    try table.append(row(9, "+15550100002", "a"))
    #expect(try table.finishPlanning().duplicates == 4)
    #expect(try table.all(.planned).map(\.number) == [1, 2, 5, 8, 9])
  }

  @Test func duplicatesMayBeAllowed() throws {
    let (_, counts) = try plan([row(1, "+15550100001"), row(2, "+15550100001")], allowingDuplicates: true)
    #expect((counts.planned, counts.duplicates) == (2, 0))
  }

  @Test func suppressedNumbersAreSkippedBeforeAnythingElse() throws {
    let (table, counts) = try plan(
      [row(1, "+15550100001"), row(2, "+15550100002"), row(3, "+15550100001")],
      suppressing: ["+15550100001", "+15550100009", "+15550100001"])
    #expect((counts.planned, counts.suppressed, counts.duplicates) == (1, 2, 0))
    #expect(try table.all(.skipped).map(\.error?.code) == ["suppressed", "suppressed"])
  }

  @Test func invalidRowsKeepWhatWasWritten() throws {
    let error = MessageError(code: "invalid", message: "no number")
    let (table, counts) = try plan([1, 2].map { JobRow(number: $0, skipped: error, to: "x", body: "hello") })
    #expect((counts.invalid, counts.duplicates) == (2, 0))
    let record = try #require(try table.all().first).record
    #expect((record.status, record.to, record.row, record.error?.message) == (.skipped, "x", 1, "no number"))
  }

  /// More than can be looked up one by one: a file whose second half repeats the first, and one row again and again.
  @Test(arguments: [30_000, 1])
  func manyDuplicatesAreAllFound(distinct: Int) throws {
    let table = try JobRows()
    for number in 1...120_000 { try table.append(row(number, "+1555\(1_000_000 + number % distinct)")) }
    let counts = try table.finishPlanning()
    #expect((counts.planned, counts.duplicates) == (distinct, 120_000 - distinct))
    #expect(try table.all(.planned).map(\.number) == Array(1...distinct))
  }
}
