import Delivery
import Messaging
import Testing

/// What a provider's history says of messages whose outcome is unknown.
@Suite struct HistoryMatchTests {
  private static let number = "+15550100001"

  private func record(
    _ id: String?, _ body: String?, to number: String = number, status: MessageStatus = .sent
  ) -> MessageRecord {
    var record = MessageRecord(status: status)
    (record.id, record.body, record.to, record.direction) = (id, body, number, .out)
    return record
  }

  private func findings(
    of bodies: [String], in history: [MessageRecord], known: Set<String> = [], isOnlyOne: Bool = true
  ) throws -> [String] {
    var match = HistoryMatch(history) { known.contains($0) }
    let number = try PhoneNumber(parsing: Self.number)
    let sought = bodies.map { HistoryMatch.Sought(number: number, body: $0, isOnlyOne: isOnlyOne) }
    return match.findings(of: sought).map { finding in
      switch finding {
      case .taken(let record): "taken \(record.id ?? "-") \(record.status)"
      case .missing: "missing"
      case .unclear: "unclear"
      }
    }
  }

  @Test("What is there is taken, what is nowhere is missing")
  func plain() throws {
    #expect(try findings(of: ["A"], in: [record("1", "A")]) == ["taken 1 sent"])
    #expect(try findings(of: ["A"], in: []) == ["missing"])
    #expect(try findings(of: ["A"], in: [record("1", "A")], known: ["1"]) == ["missing"])
    #expect(try findings(of: ["A"], in: [record("1", "A", to: "+15550100002")]) == ["missing"])
  }

  @Test("A message that moved on while it was asked about is one message, and as it was last")
  func twiceInHistory() throws {
    let history = [record("1", "A", status: .queued), record("1", "A", status: .delivered)]
    #expect(try findings(of: ["A", "A"], in: history) == ["taken 1 delivered", "missing"])
  }

  @Test(
    "A text that the provider changed may be the message: it is not sent again",
    arguments: ["Hello ????", "Hello", "Hello &amp; bye", "Hello \u{1F44B}\u{FE0F}"])
  func changedText(text: String) throws {
    #expect(try findings(of: ["Hello \u{1F44B}"], in: [record("1", text)]) == ["unclear"])
  }

  @Test("Of two texts to a number of which one is there, the other is missing, in whatever order they are asked for")
  func twoTexts() throws {
    #expect(try findings(of: ["A", "B"], in: [record("1", "A")]) == ["taken 1 sent", "missing"])
    #expect(try findings(of: ["B", "A"], in: [record("1", "A")]) == ["missing", "taken 1 sent"])
  }

  @Test("Without a text the number has to do; without an id, too, only where it is the only message to it")
  func nameless() throws {
    #expect(try findings(of: ["A"], in: [record("1", nil)]) == ["taken 1 sent"])
    #expect(try findings(of: ["A"], in: [record(nil, nil)]) == ["taken - sent"])
    #expect(try findings(of: ["A"], in: [record(nil, nil)], isOnlyOne: false) == ["unclear"])
  }

  @Test("A number that is written in another way may be the same")
  func otherNumbers() throws {
    #expect(try findings(of: ["A"], in: [record("1", "A", to: "05550100001")]) == ["unclear"])
    #expect(try findings(of: ["A"], in: [record("1", "B", to: "+445550100001")]) == ["missing"])
  }
}
