import Messaging
import Testing
import TextFormats

@testable import Sandbox

@Suite struct SMSITContactsTests {
  static let added: [(form: String, status: String)] = [
    ("number=447443332212&group=Friends", "0"),
    ("number=447443332212&group=Friends&name=Mark&email=mark@example.com&bday=1990-02-28", "0"),
    ("number=15550100777&group=Friends", "0"), ("number=15550110001&group=Everyone", "0"),
    ("group=Friends", "-2"), ("number=&group=Friends", "-2"), ("", "-3"), ("number=447443332212", "-4"),
    ("number=447443332212&group=", "-4"), ("number=447443332212&group=Nobody", "-5"),
    ("number=447443332212&group=friends", "-5"), ("number=%2B447443332212&group=Friends", "-6"),
    ("number=447-443&group=Friends", "-6"), ("number=447443332212&group=Friends&bday=28-02-1990", "-6"),
    ("number=447443332212&group=Friends&bday=1990-02-30", "-6"), ("number=15550100001&group=Friends", "-7"),
    ("number=15550100001&group=Everyone", "-7"),
  ]

  @Test("Adding answers with the status of the documents' table", arguments: added)
  func adding(form: String, status: String) throws {
    var account = SMSITAccount()
    #expect(try account.status("addcontact", form) == status)
  }

  @Test("Who was added is found with all that is known, can be sent to, and can't be added again")
  func story() throws {
    var account = SMSITAccount()
    let sending = "from=15550100103&to=447443332212&message=Hi"
    #expect(try account.status("smscontact", sending) == "-6")
    _ = try account.call(
      "addcontact", "number=447443332212&group=Friends&name=Mark+M%C3%BCller&email=mark@example.com&bday=1990-02-28",
      after: 5)
    #expect(
      try account.call("getcontacts", "name=mark").json == [
        "status": "0",
        "contacts": [
          [
            "id": "10002", "name": "Mark Müller", "birthday": "1990-02-28", "email": "mark@example.com",
            "number": "447443332212", "group": "Friends", "subscriber": "Yes", "source": "import", "carrier": "",
            "date": "2026-03-01 12:00:05",
          ]
        ],
      ])
    #expect(try account.status("smscontact", sending) == "0")
    #expect(try account.status("addcontact", "number=447443332212&group=Friends") == "-7")
    #expect(try account.call("smsgroup", "from=15550100103&to=Friends&message=Hi").accepted.count == 4)
  }

  @Test("A contact of one group can join another and stays one contact")
  func secondGroup() throws {
    var account = SMSITAccount()
    #expect(try account.status("addcontact", "number=15550100777&group=Friends&name=Seven") == "0")
    let found = try account.call("getcontacts", "number=15550100777").json["contacts"]?.array
    #expect(found?.count == 1)
    #expect(found?.first?["group"] == "Everyone,Friends")
    #expect(found?.first?["name"] == "Seven")
  }

  @Test("Who has left is no recipient until added again")
  func comingBack() throws {
    var account = SMSITAccount()
    let sending = "from=15550100103&to=15550110001&message=Hi"
    #expect(try account.status("smscontact", sending) == "-6")
    #expect(try account.status("addcontact", "number=15550110001&group=Everyone") == "0")
    #expect(try account.status("smscontact", sending) == "0")
    #expect(try account.call("getcontacts", "number=15550110001").json["contacts"]?.column("subscriber") == ["Yes"])
  }

  static let friends = ["15550100001", "15550100002", "15550100003"]
  static let found: [(form: String, numbers: [String])] = [
    ("group=Friends&sortby=phone_number&sortdir=asc", friends), ("group=Friends", friends.reversed()),
    ("group=Friends&sortby=created&sortdir=asc", friends), ("group=Friends&sortdir=desc", friends.reversed()),
    ("group=Friends&sortby=name&sortdir=asc", friends), ("group=Friends&sortby=name", friends.reversed()),
    ("name=EXAMPLE&sortdir=asc", Array(friends[..<2])), ("name=bj%C3%B6rn", [friends[1]]),
    ("name=%C3%B6RN", [friends[1]]), ("email=example.org", [friends[1]]), ("email=ADA@example.com", [friends[0]]),
    ("number=15550100001", [friends[0]]), ("number=00001&group=Friends", [friends[0]]),
    // 0 stands for import, 1 for SMS, 2 for the web widget, 3 for a kiosk.
    ("group=Friends&source=1", [friends[0]]), ("source=2", [friends[1]]), ("source=3", [friends[2]]),
    ("source=1", ["15550110001", friends[0]]),
    // 0 stands for subscribed, 1 for unsubscribed.
    ("subscribed=1", ["15550110001"]), ("name=former&subscribed=1", ["15550110001"]),
    ("group=Friends&subscribed=0", friends.reversed()),
    ("group=Friends&limit=2", [friends[2], friends[1]]), ("group=Friends&limit=2&page=2", [friends[0]]),
    ("group=Everyone&sortby=phone_number&sortdir=asc&limit=2&page=5001", ["15550110001"]),
    ("group=Everyone&sortby=phone_number&limit=1", ["15550110001"]),
    ("group=Friends&limit=x&page=0", friends.reversed()),
  ]

  @Test("Contacts are found by every filter, in the order wanted, page by page", arguments: found)
  func searching(form: String, numbers: [String]) throws {
    var account = SMSITAccount()
    let reply = try account.call("getcontacts", form).json
    #expect(reply["status"] == "0")
    #expect(reply["contacts"]?.column("number") == numbers)
  }

  @Test("A page has 50 contacts at most where nothing else is said; all pages hold everyone once")
  func paging() throws {
    var account = SMSITAccount()
    #expect(try account.call("getcontacts").json["contacts"]?.array?.count == 50)
    let ids = try (1...11).map { page in
      try account.call("getcontacts", "limit=1000&page=\(page)").json["contacts"]?.column("id") ?? []
    }
    #expect(ids.map(\.count) == Array(repeating: 1000, count: 10) + [1])
    #expect(Set(ids.joined()).count == 10_001)
  }

  static let refused: [(form: String, status: String)] = [
    ("group=Nobody", "-2"), ("source=4", "-3"), ("source=import", "-3"), ("source=-1", "-3"),
    ("subscribed=2", "-4"), ("subscribed=yes", "-4"), ("sortby=number", "-5"), ("sortby=Name", "-5"),
    ("sortdir=up", "-6"), ("name=nobody", "-7"), ("group=Empty", "-7"), ("group=Friends&page=2", "-7"),
    ("number=%2B15550100001", "-7"), ("limit=9223372036854775807&page=3", "-7"),
  ]

  @Test("Searching refuses with the status of the documents' table", arguments: refused)
  func refusals(form: String, status: String) throws {
    var account = SMSITAccount()
    let reply = try account.call("getcontacts", form)
    #expect(reply.status == 200)
    #expect(reply.json["status"]?.text == status)
    #expect(reply.json["msg"]?.text?.isEmpty == false)
    #expect(reply.json["contacts"] == nil)
  }
}
