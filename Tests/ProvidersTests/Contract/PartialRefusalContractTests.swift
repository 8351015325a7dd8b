import Messaging
import Testing
import TextFormats

@testable import Providers

/// What holds for replies that refuse a request and list messages of it as taken all the same: what is clear counts, and
/// nothing else does.
@Suite struct PartialRefusalContractTests {
  /// The documented reply with what makes a refusal of it; nil for a provider whose one status can't say both.
  private static func refusal(_ fixture: ProviderFixture, _ reply: JSONValue) -> JSONValue? {
    guard case .object(var object) = reply else { return nil }
    let error: JSONValue = ["code": 500, "message": "Not enough credits for the rest", "msg": "Not enough credits"]
    if fixture.name == "smsit" { return nil }
    object.members.removeAll { ["success", "error"].contains($0.name) }
    if reply["success"] != nil { object.members.append(.init("success", false)) }
    object.members.append(.init("error", error))
    return .object(object)
  }

  private func outcome(_ fixture: ProviderFixture, _ body: JSONValue) throws -> [MessageRecord] {
    try fixture.provider.outcome(of: fixture.batch, body.document)
  }

  private func isTaken(_ record: MessageRecord) -> Bool { [.accepted, .queued].contains(record.status) }

  @Test("Messages that a refusal lists were taken", arguments: ProviderFixture.all)
  func listed(fixture: ProviderFixture) throws {
    guard let body = Self.refusal(fixture, fixture.acceptance) else { return }
    let records = try outcome(fixture, body)
    #expect(records.allSatisfy(isTaken), "\(records.map(\.status))")
    #expect(records.map(\.id) == fixture.batch.indices.map { String(100 + $0) })
  }

  @Test("Of messages that a refusal doesn't list, nothing is known", arguments: ProviderFixture.batching)
  func unlisted(fixture: ProviderFixture) throws {
    let rows = [fixture.row(fixture.batch[1], 101)]
    let body = try #require(Self.refusal(fixture, fixture.reply(rows)))
    let records = try outcome(fixture, body)
    #expect(records.indices.filter { isTaken(records[$0]) } == [1])
    #expect(records.filter { $0.status == .unknown }.count == fixture.batch.count - 1)
  }

  @Test("Rows that are not clear leave all open", arguments: ProviderFixture.batching)
  func unclear(fixture: ProviderFixture) throws {
    let strangers = [fixture.row(message(fixture.batch[0].body, to: "+15550100777"), 100), ["to": "1555***0001"], nil]
    for row in strangers {
      let body = try #require(Self.refusal(fixture, fixture.reply([row])))
      #expect(Set(try outcome(fixture, body).map(\.status)) == [.unknown])
    }
  }

  @Test("A list in another form is no refusal of everything", arguments: ProviderFixture.batching)
  func otherForm(fixture: ProviderFixture) throws {
    let listed = JSONValue.object(JSONObject([.init("0", fixture.row(fixture.batch[0], 100))]))
    let body = try #require(Self.refusal(fixture, fixture.reply([]).replacing(.array([]), with: listed)))
    let error = #expect(throws: ProviderError.self) { try outcome(fixture, body) }
    #expect(error?.kind == .untrusted)
  }

  @Test("A refusal that lists nothing is one", arguments: ProviderFixture.batching)
  func plain(fixture: ProviderFixture) throws {
    let body = try #require(Self.refusal(fixture, fixture.reply([])))
    let error = #expect(throws: ProviderError.self) { try outcome(fixture, body) }
    #expect([.refused, .noCredit].contains(error?.kind))
  }

  @Test("A refusal that names our numbers elsewhere sends nothing again", arguments: ProviderFixture.all)
  func namedElsewhere(fixture: ProviderFixture) throws {
    let row: JSONValue = ["number": .string(fixture.batch[0].to.digits), "id": 7]
    let refusals = [fixture.wrongCredentials].compactMap(\.self).map { HTTPResponse(status: 200, body: Array($0.utf8)) }
    for place in [.array([row]), .string(row.compact), ["list": .array([row])]] as [JSONValue] {
      for refusal in refusals + Self.refusals {
        var members = (try? JSONValue(parsing: refusal.body))?.object?.members ?? []
        members.append(.init("taken", place))
        let error = #expect(throws: ProviderError.self) {
          try outcome(fixture, refusal, JSONValue.object(JSONObject(members)).document)
        }
        #expect(error?.kind == .untrusted)
      }
    }
  }

  /// Statuses that say that nothing was done, or that the request was wrong.
  static let refusals =
    [400, 401, 402, 403, 404, 409, 422].map { HTTPResponse(status: $0, body: []) }
    + [429, 503].map { HTTPResponse(status: $0, retryAfter: 1, body: []) }

  private func outcome(
    _ fixture: ProviderFixture, _ status: HTTPResponse, _ body: [UInt8]
  ) throws -> [MessageRecord] {
    var response = status
    response.body = body
    return try fixture.send(fixture.batch).value(of: .success(response))
  }

  @Test("Messages that are listed beside a refusing status were taken", arguments: ProviderFixture.all, refusals)
  func listedBesideStatus(fixture: ProviderFixture, status: HTTPResponse) throws {
    for body in [fixture.acceptance, Self.refusal(fixture, fixture.acceptance)].compactMap(\.self) {
      guard fixture.name != "smsit" else {
        // It says so of a message that it doesn't name.
        let error = #expect(throws: ProviderError.self) { try outcome(fixture, status, body.document) }
        #expect(error?.kind == .untrusted)
        continue
      }
      let records = try outcome(fixture, status, body.document)
      #expect(records.allSatisfy(isTaken), "\(records.map(\.status))")
      #expect(records.map(\.id) == fixture.batch.indices.map { String(100 + $0) })
    }
  }

  @Test("Beside a refusing status, what isn't listed clearly is unknown", arguments: ProviderFixture.batching, refusals)
  func unclearBesideStatus(fixture: ProviderFixture, status: HTTPResponse) throws {
    let one = try outcome(fixture, status, fixture.reply([fixture.row(fixture.batch[1], 101)]).document)
    #expect(one.indices.filter { isTaken(one[$0]) } == [1])
    #expect(one.filter { $0.status == .unknown }.count == fixture.batch.count - 1)
    for row in [["to": "1555***0001"], nil] as [JSONValue] {
      #expect(Set(try outcome(fixture, status, fixture.reply([row]).document).map(\.status)) == [.unknown])
    }
    let listed = JSONValue.object(JSONObject([.init("0", fixture.row(fixture.batch[0], 100))]))
    let otherForm = fixture.reply([]).replacing(.array([]), with: listed)
    let error = #expect(throws: ProviderError.self) { try outcome(fixture, status, otherForm.document) }
    #expect(error?.kind == .untrusted)
  }

  @Test("A refusing status decides where nothing is listed", arguments: ProviderFixture.all, refusals)
  func statusAlone(fixture: ProviderFixture, status: HTTPResponse) throws {
    let listless = fixture.takesBatches ? String(decoding: fixture.reply([]).document, as: UTF8.self) : ""
    let repeated = #"{"status":\#(status.status),"error":"busy","data":{"retry":1},"message":"Later"}"#
    for body in ["", "Slow down", "{}", "[]", fixture.refusal, listless, repeated] {
      let error = #expect(throws: ProviderError.self) { try outcome(fixture, status, Array(body.utf8)) }
      #expect(error == status.error, "\(body)")
    }
  }

  @Test("A refusal with a member that occurs twice leaves all open", arguments: ProviderFixture.all)
  func repeatedMembers(fixture: ProviderFixture) throws {
    let refusal = try JSONValue(parsing: Array(fixture.refusal.utf8))
    guard case .object(let taken) = fixture.acceptance, case .object(let refused) = refusal else { return }
    let both = JSONValue.object(JSONObject(taken.members + refused.members))
    let known = try? outcome(fixture, both)
    #expect(known?.allSatisfy { isTaken($0) || $0.status == .unknown } ?? true)
    if known == nil {
      let error = #expect(throws: ProviderError.self) { try outcome(fixture, both) }
      #expect(error?.kind == .untrusted)
    }
  }

  @Test("A row with a member that occurs twice settles nothing", arguments: ProviderFixture.batching)
  func repeatedInRow(fixture: ProviderFixture) throws {
    guard case .object(let one) = fixture.row(fixture.batch[0], 100),
      case .object(let other) = fixture.row(fixture.batch[3], 103)
    else { return }
    for row in [one.members + other.members, other.members + one.members] {
      let records = try outcome(fixture, fixture.reply([.object(JSONObject(row))]))
      #expect(Set(records.map(\.status)) == [.unknown])
    }
  }
}

extension JSONValue {
  /// The document with every value that is `old` replaced.
  fileprivate func replacing(_ old: JSONValue, with new: JSONValue) -> JSONValue {
    if self == old { return new }
    guard case .object(var object) = self else { return self }
    for index in object.members.indices {
      object.members[index].value = object.members[index].value.replacing(old, with: new)
    }
    return .object(object)
  }
}
