import Delivery
import Ledger
import Testing

@testable import Messaging

/// The evidence about messages. By itself it is about one to Ada with the text "A" that left an hour ago, at second 0, and
/// about an empty history that was read twice.
struct Evidence: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var sought = [JobMessage.row(1)]
  var entries: [HistoryEntry] = []
  /// The ids in the parts of the time before and since the message left, where they were asked for.
  var parts: [[String]] = []
  var owners: [NamedMessage] = []
  /// Texts of other messages to Ada that are unknown.
  var rivals: [String] = []
  var gaps: [HistoryGap] = []
  var expectedIDs: Set<String> = []
  /// Seconds by which the provider's clock is ahead; nil where it tells no time.
  var ahead: Int64? = 0
  /// Seconds before the first message left.
  var beginsBefore: Int64 = 40 * 3600
  var hasWindow = true
  var reportsScheduled = true
  /// The second in which it was asked.
  var askedAt: Int64 = 3600
  var waited: Int64 = 0
  var untraced: Set<Int> = [1, 2]

  init(_ name: String, _ change: (inout Evidence) -> Void = { _ in }) {
    testDescription = name
    change(&self)
  }

  func with(entries: [HistoryEntry]) -> Evidence {
    var evidence = self
    evidence.entries = entries
    return evidence
  }

  /// The seconds at which the time would be cut.
  var cuts: [Int64] {
    history.cuts(for: messages).map { $0.unixSeconds - Timestamp.second(0).unixSeconds }
  }

  private var messages: [UnresolvedMessage] { sought.map { UnresolvedMessage($0, hiding: .none) } }

  private var history: History {
    let (start, asked) = (Timestamp.second(-beginsBefore), Timestamp.second(askedAt))
    var history = History(about: [.ada], since: hasWindow ? start : nil, askedAt: asked, expectedIDs: expectedIDs)
    var answer = HistoryAnswer(to: HistoryQuestion("all") { _ in .never })
    answer.take(HistoryPage(entries), into: &history)
    for gap in gaps { history.note(gap) }
    history.note(date: ahead.map { asked.adding(seconds: $0) }, between: asked, and: asked)
    let cuts = history.cuts(for: messages)
    history.place(
      by: zip([start] + cuts, parts).map { start, ids in
        var part = History(about: [.ada], since: start, askedAt: asked)
        var answer = HistoryAnswer(to: HistoryQuestion("part") { _ in .never })
        answer.take(HistoryPage(ids.map { .entry($0) }), into: &part)
        return part
      })
    return history
  }

  var reconciled: [Reconciler.Conclusion] {
    let circumstances = ReconciliationContext(
      settlingTime: 90, waited: waited, hasWindow: hasWindow, reportsScheduled: reportsScheduled, untraced: untraced)
    let elsewhere = rivals.map { (number: PhoneNumber.ada.e164, body: $0) }
    var reconciler = Reconciler(history, owners: owners, unknownElsewhere: elsewhere, circumstances)
    return reconciler.conclusions(about: messages)
  }

  /// In words: `found 1`, `missing`, or the reason why it is unclear.
  var conclusions: [String] {
    reconciled.map { conclusion in
      switch conclusion {
      case .found(let record): "found \(record.id ?? "-")"
      case .missing: "missing"
      case .unclear(let reason): "\(reason)"
      }
    }
  }
}

extension Evidence {
  static let finding = [
    Evidence("as it was sent") { $0.entries = [.entry()] },
    Evidence("its number without +") { $0.entries = [.entry(to: "15550100001")] },
    Evidence("its number with 00 and blanks") { $0.entries = [.entry(to: "001 (555) 010-0001")] },
    Evidence("only its day is told, and that is a later one") { $0.entries = [.entry(at: 6400, for: 86_399)] },
    Evidence("the history has gaps") { ($0.entries, $0.gaps) = ([.entry()], [.inconsistent]) },
    Evidence("the provider's clock is two hours behind") { ($0.entries, $0.ahead) = ([.entry(at: -7200)], -7200) },
    Evidence("our clock was two hours behind") { $0.entries = [.entry(at: 7200)] },
    Evidence("its id is another number's, from before the provider was set up anew") {
      ($0.entries, $0.owners) = ([.entry()], [.named("1", "A", to: "+15550100777")])
    },
    Evidence("the provider named its id") {
      ($0.sought, $0.entries) = ([.row(1, id: "1")], [.entry("1", nil, at: nil)])
    },
    Evidence("another like it is unknown, but both are there") {
      ($0.entries, $0.rivals) = ([.entry("1"), .entry("2")], ["A"])
    },
    Evidence("another text is unknown") { ($0.entries, $0.rivals) = ([.entry()], ["B"]) },
    Evidence("it may still arrive, but is there already") {
      ($0.entries, $0.askedAt, $0.untraced) = ([.entry()], 1, [])
    },
  ]

  static let lacking = [
    Evidence("nothing is there"),
    Evidence("the same text to others") { $0.entries = [.entry(to: "+15550100002"), .entry("2", to: "445550100001")] },
    Evidence("other texts from before") {
      $0.entries = [.entry("1", "B", at: -3600), .entry("2", "B", to: "", at: -3600)]
    },
    Evidence("a text to the number that the ledger knows") {
      ($0.entries, $0.owners) = ([.entry("1", "B")], [.named("1", "B")])
    },
    Evidence("the same text from before, which the ledger knows") {
      ($0.entries, $0.owners) = ([.entry(at: -3600)], [.named("1", "A")])
    },
    Evidence("no text, from before, under the id of a row with the number") {
      ($0.entries, $0.owners) = ([.entry("1", nil, at: -3600)], [.named("1", "B")])
    },
    Evidence("what the provider took before is there") {
      ($0.entries, $0.expectedIDs) = ([.entry("5", "B", to: "+15550100002")], ["5"])
    },
    Evidence("it was to be sent later, and the provider reports that") { $0.sought = [.row(1, isScheduled: true)] },
    Evidence("this run has waited, whatever the clock says") { ($0.askedAt, $0.waited) = (0, 90) },
  ]

  static let tracing: [(Evidence, UnresolvedReason)] =
    [
      "1555***1001", "***0001", "…0001", "", nil, "1.5E10", "1.5550100001E+10", "15550100001.0", "5550100001",
      "0 5550100001", "01115550100001", "１５５５０１００００１", "Ada", "100001", "15550100001 ext. 2",
    ].map { (number: String?) in
      (Evidence("a number written \(number ?? "not at all")") { $0.entries = [.entry(to: number)] }, .oddNumber)
    }
    + ["1555***0001", "", "1.5E10", "5550100001"].map { (number: String) in
      (Evidence("another text to \(number)") { $0.entries = [.entry("1", "B", to: number)] }, .oddNumber)
    }
    + ["A ", "A\r\n", "a", "&#65;", "B"].map { (text: String) in
      (Evidence("a text changed to \(text.debugDescription)") { $0.entries = [.entry("1", text)] }, .otherText)
    }
    + [
      (Evidence("no text") { $0.entries = [.entry("1", nil)] }, .noText),
      (Evidence("an empty text") { $0.entries = [.entry("1", "")] }, .noText),
      (Evidence("no time") { $0.entries = [.entry(at: nil)] }, .noTime),
      (Evidence("only the day on which it left") { $0.entries = [.entry(at: -80_000, for: 86_399)] }, .noTime),
      (Evidence("no id") { $0.entries = [.entry(nil)] }, .noID),
      (Evidence("it came in") { $0.entries = [.entry { $0.direction = .in }] }, .noID),
      (
        Evidence("an id that a message to another number has, too") {
          $0.entries = [.entry(), .entry("1", "B", to: "+15550100777")]
        }, .noID
      ),
      (Evidence("an id that stands for two messages") { $0.entries = [.entry(), .entry("1", "C")] }, .noID),
      (Evidence("from before it left") { $0.entries = [.entry(at: -3600)] }, .beforeClaim),
      (Evidence("from before, with a changed text") { $0.entries = [.entry("1", "A ", at: -3600)] }, .beforeClaim),
      (Evidence("from before, with a masked number") { $0.entries = [.entry(to: "***0001", at: -3600)] }, .beforeClaim),
      (Evidence("from before, without a text") { $0.entries = [.entry("1", nil, at: -3600)] }, .beforeClaim),
      (
        Evidence("from before it left, by the provider's clock") { ($0.entries, $0.ahead) = ([.entry(at: 10)], 7200) },
        .beforeClaim
      ),
      (
        Evidence("another row has it") { ($0.entries, $0.owners) = ([.entry()], [.named("1", "A")]) },
        .takenByAnother
      ),
      (
        Evidence("another row with another text has its id") {
          ($0.entries, $0.owners) = ([.entry()], [.named("1", "B")])
        }, .takenByAnother
      ),
      (
        Evidence("a row of the job with another number has its id") {
          ($0.entries, $0.owners) = ([.entry()], [.named("1", "A", to: "+15550100777", row: 2)])
        }, .takenByAnother
      ),
      (
        Evidence("from before, under the id of another row with another text") {
          ($0.entries, $0.owners) = ([.entry(at: -3600)], [.named("1", "B")])
        }, .beforeClaim
      ),
      (
        Evidence("another row has the id, but there is no text") {
          ($0.entries, $0.owners) = ([.entry("1", nil)], [.named("1", "B")])
        }, .noText
      ),
      (Evidence("one for two that are unknown") { ($0.entries, $0.rivals) = ([.entry()], ["A"]) }, .rivals),
    ]

  static let doubting: [(Evidence, UnresolvedReason)] =
    [
      .refused(code: "-16", message: "Other error."), .untrusted(message: "?"), .noTotal, .inconsistent, .endless,
    ].map { gap in (Evidence("\(gap)") { $0.gaps = [gap] }, .gap(gap)) }
    + [
      (Evidence("a message that the provider took isn't there") { $0.expectedIDs = ["5"] }, .gap(.lacks(id: "5"))),
      (Evidence("the provider named an id") { $0.sought = [.row(1, id: "9")] }, .named(id: "9")),
      (
        Evidence("scheduled messages are not reported") {
          ($0.sought, $0.reportsScheduled) = ([.row(1, isScheduled: true)], false)
        }, .scheduled
      ),
      (Evidence("it left at no time") { $0.sought = [.row(1, leftAt: nil)] }, .unknownClaim),
      (Evidence("it left in the future") { $0.sought = [.row(1, leftAt: 3601)] }, .unknownClaim),
      (Evidence("no Date header") { $0.ahead = nil }, .noClock),
      (Evidence("no Date header, and a history of all times") { ($0.hasWindow, $0.ahead) = (false, nil) }, .noClock),
      (Evidence("the history begins too late") { $0.beginsBefore = 600 }, .windowTooShort),
      (Evidence("the provider's clock is far behind") { $0.ahead = -40 * 3600 }, .windowTooShort),
      (Evidence("it left just now") { $0.askedAt = 30 }, .mayStillArrive(seconds: 60)),
      (
        Evidence("this run has not waited long enough") { ($0.askedAt, $0.waited) = (0, 89) },
        .mayStillArrive(seconds: 1)
      ),
      (Evidence("our clock is ahead now") { $0.ahead = -3600 }, .mayStillArrive(seconds: 90)),
      (Evidence("it was looked for once") { $0.untraced = [] }, .unconfirmed),
    ]
}

extension PhoneNumber {
  static let ada = PhoneNumber(validated: "+15550100001")
  static let grace = PhoneNumber(validated: "+15550100002")
}

extension Timestamp {
  fileprivate static func second(_ second: Int64) -> Timestamp { Timestamp(unixSeconds: 1_772_355_600 + second) }
}

extension HistoryEntry {
  /// A message in the history, by itself taken a second after the one in question left.
  static func entry(
    _ id: String? = "1", _ body: String? = "A", to number: String? = "+15550100001", at second: Int64? = 1,
    for seconds: Int64 = 0, _ change: (inout MessageRecord) -> Void = { _ in }
  ) -> HistoryEntry {
    var record = MessageRecord(status: .sent)
    (record.id, record.body) = (id, body)
    change(&record)
    return HistoryEntry(record, number: number, time: second.map { .second($0) ... .second($0 + seconds) })
  }
}

extension JobMessage {
  static func row(
    _ row: Int, _ body: String = "A", leftAt second: Int64? = 0, id: String? = nil, isScheduled: Bool = false
  ) -> JobMessage {
    let message = OutgoingMessage(to: .ada, body: body, scheduledAt: isScheduled ? .second(7200) : nil)
    var row = JobMessage(row: row, message: message, leftAt: second.map(Timestamp.second))
    row.id = id
    return row
  }
}

extension NamedMessage {
  fileprivate static func named(
    _ id: String, _ body: String, to number: String = "+15550100001", row: Int? = nil
  ) -> NamedMessage {
    NamedMessage(id: id, row: row, number: number, body: body)
  }
}

extension APICall<HistoryPage> {
  /// One that nobody makes.
  static var never: APICall { APICall(request: HTTPRequest(url: "", form: [])) { _ in HistoryPage([]) } }
}
