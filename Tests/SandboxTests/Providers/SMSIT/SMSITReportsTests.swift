import Testing
import TextFormats

@testable import Sandbox

@Suite struct SMSITReportsTests {
  @Test("A group report counts what has arrived and what has failed so far")
  func group() throws {
    var account = SMSITAccount()
    let id = try #require(try account.status("smsgroup", "from=15550100103&to=Everyone&message=Hi"))
    let counts = try (0..<3).map { seconds in
      try account.call("getbulksmsdeliveryreport", "groupsmsid=\(id)", after: seconds).json
    }
    #expect(
      counts == [
        ["successful": "0", "failed": "0"], ["successful": "0", "failed": "1"], ["successful": "9999", "failed": "1"],
      ])
  }

  @Test("Group reports keep groups apart")
  func groups() throws {
    var account = SMSITAccount()
    let first = try #require(try account.status("smsgroup", "from=15550100103&to=Friends&message=Hi"))
    _ = try account.call("addcontact", "number=15550109999&group=Friends")
    let second = try #require(try account.status("smsgroup", "from=15550100103&to=Friends&message=Hi"))
    let reports = try [first, second].map { id in
      try account.call("getbulksmsdeliveryreport", "groupsmsid=\(id)", after: 5).json
    }
    #expect(reports == [["successful": "3", "failed": "0"], ["successful": "3", "failed": "1"]])
  }

  @Test("A contact's report tells the status of the message sent last")
  func contact() throws {
    var account = SMSITAccount()
    let sending = "from=15550100103&message=Hi&to=15550100001"
    _ = try account.call("smscontact", sending)
    // Later in the queue, but not sent yet.
    _ = try account.call("smscontact", "\(sending)&sendondate=10-10-2026 06:30")
    _ = try account.call("smsgroup", "from=15550100103&message=Hi&to=Friends", after: 60)
    let statuses = try [0, 1, 2, 60, 61, 62, 20_000_000].map { seconds in
      try account.call("getcontactsmsdeliveryreport", "number=15550100001", after: seconds).json["smsstatus"]?.text
    }
    #expect(statuses == ["queued", "sent", "delivered", "queued", "sent", "delivered", "delivered"])
  }

  @Test("What was not delivered says why")
  func failure() throws {
    var account = SMSITAccount()
    _ = try account.call("smscontact", "from=15550100103&message=Hi&to=15550109999")
    let reply = try account.call("getcontactsmsdeliveryreport", "number=15550109999", after: 1).json
    #expect(reply == ["smsstatus": "undelivered", "errormsg": "The carrier could not deliver it."])
  }

  static let refused: [(name: String, form: String, status: String)] = [
    ("getbulksmsdeliveryreport", "", "-2"), ("getbulksmsdeliveryreport", "groupsmsid=", "-2"),
    ("getbulksmsdeliveryreport", "groupsmsid=1002", "-3"), ("getbulksmsdeliveryreport", "groupsmsid=0", "-3"),
    ("getbulksmsdeliveryreport", "groupsmsid=x", "-3"), ("getcontactsmsdeliveryreport", "", "-2"),
    ("getcontactsmsdeliveryreport", "number=15550100009", "-3"),
    ("getcontactsmsdeliveryreport", "number=%2B15550100001", "-3"), ("getcreditbalance", "", "-2"),
    ("getcreditbalance", "type=0", "-2"), ("getcreditbalance", "type=3", "-2"), ("getcreditbalance", "type=sms", "-2"),
  ]

  @Test("Refusals carry the status of the documents' table for that call", arguments: refused)
  func refusals(name: String, form: String, status: String) throws {
    var account = SMSITAccount()
    _ = try account.call("smsgroup", "from=15550100103&to=Friends&message=Hi")
    let reply = try account.call(name, form)
    #expect(reply.status == 200)
    #expect(reply.json["status"]?.text == status)
    #expect(reply.json["msg"]?.text?.isEmpty == false)
  }

  @Test("Credits go down by segments times people, scheduled or not, and voice credits stay")
  func credits() throws {
    var account = SMSITAccount()
    let long = String(repeating: "a", count: 300)
    _ = try account.call("smsgroup", "from=15550100103&to=Friends&message=\(long)")
    _ = try account.call("smscontact", "from=15550100103&to=15550100001&message=\(long)&sendondate=10-10-2026 06:30")
    _ = try account.call("smscontact", "from=15550100103&to=447443332212&message=\(long)")
    #expect(try account.call("getcreditbalance", "type=1").json["creditbalancenumber"] == "999992")
    #expect(try account.call("getcreditbalance", "type=2").json["creditbalancenumber"] == "500")
  }

  @Test(
    "A missing or wrong key is -1 in every call",
    arguments: [
      "addcontact", "getcontacts", "smsgroup", "smscontact", "getbulksmsdeliveryreport",
      "getcontactsmsdeliveryreport", "getcreditbalance", "addappointment", "generateOTP", "validateOtp",
    ])
  func credentials(name: String) throws {
    var account = SMSITAccount()
    for key in ["", "apikey=", "apikey=x"] {
      #expect(account.answer(try .post("/apis/\(name)/", "\(key)&type=1"), at: noon).json["status"] == "-1")
    }
    // The documents' example calls are GETs, and the last slash is often left out.
    let reply = account.answer(try .get("/apis/\(name)", "apikey=\(account.key)"), at: noon)
    #expect(reply.status == 200)
    #expect(reply.json["status"] != "-1")
  }

  @Test("Other names are no calls", arguments: ["/apis/", "/apis/generateotp", "/apis/getcontacts/x", "/getcontacts"])
  func unknownCalls(path: String) throws {
    var account = SMSITAccount()
    #expect(account.answer(try .post(path, "apikey=\(account.key)"), at: noon).status == 404)
  }
}
