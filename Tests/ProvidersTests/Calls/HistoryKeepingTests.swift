import Messaging
import Testing
import TextFormats

@testable import Providers

/// What the histories tell of messages whose outcome is unknown: every row, and whether that is all.
@Suite struct HistoryKeepingTests {
  private let gateway = VPixelPro(sampleSettings(["key": "K3Y"]))
  private let smsit = SMSIT(sampleSettings(["key": "K3Y", "from": "15550100099"]))
  private static let voximplant = [false, true].map { isA2P in
    Voximplant(sampleSettings(["account_id": "42", "api_key": "K3Y"], booleans: ["a2p": isA2P]))
  }
  private let since = Timestamp(unixSeconds: 1_772_355_600)

  private func questions(
    _ provider: any HistoryKeeping, _ statuses: Set<String> = [], about numbers: [PhoneNumber] = [number()]
  ) -> [HistoryQuestion] {
    provider.historyQuestions(about: numbers, since: since, statuses: statuses)
  }

  private func answer(_ provider: any HistoryKeeping, _ body: String) throws -> HistoryPage {
    try #require(questions(provider).first).page(nil).answer(body)
  }

  // MARK: SMS Gateway

  @Test(
    "A message that moves on while the history is read, status by status, is not missed",
    arguments: [
      ["Pending", "Queued", "Sent", "Delivered"], ["Queued", "Pending", "Processing", "Sent", "Delivered"],
      ["Scheduled", "Pending", "Sent", "Failed"], ["Scheduled", "Queued", "Sent", "Failed"], ["Pending", "Canceled"],
    ])
  func movingOn(life: [String]) {
    let asked = questions(gateway).map(\.name)
    // All ways to live through the questions: where it stands at the first, and before which it moves on.
    func isFound(from stage: Int, at question: Int) -> Bool {
      if question == asked.count { return false }
      return (stage..<life.count).allSatisfy { now in
        life[now] == asked[question] || isFound(from: now, at: question + 1)
      }
    }
    #expect(isFound(from: 0, at: 0), "\(asked)")
  }

  @Test("The gateway is asked for each status, whatever the number, from then on")
  func gatewayQuestions() throws {
    let question = try #require(questions(gateway).first { $0.name == "Processing" })
    #expect(question.number == nil)
    #expect(question.page(nil).request.url.hasSuffix("/services/read-messages.php"))
    #expect(question.page(nil).fields == ["startTimestamp=1772355600", "status=Processing"])
  }

  @Test("A status that was met is asked for as well, unless it is that of what came in")
  func metStatuses() {
    let usual = Set(questions(gateway).map(\.name))
    let all = Set(questions(gateway, ["Paused", "sent", "Received"]).map(\.name))
    #expect(all == usual.union(["Paused"]))
  }

  @Test("Every row of the gateway is in its history as it is written, but for what came in")
  func gatewayRows() throws {
    let page = try answer(
      gateway,
      """
      {"success":true,"data":{"messages":[
      {"ID":1,"number":"1555***0001","message":"Hi","status":"Paused","sentDate":"2026-03-01T09:00:00+0000"},
      {"ID":2,"number":1.5E10,"message":"Hi","status":"Sent","sentDate":"soon"},
      {"ID":3,"number":"","message":null,"status":"Sent"},{},
      {"ID":4,"number":"+15550100001","message":"Hi","status":"Received"}]}}
      """)
    #expect(page.entries.map(\.number) == ["1555***0001", "1.5E10", "", nil])
    #expect(page.entries.map(\.record.body) == ["Hi", "Hi", nil, nil])
    #expect(page.entries.map(\.time) == [since...since, nil, nil, nil])
    #expect(page.entries.map(\.record.providerStatus) == ["Paused", "Sent", "Sent", nil])
    #expect(page.next == nil && page.total == .onePage)
  }

  @Test(
    "A history of the gateway that says there is more is not the whole one",
    arguments: [
      (#""messages":[],"total":2},"#, .rows(2)), (#""messages":[{"ID":1}]},"total":"3","#, .rows(3)),
      (#""messages":[],"next":2},"#, .rows(nil)), (#""messages":[],"nextPage":"/read?page=2"},"#, .rows(nil)),
      (#""messages":[]},"nextPage":2,"#, .rows(nil)), (#""messages":[],"pagination":{"next":"x"}},"#, .rows(nil)),
      (#""messages":[],"total":"many"},"#, .rows(nil)),
      (#""messages":[{"ID":1,"status":"Received"}],"total":1,"next":null},"#, .onePage),
      (#""messages":[],"total":0,"nextPage":null,"hasMore":false},"#, .onePage),
    ] as [(String, HistoryPage.RowTotal)])
  func gatewayTellsOfMore(reply: String, total: HistoryPage.RowTotal) throws {
    #expect(try answer(gateway, #"{"success":true,"data":{\#(reply)"error":null}"#).total == total)
  }

  // MARK: Voximplant

  @Test("Voximplant is asked for the whole account, so that no row is left out for how its number is written")
  func voximplantQuestion() {
    for (provider, method) in zip(Self.voximplant, ["GetSmsHistory", "A2PGetSmsHistory"]) {
      let asked = questions(provider, about: [number(), number("+15550100002")])
      #expect(asked.map(\.number) == [nil])
      #expect(asked[0].page(nil).request.url.hasSuffix(method))
      #expect(asked[0].page(nil).fields == ["count=1000", "from_date=2026-03-01 09:00:00", "offset=0"])
    }
  }

  @Test("Each row counts, with a day where only a day is told", arguments: voximplant)
  func voximplantRows(provider: Voximplant) throws {
    let date = provider.history == .a2p ? "processing_date" : "processed_date"
    let page = try answer(
      provider,
      """
      {"result":[
      {"message_id":1,"destination_number":"15550100001","text":"Hi","\(date)":"2026-03-01 09:00:00"},
      {"message_id":2,"destination_number":"1555***0001","text":"","\(date)":"2026-03-01"},
      {"destination_number":null,"\(date)":"soon"}],"total_count":5}
      """)
    let midnight = Timestamp(unixSeconds: 1_772_323_200)
    #expect(page.entries.map(\.number) == ["15550100001", "1555***0001", nil])
    #expect(page.entries.map(\.record.body) == ["Hi", nil, nil])
    #expect(page.entries.map(\.time) == [since...since, midnight...midnight.adding(seconds: 86_399), nil])
    #expect(page.next == PageCursor(3) && page.total == .rows(5))
  }

  @Test(
    "A total that isn't told is no total", arguments: voximplant,
    ["", #","total_count":null"#, #","total_count":"many""#])
  func noTotal(provider: Voximplant, total: String) throws {
    #expect(try answer(provider, #"{"result":[]\#(total)}"#).total == .rows(nil))
  }

  // MARK: SMS-iT

  @Test("SMS-iT is asked for each number, and tells no text")
  func smsitQuestion() throws {
    let asked = questions(smsit, about: [number(), number("+15550100002")])
    #expect(asked.map(\.number) == [number(), number("+15550100002")])
    #expect(asked[0].page(nil).fields == ["number=15550100001"])
    let entry = try #require(try answer(smsit, #"{"smsstatus":"delivered","errormsg":""}"#).entries.first)
    #expect(entry.number == "+15550100001" && entry.time == nil)
    #expect(entry.record.body == nil && entry.record.id == nil && entry.record.status == .delivered)
  }

  @Test(
    "The one refusal that means none is none", arguments: [#"{"status":"-3","msg":"Not found"}"#, #"{"status":-3}"#])
  func none(body: String) throws {
    #expect(try answer(smsit, body) == HistoryPage([]))
  }

  @Test(
    "No other refusal is, nor one that says more",
    arguments: [
      #"{"status":"-16","msg":"Other error."}"#, #"{"status":"-2","msg":""}"#, #"{"status":"-1","msg":""}"#,
      #"{"status":"-20"}"#, #"{"status":"-30"}"#, #"{"status":"-3","smsstatus":"sent"}"#,
      #"{"status":"-16","status":"-3"}"#, #"{"status":"-03"}"#, #"{"msg":"-3"}"#, "-3", "",
    ])
  func refusals(body: String) {
    #expect(throws: ProviderError.self) { try answer(smsit, body) }
  }

  // MARK: All

  @Test("An answer that says a thing twice, or of an error beside its rows, is none")
  func contradictions() {
    for members in [
      #""data":{"messages":[]},"data":{"messages":[]}"#, #""data":{"messages":[]},"error":{"code":500}"#,
      #""data":{"messages":[]},"error":"partial""#, #""data":{"messages":[],"messages":[]}"#,
    ] {
      #expect(throws: ProviderError.self) { try answer(gateway, #"{"success":true,\#(members)}"#) }
    }
    for error in ["null", "false", #""""#, "[]"] {
      #expect(throws: Never.self) {
        try answer(gateway, #"{"success":true,"data":{"messages":[]},"error":\#(error)}"#)
      }
    }
    for provider in Self.voximplant {
      #expect(throws: ProviderError.self) {
        try answer(provider, #"{"result":[{"message_id":1}],"result":[],"total_count":0}"#)
      }
    }
  }

  @Test("No refusal of another provider means none, whatever its words")
  func refusalsElsewhere() {
    for code in ["-3", "404", "500", "7"] {
      #expect(throws: ProviderError.self) {
        try answer(gateway, #"{"success":false,"data":null,"error":{"code":\#(code),"message":"No messages found"}}"#)
      }
      for provider in Self.voximplant {
        #expect(throws: ProviderError.self) {
          try answer(provider, #"{"error":{"code":\#(code),"msg":"No messages found"}}"#)
        }
      }
    }
  }
}
