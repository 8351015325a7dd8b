import Testing
import TextFormats

@testable import Sandbox

@Suite struct SMSGatewayContactsTests {
  @Test("A contact comes back as it is now, in each host's way of writing")
  func contact() throws {
    var (current, older) = (SMSGatewayAccount(.vpixelpro, seed: 1), SMSGatewayAccount(.sendapp, seed: 1))
    // As the documents' curl example posts it: the plus sign is not encoded.
    let form = "listID=1&number=+11234567890&name=John+Doe"
    #expect(
      try current.call("manage-contacts", form).json["data"] == [
        "contact": ["ID": 4, "number": "+11234567890", "name": "John Doe", "contactsListID": 1, "subscribed": true]
      ])
    #expect(
      try older.call("manage-contacts", form).json["data"] == [
        "contact": ["ID": "4", "number": "+11234567890", "name": "John Doe", "contactsListID": "1", "subscribed": "1"]
      ])
  }

  /// Calls in a row, what each answers as `subscribed` or as the code of its error, and who is sent to in the end.
  static let stories: [(calls: [String], answers: [String], recipients: [String])] = [
    (["number=%2B15550100009"], ["true"], ["1", "2", "3", "9"]),
    (["number=%2B15550100009", "number=%2B15550100009"], ["true", "500"], ["1", "2", "3", "9"]),
    (["number=15550100001"], ["500"], ["1", "2", "3"]),
    (["number=15550100001&resubscribe=1"], ["true"], ["1", "2", "3"]),
    // curl, PHP and C# write true in their own ways.
    (["number=%2B15550100002&unsubscribe=true"], ["false"], ["1", "3"]),
    (["number=%2B15550100002&unsubscribe=1"], ["false"], ["1", "3"]),
    (["number=15550100002&unsubscribe=True", "number=15550100002&unsubscribe=1"], ["false", "false"], ["1", "3"]),
    (["number=15550100002&unsubscribe=1", "number=15550100002"], ["false", "500"], ["1", "3"]),
    (["number=15550100002&unsubscribe=1", "number=15550100002&resubscribe=0"], ["false", "500"], ["1", "3"]),
    (["number=15550100002&unsubscribe=1", "number=15550100002&resubscribe=1"], ["false", "true"], ["1", "2", "3"]),
    (["number=15550100009&resubscribe=1"], ["true"], ["1", "2", "3", "9"]),
    (["number=15550100009&unsubscribe=1"], ["500"], ["1", "2", "3"]),
    (["number=15550100009&unsubscribe=0"], ["true"], ["1", "2", "3", "9"]),
  ]

  @Test(
    "Only subscribed contacts are sent to; the same number is the same contact with and without +", arguments: stories)
  func subscription(calls: [String], answers: [String], recipients: [String]) throws {
    var account = SMSGatewayAccount(.vpixelpro, seed: 1)
    let given = try calls.map { call in
      let reply = try account.call("manage-contacts", "listID=1&\(call)").json
      return reply["error"]?["code"]?.text ?? (reply["data"]?["contact"]?["subscribed"] == true ? "true" : "false")
    }
    #expect(given == answers)
    #expect(
      try account.call("send", "listID=1&message=Hi").accepted.map { $0.to.suffix(1) } == recipients.map { $0[...] })
  }

  @Test("Resubscribing takes a new name over and keeps the old one where there is none")
  func name() throws {
    var account = SMSGatewayAccount(.vpixelpro, seed: 1)
    let names = try ["&name=Test", "", "&name=", "&name=Other"].map { name in
      let form = "listID=1&number=15550100001&resubscribe=1\(name)"
      return try account.call("manage-contacts", form).json["data"]?["contact"]?["name"]?.text
    }
    #expect(names == ["Test", "Test", "Test", "Other"])
  }

  static let refused: [(form: String, code: Int?)] = [
    ("number=15550100001", nil), ("listID=1", nil), ("listID=1&unsubscribe=1", nil),
    ("listID=2&number=15550100001", 500), ("listID=one&number=15550100001", 500),
    ("listID=2&number=15550100001&unsubscribe=1", 500), ("listID=1&number=12", 400),
    ("listID=1&number=John", 400), ("listID=1&number=15550100001&unsubscribe=maybe", 400),
    ("listID=1&number=15550100001&resubscribe=maybe", 400),
  ]

  @Test("What is refused changes nothing", arguments: refused)
  func refusals(form: String, code: Int?) throws {
    var account = SMSGatewayAccount(.vpixelpro, seed: 1)
    let reply = try account.call("manage-contacts", form)
    #expect(reply.status == 200)
    #expect(reply.json["error"]?["code"]?.int == code)
    #expect(reply.body.isEmpty == (code == nil))
    #expect(account.contactLists == SMSGatewayAccount(.vpixelpro, seed: 1).contactLists)
  }
}
