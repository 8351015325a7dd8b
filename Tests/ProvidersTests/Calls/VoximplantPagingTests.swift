import Messaging
import Testing
import TextFormats

@testable import Providers

/// Reads histories of a provider that may count wrongly, or get new messages meanwhile.
@Suite struct VoximplantPagingTests {
  /// A history, the newest message first, as the provider serves it.
  private struct History {
    var count: Int
    /// The most rows that it gives at once.
    var pageLimit = 1000
    /// What it says how many rows there are, given how many there are.
    var total: (Int) -> Int? = { $0 }
    /// Messages that come in between two calls.
    var arrivals = 0
    var ignoresOffset = false

    func reply(to fields: [String], call: Int) -> JSONValue {
      let values = Dictionary(
        uniqueKeysWithValues: fields.map { ($0.prefix { $0 != "=" }, Int($0.drop { $0 != "=" }.dropFirst()) ?? 0) })
      let offset = ignoresOffset ? 0 : values["offset", default: 0]
      let newest = count + arrivals * call
      let ids = (0..<newest).reversed().dropFirst(offset).prefix(min(values["count", default: 0], pageLimit))
      let rows = ids.map { JSONValue.object(JSONObject([JSONObject.Member("message_id", .number(String($0)))])) }
      return ["result": .array(rows), "total_count": total(newest).map { .number(String($0)) } ?? nil]
    }
  }

  private let provider = Voximplant(sampleSettings(["account_id": "42", "api_key": "K3Y"]))

  /// The ids that were read, and the requests that it took; no more than 20.
  private func read(_ history: History, _ query: MessageQuery = query()) throws -> (
    ids: [Int], pager: Pager<MessageRecord>, calls: [[String]]
  ) {
    var pager = provider.pages(of: query, now: Timestamp(unixSeconds: 1_800_000_000))
    var (ids, calls) = ([Int](), [[String]]())
    while let call = pager.next, calls.count < 20 {
      let response = HTTPResponse(status: 200, body: history.reply(to: call.fields, call: calls.count).document)
      calls.append(call.fields)
      ids += pager.take(try call.decode(response)).compactMap { $0.id.flatMap { Int($0) } }
    }
    return (ids, pager, calls)
  }

  @Test("A history is read past the 1000 rows that come at once", arguments: [0, 1, 999, 1000, 1001, 2500])
  func whole(count: Int) throws {
    let (ids, pager, calls) = try read(History(count: count))
    #expect(ids == Array((0..<count).reversed()))
    #expect(!pager.hasMore && calls.count == count / 1000 + 1)
    #expect(calls.enumerated().allSatisfy { $1.contains("offset=\($0 * 1000)") })
  }

  @Test("Messages that come in meanwhile neither hide others nor come twice")
  func arrivals() throws {
    let (ids, _, _) = try read(History(count: 2500, arrivals: 300))
    #expect(Set(ids).isSuperset(of: 0..<2500))
    #expect(Set(ids).count == ids.count)
  }

  @Test("No wrong total loses rows or leads in circles", arguments: [nil, 0, -5, 1, 999_999, Int.max])
  func wrongTotal(total: Int?) throws {
    for pageLimit in [1000, 400] {
      let (ids, _, calls) = try read(History(count: 1500, pageLimit: pageLimit, total: { _ in total }))
      #expect(calls.count < 20)
      #expect(Array((0..<1500).reversed()).starts(with: ids))
      #expect(ids.count == 1500 || (pageLimit == 400 && (total ?? 0) < 1000))
    }
  }

  @Test("A provider that gives fewer rows than asked is read to the end, as long as its total is right")
  func smallPages() throws {
    let (ids, _, calls) = try read(History(count: 1500, pageLimit: 400))
    #expect(ids.count == 1500 && calls.count == 4)
  }

  @Test("A provider that ignores the offset is not asked for ever")
  func ignoredOffset() throws {
    let (ids, _, calls) = try read(History(count: 5000, ignoresOffset: true))
    #expect(ids.count == 1000 && calls.count == 2)
  }

  @Test("A limit asks for no more than it needs, and says whether there is more")
  func limit() throws {
    let (few, pager, calls) = try read(History(count: 2500), query { $0.limit = 5 })
    #expect(few == [2499, 2498, 2497, 2496, 2495] && pager.hasMore && calls == [["count=5", "offset=0"]])
    let (many, _, twoCalls) = try read(History(count: 2500), query { $0.limit = 1200 })
    #expect(many.count == 1200 && twoCalls.count == 2)
  }

  @Test("A search for ids looks at whole pages, and no further than needed")
  func ids() throws {
    let (ids, pager, calls) = try read(
      History(count: 5000),
      query {
        $0.ids = ["4999", "3500"]
        $0.limit = 1
      })
    #expect(ids == [4999, 3500] && pager.missingIDs.isEmpty && calls.count == 2 && !pager.hasMore)
    let (none, missing, all) = try read(History(count: 2500), query { $0.ids = ["99999"] })
    #expect(none.isEmpty && missing.missingIDs == ["99999"] && all.count == 3)
  }
}
