import Messaging
import TestSupport
import Testing

@testable import Ledger

private typealias Row = (number: Int, message: OutgoingMessage)

private func row(_ number: Int, _ to: String, _ body: String = "hello") throws -> Row {
  (number, OutgoingMessage(to: try PhoneNumber(parsing: to), body: body))
}

private func plan(
  _ rows: [Row], suppressing suppressed: [String] = [], allowingDuplicates: Bool = false
) throws -> JobPlan {
  let plan = try JobPlan()
  for number in suppressed { try plan.suppress(PhoneNumber(parsing: number)) }
  for row in rows { try plan.add(row.message, row: row.number) }
  try plan.finish(allowingDuplicates: allowingDuplicates)
  return plan
}

extension JobPlan {
  fileprivate func all(_ status: MessageStatus? = nil) throws -> [MessageRecord] {
    let records = try records(status)
    var rows: [MessageRecord] = []
    while let row = try records.next() { rows.append(row) }
    return rows
  }
}

@Suite(.ownThread) struct JobPlanTests {
  @Test func rowsComeBackAsTheyWere() throws {
    let message = OutgoingMessage(
      to: try PhoneNumber(parsing: "+15550100001"), body: "naïve 👩‍👩‍👧 \0 ' \r\n end", from: "SHOP",
      scheduledAt: Timestamp(unixSeconds: -1))
    let back = try #require(try plan([(3, message)]).all().first)
    var expected = MessageRecord(message)
    expected.row = 3
    #expect(back == expected)
    #expect(Array((back.body ?? "").utf8) == Array(message.body.utf8))
  }

  @Test(arguments: [1, 253, 254, 255, 256, 20_000])
  func textsOfAnyLengthComeBack(length: Int) throws {
    let text = String(repeating: "x", count: length)
    let plan = try plan([row(1, "+15550100001", text), row(2, "+15550100002", "next")])
    #expect(try plan.all().map(\.body) == [text, "next"])
  }

  @Test func rowsAreReadInOrder() throws {
    let plan = try plan((1...1000).map { try row($0 * 2, "+1555010\(1000 + $0)") })
    #expect(plan.counts.planned == 1000)
    #expect(try plan.all().map(\.row) == (1...1000).map { $0 * 2 })
  }

  @Test func laterRowWithTheSameNumberAndTextIsSkipped() throws {
    let table = try plan([
      row(1, "+15550100001"), row(2, "+15550100002"), row(3, "+15550100001", "other"), row(4, "+15550100001"),
      row(5, "+15550100001"),
    ])
    #expect((table.counts.planned, table.counts.skipped, table.counts.rows) == (3, 2, 5))
    let skipped = try table.all(.skipped)
    #expect(skipped.map(\.row) == [4, 5])
    #expect(skipped.map(\.error?.code) == ["duplicate", "duplicate"])
    #expect(skipped[1].error?.message == "same number and text as row 1")
  }

  @Test(arguments: [("e\u{301}", "\u{E9}"), ("a", "a "), ("a", "A"), ("a\0b", "a\0c"), ("\r\n", "\n\r")])
  func textsThatDifferInBytesAreNoDuplicates(_ texts: (String, String)) throws {
    let plan = try plan([row(1, "+15550100001", texts.0), row(2, "+15550100001", texts.1)])
    #expect(plan.counts.planned == 2)
  }

  @Test func rowsWithEqualHashesAreComparedThemselves() throws {
    let table = try JobPlan(options: SendOptions()) { _, _ in 7 }
    let texts = ["a", "b", "a", "b", "c", "b", "c", "d"]
    for (index, text) in texts.enumerated() { try table.add(row(0, "+15550100001", text).message, row: index + 1) }
    try table.add(row(9, "+15550100002", "a").message, row: 9)
    try table.finish()
    #expect(table.counts.skipped == 4)
    #expect(try table.all(.planned).map(\.row) == [1, 2, 5, 8, 9])
  }

  @Test func duplicatesMayBeAllowed() throws {
    let plan = try plan([row(1, "+15550100001"), row(2, "+15550100001")], allowingDuplicates: true)
    #expect((plan.counts.planned, plan.counts.skipped) == (2, 0))
  }

  @Test func suppressedNumbersAreSkippedBeforeAnythingElse() throws {
    let table = try plan(
      [row(1, "+15550100001"), row(2, "+15550100002"), row(3, "+15550100001")],
      suppressing: ["+15550100001", "+15550100009", "+15550100001"])
    #expect((table.counts.planned, table.counts.skipped) == (1, 2))
    #expect(try table.all(.skipped).map(\.error?.code) == ["suppressed", "suppressed"])
  }

  @Test func invalidRowsKeepWhatWasWritten() throws {
    let error = MessageError(code: "invalid", message: "no number")
    let table = try JobPlan()
    for row in 1...2 { try table.skip(row: row, error, to: "x", body: "hello") }
    try table.finish()
    #expect((table.counts.planned, table.counts.skipped) == (0, 2))
    let record = try #require(try table.all().first)
    #expect((record.status, record.to, record.row, record.error?.message) == (.skipped, "x", 1, "no number"))
  }

  /// More than can be looked up one by one: a file whose second half repeats the first, and one row again and again.
  @Test(arguments: [30_000, 1])
  func manyDuplicatesAreAllFound(distinct: Int) throws {
    let table = try JobPlan()
    for number in 1...120_000 { try table.add(row(0, "+1555\(1_000_000 + number % distinct)").message, row: number) }
    try table.finish()
    #expect((table.counts.planned, table.counts.skipped) == (distinct, 120_000 - distinct))
    #expect(try table.all(.planned).map(\.row) == Array(1...distinct))
  }
}
