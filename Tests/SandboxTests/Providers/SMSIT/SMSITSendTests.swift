import Messaging
import Testing
import TextFormats

@testable import Sandbox

@Suite struct SMSITSendTests {
  static let contact = "from=15550100103&to=15550100777&message=MESSAGE"
  static let group = "from=15550100103&to=Friends&message=MESSAGE"
  static let series = "sendondate=10-10-2026 06:30&recurring=1&repeat=Daily&frequency=3&enddate=10-11-2026 06:30"

  private func call(
    _ name: String, _ form: String, key: String = SampleData.smsitKey,
    prepare: (inout SMSITAccount) -> Void = { _ in }
  ) throws -> SandboxReply {
    var account = SMSITAccount()
    prepare(&account)
    return account.answer(try .post("/apis/\(name)", "apikey=\(key)&\(form)"), at: noon)
  }

  @Test("A message to a contact answers status 0, as a string", arguments: ["smscontact/", "smscontact"])
  func sendToContact(name: String) throws {
    let reply = try call(name, Self.contact)
    #expect(reply.json["status"] == "0")
    #expect(
      reply.accepted == [
        AcceptedMessage(
          provider: "smsit", at: noon, id: "1", from: "15550100103", to: "+15550100777", body: "MESSAGE")
      ])
  }

  @Test("A message to a group goes to all its members and answers its id")
  func sendToGroup() throws {
    let reply = try call("smsgroup/", Self.group)
    #expect(reply.json["status"] == "1001")
    #expect(reply.accepted.map(\.to) == ["+15550100001", "+15550100002", "+15550100003"])
    #expect(Set(reply.accepted.map(\.group)) == ["1001"])
  }

  @Test("A scheduled message to a group answers 0 instead of its id")
  func scheduledGroup() throws {
    let reply = try call("smsgroup/", "\(Self.group)&sendondate=10-10-2026 06:30&throttle=6")
    #expect(reply.json["status"] == "0")
    #expect(reply.accepted.map(\.scheduledAt?.rfc3339) == Array(repeating: "2026-10-10T06:30:00Z", count: 3))
    #expect(reply.accepted.first?.options == [.init("rotate", false), .init("throttle", 6)])
  }

  @Test("Rotating takes the account's numbers in turn")
  func rotation() throws {
    let reply = try call("smsgroup/", "\(Self.group)&rotate=1")
    #expect(reply.accepted.map(\.from) == ["15550100103", "15550100104", "15550100103"])
  }

  @Test("A series is taken as one message with its rule", arguments: ["smscontact/", "smsgroup/"])
  func recurring(name: String) throws {
    let reply = try call(name, "\(name == "smsgroup/" ? Self.group : Self.contact)&\(Self.series)&alphasender=Acme1")
    #expect(reply.json["status"] == "0")
    #expect(
      reply.accepted.first?.options.prefix(2) == [
        .init("alphasender", "Acme1"),
        .init("recurring", ["repeat": "Daily", "frequency": 3, "enddate": "2026-11-10T06:30:00Z"]),
      ])
  }

  @Test("GET takes the same names, as in the documents' example calls")
  func get() throws {
    var account = SMSITAccount()
    let query = "apikey=\(SampleData.smsitKey)&from=15550100103&to=Friends&message=MESSAGE&rotate=1"
    #expect(account.answer(try .get("/apis/smsgroup/", query), at: noon).accepted.count == 3)
  }

  /// What each call refuses, as the tables in the documents have it; the same number means different things.
  static let refused: [(name: String, form: String, status: String)] = [
    ("smscontact", "to=15550100777&message=x", "-2"), ("smsgroup", "to=Friends&message=x", "-2"),
    ("smscontact", "\(contact)&from=15550100999", "-3"), ("smsgroup", "\(group)&from=%2B15550100103", "-3"),
    ("smscontact", "from=15550100103&to=15550100777", "-4"), ("smsgroup", "\(group)&message=", "-4"),
    ("smscontact", "from=15550100103&message=x", "-5"), ("smsgroup", "from=15550100103&message=x", "-5"),
    ("smscontact", "\(contact)&to=447443332212", "-6"), ("smscontact", "\(contact)&to=%2B15550100777", "-6"),
    ("smscontact", "\(contact)&to=Friends", "-6"), ("smsgroup", "\(group)&to=friends", "-6"),
    ("smsgroup", "\(group)&to=Nobody", "-6"),
    ("smscontact", "\(contact)&alphasender=Acme+Inc", "-7"), ("smscontact", "\(contact)&alphasender=12345", "-7"),
    ("smscontact", "\(contact)&alphasender=TwelveLetter", "-7"), ("smsgroup", "\(group)&alphasender=%C3%84cme", "-7"),
    ("smscontact", "\(contact)&recurring=2", "-8"), ("smsgroup", "\(group)&rotate=2", "-8"),
    ("smscontact", "\(contact)&\(series)&repeat=daily", "-9"), ("smscontact", "\(contact)&\(series)&repeat=", "-9"),
    ("smscontact", "\(contact)&repeat=Hourly", "-9"),
    ("smsgroup", "\(group)&throttle=0", "-9"), ("smsgroup", "\(group)&throttle=7", "-9"),
    ("smsgroup", "\(group)&throttle=fast", "-9"),
    ("smscontact", "\(contact)&\(series)&frequency=31", "-10"),
    ("smscontact", "\(contact)&\(series)&frequency=", "-10"),
    ("smscontact", "\(contact)&frequency=0", "-10"), ("smsgroup", "\(group)&recurring=yes", "-10"),
    ("smscontact", "\(contact)&\(series)&enddate=", "-11"), ("smsgroup", "\(group)&\(series)&repeat=Never", "-11"),
    ("smsgroup", "\(group)&\(series)&frequency=", "-12"), ("smsgroup", "\(group)&\(series)&enddate=", "-13"),
    ("smscontact", "\(contact)&sendondate=2026-10-10 06:30", "-16"),
    ("smscontact", "\(contact)&sendondate=31-02-2026 06:30", "-16"),
    ("smscontact", "\(contact)&sendondate=10-10-2026", "-16"),
    ("smscontact", "\(contact)&\(series)&enddate=09-10-2026 06:30", "-16"),
    ("smsgroup", "\(group)&\(series)&sendondate=", "-16"),
  ]

  @Test("Refusals carry the status of the documents' table for that call", arguments: refused)
  func refusals(name: String, form: String, status: String) throws {
    let reply = try call(name, form)
    #expect(reply.status == 200)
    #expect(reply.json["status"]?.text == status)
    #expect(reply.json["msg"]?.text?.isEmpty == false)
    #expect(reply.accepted.isEmpty)
  }

  @Test("A missing or wrong key is -1 in every call", arguments: ["", "x"])
  func credentials(key: String) throws {
    #expect(try call("smscontact", Self.contact, key: key).json["status"] == "-1")
    #expect(try call("smsgroup", Self.group, key: key).json["status"] == "-1")
  }

  @Test(
    "A credit is 160 characters, or 70 where GSM 03.38 can't write them",
    arguments: [
      (String(repeating: "a", count: 160), 1), (String(repeating: "a", count: 161), 2),
      (String(repeating: "a", count: 320), 2), (String(repeating: "a", count: 321), 3),
      (String(repeating: "%D0%96", count: 70), 1), (String(repeating: "%D0%96", count: 140), 2),
    ])
  func credits(text: String, credits: Int) throws {
    let form = "\(Self.group)&message=\(text)"
    #expect(try call("smsgroup", form) { $0.credits = credits * 3 }.accepted.count == 3)
    #expect(try call("smsgroup", form) { $0.credits = credits * 3 - 1 }.json["status"] == "-14")
    #expect(
      try call("smscontact", "\(Self.contact)&message=\(text)") { $0.credits = credits - 1 }.json["status"]
        == "-12")
  }

  @Test("A group without members is -15")
  func emptyGroup() throws {
    #expect(try call("smsgroup", "\(Self.group)&to=Empty").json["status"] == "-15")
  }

  @Test("The first and last number of the block are contacts, those around it are not")
  func block() throws {
    for (number, status) in [
      ("15550099999", "-6"), ("15550100000", "0"), ("15550109999", "0"), ("15550110000", "-6"),
    ] {
      #expect(try call("smscontact", "\(Self.contact)&to=\(number)").json["status"]?.text == status)
    }
  }
}
