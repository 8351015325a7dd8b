import Messaging
import Testing
import TextFormats

@testable import Sandbox

@Suite struct SMSGatewaySendTests {
  private func send(
    _ form: String, host: SMSGatewayHost = .vpixelpro, prepare: (inout SMSGatewayAccount) -> Void = { _ in }
  ) throws -> SandboxReply {
    var account = SMSGatewayAccount(host, seed: 1)
    prepare(&account)
    return account.answer(try .post("/services/send.php", "key=\(host.key)&\(form)"), at: noon)
  }

  private func messages(_ form: String) throws -> [JSONValue] {
    try #require(try send(form).json["data"]?["messages"]?.array)
  }

  @Test("A message comes back as real hosts write it")
  func message() throws {
    let reply = try send("number=%2B15550100001&message=Caf%C3%A9+%26+co&devices=1%7C0&type=sms&prioritize=1")
    #expect(reply.status == 200)
    let group = try #require(reply.json["data"]?["messages"]?.array?.first?["groupID"])
    #expect(
      reply.json == [
        "success": true,
        "data": [
          "messages": [
            [
              "number": "+15550100001", "message": "Café & co", "deviceID": 1, "simSlot": 0, "schedule": nil,
              "userID": 1,
              "groupID": group, "status": "Pending", "resultCode": nil, "errorCode": nil, "type": "sms",
              "attachments": nil, "retries": nil, "sentDate": "2026-03-01T18:00:00+0600", "deliveredDate": nil,
              "expiryDate": nil, "ID": 4,
            ]
          ]
        ],
        "error": nil,
      ])
    #expect(group.text?.contains("*J$") == true)
    #expect(
      reply.accepted == [
        AcceptedMessage(
          provider: "vpixelpro", at: noon, id: "4", group: group.text, to: "+15550100001", body: "Café & co", device: 1,
          sim: 0, options: [.init("prioritize", true)])
      ])
  }

  @Test("Sendapp writes strings, and a colon in the zone, as its documents show")
  func olderHost() throws {
    let reply = try send("number=%2B15550100001&message=Hi&devices=2%7C1", host: .sendapp)
    let message = try #require(reply.json["data"]?["messages"]?.array?.first)
    #expect(
      message == [
        "number": "+15550100001", "message": "Hi", "deviceID": "2", "simSlot": "1", "schedule": nil, "userID": "1",
        "groupID": .optional(message["groupID"]?.text), "status": "Pending", "resultCode": nil, "errorCode": nil,
        "type": "sms", "attachments": nil, "retries": nil, "sentDate": "2026-03-01T14:00:00+02:00",
        "deliveredDate": nil, "expiryDate": nil, "ID": "4",
      ])
  }

  /// What the examples in the documents make their clients post, without the key.
  static let documentedForms: [(form: String, sent: [String])] = [
    // curl -d "number=+1…": the plus sign is not encoded.
    ("number=+11234567890&message=This is a test message.", ["+11234567890 This is a test message. 1/-"]),
    (
      #"messages=[{"number":"+11234567890","message":"Message 1"},{"number":"+19876543210","message":"Message 2"}]"#,
      ["+11234567890 Message 1 1/-", "+19876543210 Message 2 1/-"]
    ),
    (
      "number[]=12345678790&number[]=0987654321&message=Your+Messages&devices=2&type=sms&prioritize=0",
      ["+12345678790 Your Messages 2/-", "0987654321 Your Messages 2/-"]
    ),
    ("listID=1&message=Hi", ["+15550100001 Hi 1/-", "+15550100002 Hi 1/-", "+15550100003 Hi 1/-"]),
    // PHP: sendSingleMessage with its defaults; http_build_query leaves out null.
    ("number=%2B911234567890&message=Hi&devices=0", ["+911234567890 Hi 1/-"]),
    ("number=%2B911234567890&message=Hi&devices=1%7C0", ["+911234567890 Hi 1/0"]),
    ("number=%2B911234567890&message=Hi&type=sms&prioritize=0", ["+911234567890 Hi 1/-"]),
    // PHP: sendMessages([...]), then with null for option and devices.
    (
      "messages=%5B%7B%22number%22%3A%22%2B911234567890%22%2C%22message%22%3A%22Hi%22%7D%5D&devices=%5B%5D&option=0"
        + "&useRandomDevice=0", ["+911234567890 Hi 1/-"]
    ),
    (
      "messages=%5B%7B%22number%22%3A%22%2B911234567890%22%2C%22message%22%3A%22Hi%22%7D%5D&devices=null",
      ["+911234567890 Hi 1/-"]
    ),
    // PHP: sendMessageToContactsList(1, "Test", USE_SPECIFIED, 1).
    (
      "listID=1&message=Test&devices=1&option=0",
      ["+15550100001 Test 1/-", "+15550100002 Test 1/-", "+15550100003 Test 1/-"]
    ),
    // C#: string[] as JSON, booleans as words, small hexadecimal digits.
    (
      "messages=%5b%7b%22number%22%3a%22%2b911234567890%22%2c%22message%22%3a%22Hi%22%7d%5d"
        + "&devices=%5b%222%7c1%22%5d&option=0&useRandomDevice=False", ["+911234567890 Hi 2/1"]
    ),
    // MMS.
    (
      "number=%2B15550100001&message=Look&type=mms&attachments=https%3A%2F%2Fexample.com%2Fa.png,https://example.com/b.png",
      ["+15550100001 Look 1/- https://example.com/a.png,https://example.com/b.png"]
    ),
    (
      #"messages=[{"number":15550100001,"message":"","type":"mms","attachments":"http://example.com/a"}]"#,
      ["+15550100001  1/- http://example.com/a"]
    ),
    // Optional fields sent empty.
    ("number=15550100001&message=Hi&schedule=&devices=&type=&attachments=", ["+15550100001 Hi 1/-"]),
  ]

  @Test("Existing clients' forms are understood", arguments: documentedForms)
  func forms(form: String, sent: [String]) throws {
    let reply = try send(form)
    #expect(reply.json["success"] == true)
    #expect(
      reply.accepted.map { message in
        let sim = message.sim.map(String.init) ?? "-"
        let words = [message.to, message.body, "\(message.device ?? 0)/\(sim)"]
        return (words + message.options.compactMap(\.value.text)).joined(separator: " ")
      } == sent)
  }

  @Test("GET takes the same names")
  func get() throws {
    var account = SMSGatewayAccount(.vpixelpro, seed: 1)
    let query = "key=\(SampleData.vpixelproKey)&number[]=12345678790&number[]=0987654321&message=Your+Messages"
    let reply = account.answer(try .get("/services/send.php", query), at: noon)
    #expect(reply.accepted.count == 2)
  }

  static let deals: [(form: String, routes: [String])] = [
    (
      #"devices=[1,"2|0","2|1"]"#, ["1/-", "2/0", "2/1", "1/-", "2/0", "2/1", "1/-", "2/0", "2/1", "1/-", "2/0", "2/1"]
    ),
    ("option=1", (0..<6).flatMap { _ in ["1/-", "2/-"] }),
    ("option=2", (0..<3).flatMap { _ in ["1/0", "1/1", "2/0", "2/1"] }),
    ("devices=2|1", Array(repeating: "2/1", count: 12)),
    (#"devices="2|1""#, Array(repeating: "2/1", count: 12)),
    ("devices[]=2&devices[]=1|1", (0..<6).flatMap { _ in ["2/-", "1/1"] }),
    ("devices=0", Array(repeating: "1/-", count: 12)),
  ]

  @Test("Messages are split between devices or SIMs in turn", arguments: deals)
  func dealing(form: String, routes: [String]) throws {
    let one = #"{"number":"+15550100001","message":"Hi"}"#
    let all = Array(repeating: one, count: 12).joined(separator: ",")
    let sent = try messages("messages=[\(all)]&\(form)")
    #expect(sent.map { "\($0["deviceID"]?.int ?? 0)/\($0["simSlot"]?.text ?? "-")" } == routes)
    #expect(Set(sent.compactMap { $0["groupID"]?.text }).count == 1)
    #expect(sent.compactMap { $0["ID"]?.int } == Array(4...15))
  }

  @Test("A random device is one for all messages of a request")
  func randomDevice() throws {
    let numbers = (0..<20).map { _ in "number[]=15550100001" }.joined(separator: "&")
    let devices = try (0..<20).map { seed in
      try send("\(numbers)&message=Hi&option=2&useRandomDevice=1") { $0.random = SplitMix64(seed: seed) }.accepted
    }
    #expect(devices.allSatisfy { Set($0.map { [$0.device, $0.sim] }).count == 1 })
    #expect(Set(devices.map { [$0[0].device, $0[0].sim] }).count > 1)
  }

  @Test("A scheduled message stays pending and says when it is due")
  func schedule() throws {
    let reply = try send("number=15550100001&message=Hi&schedule=1772370000")
    let message = try #require(reply.json["data"]?["messages"]?.array?.first)
    #expect(message["schedule"] == "2026-03-01T19:00:00+0600")
    #expect(message["status"] == "Pending")
    #expect(reply.accepted.first?.scheduledAt == Timestamp(unixSeconds: 1_772_370_000))
  }

  @Test("The key alone asks for the credits: null without a limit, else a string")
  func balance() throws {
    for (host, credits) in [(SMSGatewayHost.vpixelpro, JSONValue.null), (.sendapp, "1000000")] {
      var account = SMSGatewayAccount(host, seed: 1)
      let reply = account.answer(try .post("/services/send.php", "key=\(host.key)"), at: noon)
      #expect(reply.json == ["success": true, "data": ["credits": credits], "error": nil])
    }
  }

  static let refused: [(form: String, code: Int?)] = [
    // Missing parameters: an empty body (documents).
    ("number=15550100001", nil), ("message=Hi", nil), ("number=15550100001&message=", nil), ("listID=1", nil),
    ("messages=[]", nil), (#"messages=[{"number":"15550100001"}]"#, nil), (#"messages=[{"message":"Hi"}]"#, nil),
    ("devices=1", nil),
    // A device that is not there (seen).
    ("number=15550100001&message=Hi&devices=3", 500), ("number=15550100001&message=Hi&devices=1|2", 500),
    ("number=15550100001&message=Hi&devices=1|0|0", 500), ("number=15550100001&message=Hi&devices=[1,7]", 500),
    ("number=15550100001&message=Hi&devices=-1", 500), ("number=15550100001&message=Hi&devices=one", 500),
    ("listID=2&message=Hi", 500), ("listID=one&message=Hi", 500),
    ("number=555x0100001&message=Hi", 400), ("number=%2B&message=Hi", 400), ("number=1555+0100&message=Hi", 400),
    ("number=15550100001,15550100002&message=Hi", 400), ("number=%D9%A1%D9%A2%D9%A3%D9%A4&message=Hi", 400),
    ("number=15550100001&message=Hi&type=fax", 400), ("number=15550100001&message=Hi&option=3", 400),
    ("number=15550100001&message=Hi&schedule=tomorrow", 400), ("number=15550100001&message=Hi&schedule=-5", 400),
    ("number=15550100001&message=Hi&schedule=253402300800", 400), ("number=15550100001&message=Hi&prioritize=yes", 400),
    ("number=15550100001&message=Hi&useRandomDevice=2", 400), ("messages={}", 400), ("messages=[", 400),
    ("number=15550100001&message=Hi&type=mms&attachments=file.png", 400),
    ("number=15550100001&message=Hi&devices={}", 400),
  ]

  @Test("What is refused is refused in HTTP 200, and nothing of it is sent", arguments: refused)
  func refusals(form: String, code: Int?) throws {
    let reply = try send(form)
    #expect(reply.status == 200)
    #expect(reply.accepted.isEmpty)
    if let code {
      #expect(reply.json["success"] == false)
      #expect(reply.json["data"] == .null)
      #expect(reply.json["error"]?["code"]?.int == code)
    } else {
      #expect(reply.body.isEmpty)
    }
  }

  @Test("An unknown device is refused in the words of real hosts")
  func unknownDevice() throws {
    let reply = try send("number=15550100001&message=Hi&devices=9")
    #expect(
      reply.json == [
        "success": false, "data": nil,
        "error": ["code": 500, "message": "This device doesn't exist in database."],
      ])
  }

  @Test("One bad message of several keeps all from being sent")
  func allOrNothing() throws {
    var account = SMSGatewayAccount(.sendapp, seed: 1)
    let form = #"messages=[{"number":"15550100001","message":"Hi"},{"number":"x","message":"Hi"}]"#
    let reply = account.answer(try .post("/services/send.php", "key=\(account.host.key)&\(form)"), at: noon)
    #expect(reply.accepted.isEmpty)
    #expect(account.messages.allSatisfy { $0.isReceived })
    #expect(account.credits == 1_000_000)
  }

  @Test("A wrong key is refused with 401 in HTTP 200, a missing one with an empty body")
  func credentials() throws {
    var account = SMSGatewayAccount(.sendapp, seed: 1)
    let wrong = account.answer(try .post("/services/send.php", "key=x&number=15550100001&message=Hi"), at: noon)
    #expect(wrong.status == 200)
    #expect(wrong.json == ["success": false, "error": ["code": 401, "message": "Invalid API key"]])
    let missing = account.answer(try .post("/services/send.php", "number=15550100001&message=Hi"), at: noon)
    #expect(missing.status == 200)
    #expect(missing.body.isEmpty)
  }

  @Test("Credits are spent a message each and can run out")
  func credits() throws {
    let left = try send("listID=1&message=Hi", host: .sendapp) { $0.credits = 3 }
    #expect(left.accepted.count == 3)
    let none = try send("listID=1&message=Hi", host: .sendapp) { $0.credits = 2 }
    #expect(none.accepted.isEmpty)
    #expect(none.json["success"] == false)
  }

  @Test("Only subscribed contacts of a list are sent to")
  func subscription() throws {
    let reply = try send("listID=1&message=Hi") { account in
      _ = try? account.contactLists[1]?.unsubscribe("+15550100002")
    }
    #expect(reply.accepted.map(\.to) == ["+15550100001", "+15550100003"])
  }

  @Test(
    "A number ending in 9999 is taken and fails later, others are delivered",
    arguments: [
      ("15550109999", ["Pending", "Failed", "Failed"]), ("15550100001", ["Pending", "Sent", "Delivered"]),
    ])
  func progress(number: String, statuses: [String]) throws {
    var account = SMSGatewayAccount(.vpixelpro, seed: 1)
    let form = "key=\(account.host.key)&number=\(number)&message=Hi"
    #expect(account.answer(try .post("/services/send.php", form), at: noon).accepted.count == 1)
    #expect((0..<3).map { account.messages[3].status(at: noon.adding(seconds: $0)) } == statuses)
  }
}
