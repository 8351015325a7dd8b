import Messaging
import Testing
import TextFormats

@testable import Providers

/// What holds for replies to several messages in one request: each row settles the message it is about, and no other.
@Suite struct BatchReplyContractTests {
  private static let reason = (
    missing: "the reply doesn't mention this message",
    contradiction: "the reply contradicts itself about this message"
  )

  private func rows(_ fixture: ProviderFixture) -> [JSONValue] {
    fixture.batch.enumerated().map { fixture.row($1, 100 + $0) }
  }

  private func outcome(_ fixture: ProviderFixture, _ rows: [JSONValue]) throws -> [MessageRecord] {
    try fixture.provider.outcome(of: fixture.batch, fixture.reply(rows).document)
  }

  @Test("Rows settle their messages in whatever order they come", arguments: ProviderFixture.batching)
  func reordered(fixture: ProviderFixture) throws {
    let rows = rows(fixture)
    let orders = [rows.reversed(), Array(rows[2...] + rows[..<2]), [rows[1], rows[0], rows[3], rows[2]]]
    for order in orders {
      #expect(try outcome(fixture, order).map(\.id) == ["100", "101", "102", "103"])
    }
  }

  @Test("A message that the reply leaves out is unknown", arguments: ProviderFixture.batching, 0..<4)
  func truncated(fixture: ProviderFixture, missing: Int) throws {
    var rows = rows(fixture)
    rows.remove(at: missing)
    let records = try outcome(fixture, rows)
    #expect(records.indices.filter { records[$0].status == .unknown } == [missing])
    #expect(records[missing].error?.message == Self.reason.missing)
    #expect(records[missing].id == nil)
    #expect(records.map(\.id).filter { $0 != nil }.count == 3)
  }

  @Test("A reply that lists nothing leaves all unknown", arguments: ProviderFixture.batching)
  func empty(fixture: ProviderFixture) throws {
    #expect(try outcome(fixture, []).map(\.status) == Array(repeating: .unknown, count: 4))
  }

  @Test("Rows about others settle nothing", arguments: ProviderFixture.batching)
  func strangers(fixture: ProviderFixture) throws {
    let others = ["+15550100777", "+15550100778", "+155501000010", "+1555010000"].map {
      fixture.row(message(fixture.batch[0].body, to: $0), 1)
    }
    #expect(try outcome(fixture, others + rows(fixture)).map(\.id) == ["100", "101", "102", "103"])
    #expect(try outcome(fixture, others).map(\.status) == Array(repeating: .unknown, count: 4))
  }

  @Test("A row that comes twice counts once", arguments: ProviderFixture.batching)
  func repeated(fixture: ProviderFixture) throws {
    #expect(try outcome(fixture, rows(fixture) + rows(fixture)).map(\.id) == ["100", "101", "102", "103"])
  }

  @Test("Rows that contradict each other leave their message unknown", arguments: ProviderFixture.batching)
  func contradiction(fixture: ProviderFixture) throws {
    let records = try outcome(fixture, rows(fixture) + [fixture.row(fixture.batch[2], 999)])
    #expect(records.map(\.id) == ["100", "101", nil, "103"])
    #expect(records[2].status == .unknown)
    #expect(records[2].error?.message == Self.reason.contradiction)
  }

  @Test("Numbers are the same with and without +, 00 and punctuation", arguments: ProviderFixture.batching)
  func numberForms(fixture: ProviderFixture) throws {
    for form in ["+1 555 010-0001", "0015550100001", "15550100001", "+1.555.010.0001"] {
      let row = fixture.row(fixture.batch[0], 100).replacing("+15550100001", "15550100001", with: .string(form))
      #expect(try outcome(fixture, [row])[0].id == "100", "\(form)")
    }
    let number = fixture.row(fixture.batch[0], 100)
      .replacing("+15550100001", "15550100001", with: .number("15550100001"))
    #expect(try outcome(fixture, [number])[0].id == "100")
  }
}

extension JSONValue {
  /// The object with every member that is one of these texts replaced.
  fileprivate func replacing(_ texts: JSONValue..., with value: JSONValue) -> JSONValue {
    guard case .object(var object) = self else { return self }
    for index in object.members.indices where texts.contains(object.members[index].value) {
      object.members[index].value = value
    }
    return .object(object)
  }
}
