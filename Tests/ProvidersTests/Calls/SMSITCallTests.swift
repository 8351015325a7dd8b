import Messaging
import Testing
import TextFormats

@testable import Providers

@Suite struct SMSITCallTests {
  private let provider = SMSIT(sampleSettings(["key": "K3Y", "from": "+15550100099"], zone: .autumn))

  @Test("A text to a group takes what others take, and rotating and throttling")
  func groupRequest() {
    var message = ListMessage(list: "My Friends", body: "Hi", from: "+15550100098")
    message.scheduledAt = Timestamp(unixSeconds: 1_772_357_401)
    message.options.senderID = "Shop24"
    message.options.recurrence = Recurrence(
      period: .daily, frequency: 3, until: Timestamp(unixSeconds: 1_774_949_459))
    (message.rotates, message.throttle) = (true, 6)
    #expect(provider.objection(to: message) == nil)
    #expect(
      provider.send(message).fields == [
        "alphasender=Shop24", "enddate=31-03-2026 11:30", "frequency=3", "from=15550100098", "message=Hi",
        "recurring=1", "repeat=Daily", "rotate=1", "sendondate=01-03-2026 11:31", "throttle=6", "to=My Friends",
      ])
    #expect(SMSIT.listFeatures == [.rotate, .throttle])
  }

  @Test("A group needs a name, and a text to it what others need")
  func groupObjections() {
    #expect(provider.objection(to: ListMessage(list: " ", body: "Hi")) == .needsOneOf([.list]))
    #expect(
      provider.objection(to: ListMessage(list: "Friends", body: "Hi", from: "Shop"))
        == .message(.senderInvalid("Shop")))
    let bare = SMSIT(sampleSettings(["key": "K3Y"]))
    #expect(bare.objection(to: ListMessage(list: "Friends", body: "Hi")) == .message(.senderMissing))
  }

  @Test(
    "What is sent at once to a group has a number; what is scheduled has none",
    arguments: [
      (#"{"status":"5123"}"#, nil, "5123", MessageStatus.accepted), (#"{"status":5123}"#, nil, "5123", .accepted),
      (#"{"status":"0"}"#, 1_800_000_000, nil, .scheduled), (#"{"status":"0"}"#, nil, nil, .accepted),
    ] as [(String, Int64?, String?, MessageStatus)])
  func groupReply(body: String, time: Int64?, group: String?, status: MessageStatus) throws {
    let message = ListMessage(
      list: "Friends", body: "Hi", scheduledAt: time.map(Timestamp.init(unixSeconds:)))
    let records = try provider.send(message).answer(body)
    #expect(records.map(\.groupID) == [group] && records.map(\.status) == [status])
    #expect(records[0].to == nil && records[0].body == "Hi" && records[0].segments == 1)
  }

  @Test("The last message to a number is all that can be asked for")
  func messageObjections() {
    let asked = query { $0.to = number() }
    #expect(provider.objection(to: query()) == .needsOneOf([.to]))
    #expect(provider.objection(to: query { $0.groupID = "5" }) == .unsupported(.group))
    #expect(provider.objection(to: with(asked) { $0.ids = ["5"] }) == .unsupported(.ids))
    #expect(provider.objection(to: with(asked) { $0.from = "5" }) == .unsupported(.from))
    #expect(provider.objection(to: with(asked) { $0.since = Timestamp(unixSeconds: 0) }) == .unsupported(.since))
    #expect(provider.objection(to: with(asked) { $0.until = Timestamp(unixSeconds: 0) }) == .unsupported(.until))
    #expect(provider.objection(to: with(asked) { $0.device = 1 }) == .unsupported(.device))
    #expect(provider.objection(to: with(asked) { $0.sim = 1 }) == .unsupported(.sim))
    #expect(provider.objection(to: with(asked) { $0.direction = .in }) == .unsupported(.direction))
    #expect(provider.objection(to: with(asked) { ($0.direction, $0.status) = (.out, .ours(.failed)) }) == nil)
  }

  @Test(
    "The status of a message is the provider's word in ours",
    arguments: [
      ("delivered", "", MessageStatus.delivered, nil), ("sent", "", .sent, nil), ("queued", "", .queued, nil),
      ("undelivered", "Unreachable", .failed, "Unreachable"),
      ("failed", " ", .failed, "the provider reports the message as failed"), ("sending", "", .accepted, nil),
      ("", "", .accepted, nil),
    ] as [(String, String, MessageStatus, String?)])
  func messageStatus(word: String, errormsg: String, status: MessageStatus, error: String?) throws {
    let call = provider.messages(query { $0.to = number() }, page: nil)
    let records = try call.answer(#"{"smsstatus":"\#(word)","errormsg":"\#(errormsg)"}"#).records
    #expect(records.map(\.status) == [status] && records[0].error?.message == error && records[0].to == "+15550100001")
    let filtered = provider.messages(query { ($0.to, $0.status) = (number(), .ours(.canceled)) }, page: nil)
    #expect(try filtered.answer(#"{"smsstatus":"\#(word)"}"#).records.isEmpty)
  }

  @Test("Contacts take a name, an address and a birthday that exists; resubscribing is not offered")
  func addContact() throws {
    let contact = with(NewContact(number: number(), list: "Friends")) {
      ($0.name, $0.email, $0.birthday) = ("Ann", "ann@example.com", "1992-02-29")
    }
    let call = provider.add(contact)
    #expect(
      call.fields == [
        "bday=1992-02-29", "email=ann@example.com", "group=Friends", "name=Ann", "number=15550100001",
      ])
    let record = try call.answer(#"{"status":0}"#)
    #expect(record.name == "Ann" && record.email == "ann@example.com" && record.birthday == "1992-02-29")
    for date in ["1991-02-29", "1992-2-29", "29-02-1992", "1992-02-29 10:00", "", "soon"] {
      #expect(provider.objection(to: with(contact) { $0.birthday = date }) == .notADate(.birthday, date))
    }
    #expect(provider.objection(to: with(contact) { $0.resubscribes = true }) == .unsupported(.resubscribe))
    #expect(provider.objection(to: NewContact(number: number(), list: "")) == .needsOneOf([.list]))
    #expect(provider.objection(to: contact) == nil)
  }

  @Test(
    "Contacts are asked for by every filter and in every order; the provider's flags run the other way",
    arguments: [
      (
        contacts { ($0.name, $0.email, $0.number, $0.list) = ("Ann", "ann@", "1555", "Friends") },
        ["email=ann@", "group=Friends", "name=Ann", "number=1555"]
      ),
      (contacts { $0.isSubscribed = true }, ["subscribed=0"]), (contacts { $0.isSubscribed = false }, ["subscribed=1"]),
      (contacts { $0.source = .import }, ["source=0"]), (contacts { $0.source = .sms }, ["source=1"]),
      (contacts { $0.source = .webWidget }, ["source=2"]), (contacts { $0.source = .kiosk }, ["source=3"]),
      (contacts { $0.sort = .name }, ["sortby=name", "sortdir=asc"]),
      (contacts { ($0.sort, $0.isDescending) = (.number, true) }, ["sortby=phone_number", "sortdir=desc"]),
      (contacts { $0.sort = .created }, ["sortby=created", "sortdir=asc"]),
      (contacts { $0.isDescending = true }, ["sortby=created", "sortdir=desc"]),
      (contacts { ($0.limit, $0.page) = (20, 3) }, ["limit=20", "page=3"]), (contacts { $0.limit = 20 }, ["limit=20"]),
      (contacts { ($0.name, $0.list) = ("", " ") }, []),
    ] as [(ContactQuery, [String])])
  func contactRequest(query: ContactQuery, fields: [String]) {
    #expect(provider.contacts(query, page: nil).fields == fields)
  }

  private static func contacts(_ change: (inout ContactQuery) -> Void) -> ContactQuery {
    with(ContactQuery(), change)
  }

  /// Contacts with these ids, as a reply has them.
  private static func reply(_ ids: Range<Int>) -> String {
    let rows = ids.map { #"{"id":"\#($0)","number":"15550100001","subscriber":"Yes"}"# }
    return #"{"status":"0","contacts":[\#(rows.joined(separator: ","))]}"#
  }

  @Test(
    "All pages of contacts are read: until there is a short one, or none",
    arguments: [[reply(0..<50), reply(49..<70)], [reply(0..<50), reply(50..<100), #"{"status":"-7","msg":"None."}"#]])
  func contactPages(replies: [String]) throws {
    var pager = provider.pages(of: ContactQuery())
    var (asked, records) = ([[String]](), [ContactRecord]())
    for reply in replies {
      let call = try #require(pager.next)
      asked.append(call.fields)
      records += pager.take(try call.answer(reply))
    }
    #expect(asked == [[], ["page=2"], ["page=3"]].prefix(replies.count) && pager.next == nil)
    #expect(records.compactMap(\.id) == (0..<(replies.count == 2 ? 70 : 100)).map(String.init))
  }

  @Test("A provider that gives the same contacts for every page is asked twice")
  func samePage() throws {
    var pager = provider.pages(of: ContactQuery())
    var calls = 0
    while let call = pager.next, calls < 10 {
      calls += 1
      _ = pager.take(try call.answer(Self.reply(0..<50)))
    }
    #expect(calls == 2)
  }

  @Test("One page alone is read where one is named; a limit ends the reading")
  func onePage() throws {
    var page = provider.pages(of: Self.contacts { $0.page = 2 })
    #expect(page.take(try #require(page.next).answer(Self.reply(0..<50))).count == 50)
    #expect(page.next == nil)
    var limited = provider.pages(of: Self.contacts { $0.limit = 20 })
    #expect(limited.take(try #require(limited.next).answer(Self.reply(0..<20))).count == 20)
    #expect(limited.next == nil)
  }

  @Test(
    "No contacts are an answer, in either form", arguments: [#"{"status":"-7"}"#, #"{"status":"0","contacts":[]}"#])
  func noContacts(body: String) throws {
    let page = try provider.contacts(ContactQuery(), page: nil).answer(body)
    #expect(page.records.isEmpty && page.next == nil)
  }

  @Test(
    "How a contact came is one of our words where it can be",
    arguments: [
      ("SMS", "sms"), ("Kiosk", "kiosk"), ("Import", "import"), ("web widget", "web-widget"), ("0", "import"),
      ("3", "kiosk"), ("4", "4"), ("Zapier", "Zapier"),
    ])
  func source(word: String, source: String) throws {
    let reply = #"{"contacts":[{"id":1,"source":"\#(word)"}]}"#
    #expect(try provider.contacts(ContactQuery(), page: nil).answer(reply).records.map(\.source) == [source])
  }

  @Test("A time that clocks show twice is no time to note")
  func odddates() throws {
    let reply = #"{"contacts":[{"id":1,"date":"2026-10-25 02:30:00"},{"id":2,"date":"0000-00-00 00:00:00"}]}"#
    let records = try provider.contacts(ContactQuery(), page: nil).answer(reply).records
    #expect(records.map(\.createdAt) == [nil, nil])
  }

  @Test("Appointments are to the minute, in the profile's zone; one that clocks show twice is refused")
  func appointment() {
    let twice = NewAppointment(number: number(), at: Timestamp(unixSeconds: 1_792_888_200), status: .confirmed)
    let civil = CivilTime(year: 2026, month: 10, day: 25, hour: 2, minute: 30)
    #expect(provider.objection(to: twice) == .message(.localTimeRepeated(civil, zone: "Test/Autumn")))
    let statuses = AppointmentStatus.allCases.map { status in
      provider.add(NewAppointment(number: number(), at: Timestamp(unixSeconds: 1_772_357_400), status: status))
    }
    #expect(statuses.map { $0.fields.last } == ["status=0", "status=1", "status=2", "status=3"])
  }

  @Test(
    "A code is right, wrong, or the question could not be asked",
    arguments: [(#"{"status":"Success"}"#, true), (#"{"status":"0"}"#, true), (#"{"status":"-2"}"#, false)])
  func verify(body: String, isValid: Bool) throws {
    let record = try provider.verifyOTP("1234").answer(body)
    #expect(record.isValid == isValid && record.code == "1234" && record.raw != nil)
    #expect(record.message == (isValid ? nil : "Invalid OTP passed in."))
  }

  @Test(
    "A reply that says neither is not taken for a right code",
    arguments: [
      #"{"status":"1"}"#, #"{"status":"5123"}"#, #"{"status":"Failed"}"#, #"{"status":true}"#, #"{"valid":true}"#,
      #"{"msg":"Success"}"#, #"{"status":"00"}"#.replacing("00", with: "Successful"),
    ])
  func doubtful(body: String) {
    let error = #expect(throws: ProviderError.self) { try provider.verifyOTP("1234").answer(body) }
    #expect(error?.kind == .untrusted)
  }

  @Test("A generated code may be a number, and has to be there")
  func generate() throws {
    #expect(try provider.generateOTP().answer(#"{"status":"0","otp":123456}"#).code == "123456")
    for body in [#"{"status":"Success"}"#, #"{"status":"Success","otp":""}"#, #"{"status":"No","otp":"1"}"#] {
      #expect(throws: ProviderError.self) { try provider.generateOTP().answer(body) }
    }
  }

  @Test("Both balances can be asked for")
  func balances() {
    #expect(SMSIT.balances == [.messages, .voice])
    #expect(provider.balance(.messages).fields == ["type=1"] && provider.balance(.voice).fields == ["type=2"])
  }
}
