import Messaging
import Testing

@Suite struct PagerTests {
  /// Rows that are numbers, paged by offset, as a provider serves them at the nth call.
  private func pager(
    limit: Int? = nil, ids: [String] = [], _ serve: @escaping @Sendable (_ offset: Int) -> Page<Int>
  ) -> Pager<Int> {
    Pager(limit: limit, ids: ids, id: { String($0) }) { cursor in
      APICall(request: HTTPRequest(url: "", form: [])) { _ in serve(cursor?.position ?? 0) }
    }
  }

  /// What a pager hands out, and how many calls that took.
  private func read(_ pager: inout Pager<Int>, atMost calls: Int = 50) throws -> (records: [Int], calls: Int) {
    var (records, count) = ([Int](), 0)
    while let call = pager.next, count < calls {
      count += 1
      records += pager.take(try call.decode(HTTPResponse(status: 200, body: [])))
    }
    return (records, count)
  }

  private static func page(of rows: [Int], from offset: Int, size: Int = 3) -> Page<Int> {
    let part = Array(rows.dropFirst(offset).prefix(size))
    let next = part.isEmpty ? nil : PageCursor(offset + part.count)
    return Page(part, next: next, rowKeys: part.map(String.init))
  }

  @Test("All pages are read, in their order", arguments: [0, 1, 3, 4, 7])
  func all(count: Int) throws {
    let rows = Array(0..<count)
    var pager = pager { Self.page(of: rows, from: $0) }
    #expect(try read(&pager).records == rows)
    #expect(!pager.hasMore)
  }

  @Test("Rows that new ones push to the next page count once")
  func shifting() throws {
    var pager = pager { offset in
      let newer = Array((0..<offset).map { 100 + $0 }.reversed())
      return Self.page(of: newer.suffix(2) + Array(0..<7), from: offset)
    }
    let records = try read(&pager).records
    #expect(Set(records).isSuperset(of: 0..<7))
    #expect(Set(records).count == records.count)
  }

  @Test("A provider that always serves the same page, and says there are more, is not asked for ever")
  func samePage() throws {
    var pager = pager { Page([1, 2, 3], next: PageCursor($0 + 3), rowKeys: ["1", "2", "3"]) }
    let (records, calls) = try read(&pager)
    #expect(records == [1, 2, 3] && calls == 2)
  }

  @Test("Pages without what is looked for don't end the search; pages without new rows do")
  func filteredPages() throws {
    var pager = pager { offset in
      Page(offset == 6 ? [42] : [], next: PageCursor(offset + 3), rowKeys: offset < 9 ? ["row \(offset)"] : ["row 0"])
    }
    let (records, calls) = try read(&pager)
    #expect(records == [42] && calls == 4)
  }

  @Test(
    "A limit cuts off, and says whether there is more",
    arguments: [(1, 1, true), (3, 1, true), (4, 2, true), (7, 3, true), (8, 4, false)])
  func limit(limit: Int, calls: Int, hasMore: Bool) throws {
    var pager = pager(limit: limit) { Self.page(of: Array(0..<7), from: $0) }
    let read = try read(&pager)
    #expect(read.records == Array((0..<7).prefix(limit)))
    #expect(read.calls == calls && pager.hasMore == hasMore)
  }

  @Test("A limit within the last page leaves something")
  func lastPage() throws {
    var pager = pager(limit: 2) { _ in Page([1, 2, 3], rowKeys: ["1", "2", "3"]) }
    #expect(try read(&pager).records == [1, 2])
    #expect(pager.hasMore)
  }

  @Test("A limit that is reached with the last row leaves nothing")
  func exactLimit() throws {
    var pager = pager(limit: 2) { _ in Page([1, 2], rowKeys: ["1", "2"]) }
    #expect(try read(&pager).records == [1, 2])
    #expect(!pager.hasMore)
  }

  @Test("A search ends when everything is found; what isn't is named")
  func ids() throws {
    var found = pager(ids: ["1", "4"]) { offset in
      let page = Self.page(of: Array(0..<20), from: offset)
      return Page(page.records.filter { [1, 4].contains($0) }, next: page.next, rowKeys: page.rowKeys)
    }
    let read = try read(&found)
    #expect(read.records == [1, 4] && read.calls == 2 && found.missingIDs.isEmpty)

    let gone = ProviderError(.refused, message: "No such message")
    var missing = pager(ids: ["1", "99"]) { $0 == 0 ? Page([1], next: PageCursor(1)) : Page([], refusal: gone) }
    #expect(try self.read(&missing).records == [1])
    #expect(missing.missingIDs == ["99"] && missing.refusals == [gone])
  }

  @Test("Records without an id are never taken for one another")
  func withoutIDs() {
    var pager = Pager<Int>(limit: nil, id: { _ in nil }) { _ in
      APICall(request: HTTPRequest(url: "", form: [])) { _ in Page([]) }
    }
    #expect(pager.take(Page([5, 5])) == [5, 5])
  }
}

@Suite struct StatusFilterTests {
  @Test(
    "Our words are in small letters; everything else is the provider's",
    arguments: [
      ("failed", StatusFilter.ours(.failed)), ("Failed", .provider("Failed")), ("EXPIRED", .provider("EXPIRED")),
      ("pending", .provider("pending")), ("", .provider("")),
    ])
  func reading(text: String, filter: StatusFilter) {
    #expect(StatusFilter(text) == filter)
    #expect(filter.text == text)
  }

  @Test("Ours match what a word means; the provider's match the word, in capitals or not")
  func matching() {
    var record = MessageRecord(status: .failed)
    record.providerStatus = "EXPIRED"
    #expect(StatusFilter("failed").matches(record) && StatusFilter("Expired").matches(record))
    #expect(!StatusFilter("Failed").matches(record) && !StatusFilter("sent").matches(record))
    #expect(!StatusFilter("").matches(MessageRecord(status: .sent)))
  }
}
