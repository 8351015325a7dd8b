import Delivery
import Ledger
import Messaging
import Testing

/// What follows from a provider's history about a message of unknown outcome: evidence in, conclusion out.
@Suite struct ReconcilerTests {
  @Test("Found: number, text, a time not before it left, and an id of its own", arguments: Evidence.finding)
  func found(evidence: Evidence) {
    #expect(evidence.conclusions == ["found 1"])
  }

  @Test("Missing: nothing in a whole history may be the message", arguments: Evidence.lacking)
  func missing(evidence: Evidence) {
    #expect(evidence.conclusions == ["missing"])
  }

  @Test("Unclear: something may be the message", arguments: Evidence.tracing)
  func trace(evidence: Evidence, reason: UnresolvedReason) {
    #expect(evidence.conclusions == ["\(reason)"])
  }

  @Test("Unclear: the history can't be believed", arguments: Evidence.doubting)
  func doubt(evidence: Evidence, reason: UnresolvedReason) {
    #expect(evidence.conclusions == ["\(reason)"])
  }

  @Test("As many as there are records are found, those that left first before the others")
  func equalRows() {
    let twice = Evidence("two rows") { $0.sought = [.row(1, leftAt: 20), .row(2, leftAt: 10)] }
    let records: [HistoryEntry] = [.entry("7", at: 30), .entry("8", at: 30), .entry("9", at: 30)]
    #expect(twice.with(entries: Array(records[..<1])).conclusions == ["takenByAnother", "found 7"])
    #expect(twice.with(entries: Array(records[..<2])).conclusions == ["found 8", "found 7"])
    #expect(twice.with(entries: records).conclusions == ["found 8", "found 7"])
  }

  @Test("Of two texts to a number of which one is there, the other is missing, in whatever order")
  func twoTexts() {
    for bodies in [["A", "B"], ["B", "A"]] {
      let evidence = Evidence("two texts") {
        $0.sought = [.row(1, bodies[0]), .row(2, bodies[1])]
        $0.entries = [.entry("1", "A")]
      }
      #expect(evidence.conclusions == bodies.map { $0 == "A" ? "found 1" : "missing" })
    }
  }

  @Test("A message that moved on while it was asked about is one message, and as it was last")
  func movedOn() {
    let last = HistoryEntry.entry("1") { $0.status = .delivered }
    let evidence = Evidence("moved on") {
      $0.entries = [.entry("1") { $0.status = .queued }, last]
      $0.sought = [.row(1), .row(2)]
    }
    #expect(evidence.reconciled == [.found(last.record), .unclear(.takenByAnother)])
  }

  @Test(
    "Where only the day is told, the parts of it that have a message tell whether it is older",
    arguments: [
      ([[], ["1"]], "found 1"), ([["1"], []], "noTime"), ([["1"], ["1"]], "noTime"), ([[], []], "noTime"),
      ([["2"], ["1"]], "found 1"),
    ])
  func partsOfDay(parts: [[String]], conclusion: String) {
    var evidence = Evidence("a day")
    evidence.entries = (parts.contains { $0.contains("2") } ? ["1", "2"] : ["1"])
      .map { .entry($0, at: -30_000, for: 86_399) }
    evidence.parts = parts
    #expect(evidence.conclusions == [conclusion])
  }

  @Test("The day is cut where it matters: where a message left that is like one of which only the day is told")
  func cuts() {
    let rows: [JobMessage] = [
      .row(1, leftAt: 100), .row(2, leftAt: 50), .row(3, leftAt: 100), .row(4, "B", leftAt: 70),
    ]
    var evidence = Evidence("a day") { $0.sought = rows }
    #expect(evidence.with(entries: [.entry(at: 0)]).cuts == [])
    #expect(evidence.with(entries: [.entry(at: 200, for: 86_399)]).cuts == [])
    #expect(evidence.with(entries: [.entry(to: "+15550100002", at: -30_000, for: 86_399)]).cuts == [])
    let day = evidence.with(entries: [.entry(at: -30_000, for: 86_399)])
    #expect(day.cuts == [47, 97])
    evidence.ahead = 7200
    #expect(evidence.with(entries: day.entries).cuts == [7247, 7297])
  }

  @Test("Only reasons that another look may clear up are worth one")
  func passing() {
    let passing: [UnresolvedReason] = [.windowTooShort, .mayStillArrive(seconds: 9), .unconfirmed]
    let lasting: [UnresolvedReason] = [.noText, .scheduled, .noClock, .gap(.noTotal), .rivals]
    #expect((passing + lasting).filter(\.isPassing) == passing)
  }
}

/// Whether a history was read as a whole, page by page.
@Suite struct HistoryAnswerTests {
  typealias Total = HistoryPage.RowTotal

  private func gap(_ pages: [(ids: [String], total: Total)]) -> HistoryGap? {
    var history = History(about: [.ada], since: nil, askedAt: Timestamp(unixSeconds: 0))
    var answer = HistoryAnswer(to: HistoryQuestion("all") { _ in .never })
    for (index, page) in pages.enumerated() where answer.next != nil {
      let next = index + 1 < pages.count ? PageCursor(index + 1) : nil
      let entries = page.ids.map { HistoryEntry.entry($0, to: "+15550100777") }
      answer.take(HistoryPage(entries, next: next, total: page.total), into: &history)
    }
    #expect(answer.next == nil)
    return history.gap(about: .ada)
  }

  @Test(
    "It was, if as many rows came as there are, whatever comes in meanwhile",
    arguments: [
      [([], .rows(0))], [(["1", "2"], .rows(2))], [(["1", "2"], .rows(3)), (["3"], .rows(3))],
      [(["1", "2"], .rows(3)), (["2", "3"], .rows(4))], [(["1", "2"], .onePage)], [(["1"], .rows(1)), ([], .rows(1))],
    ] as [[(ids: [String], total: Total)]])
  func whole(pages: [(ids: [String], total: Total)]) {
    #expect(gap(pages) == nil)
  }

  @Test(
    "It was not, if rows are missing or come twice, or the total shrinks or isn't told",
    arguments: [
      ([(["1"], .rows(nil))], .noTotal), ([([], .rows(1))], .incomplete(read: 0, total: 1)),
      ([(["1", "2"], .rows(3)), ([], .rows(3))], .incomplete(read: 2, total: 3)),
      ([(["1", "2"], .rows(4)), (["1", "2"], .rows(4)), (["3", "4"], .rows(4))], .inconsistent),
      ([(["1", "2"], .rows(3)), (["2", "3"], .rows(3))], .inconsistent),
      ([(["1", "2"], .rows(3)), (["3"], .rows(2))], .inconsistent),
    ] as [([(ids: [String], total: Total)], HistoryGap)])
  func gaps(pages: [(ids: [String], total: Total)], gap expected: HistoryGap) {
    #expect(gap(pages) == expected)
  }

  @Test("A gap about a number leaves others alone")
  func aboutNumber() {
    var history = History(about: [.ada], since: nil, askedAt: Timestamp(unixSeconds: 0))
    history.note(.noTotal, about: .ada)
    #expect(history.gap(about: .ada) == .noTotal)
    #expect(history.gap(about: .grace) == nil)
  }
}
