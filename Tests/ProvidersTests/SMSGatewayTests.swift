import Messaging
import Testing
import TextFormats

@testable import Providers

@Suite struct SMSGatewayTests {
  private let gateway = VPixelPro(sampleSettings(["key": "K3Y"]))

  @Test("A request has at most 500 messages: with long texts, that stays below what PHP takes")
  func batchLimit() {
    #expect(gateway.batchLimit == 500 && Sendapp(sampleSettings(["key": "K3Y"])).batchLimit == 500)
    let longest = message(String(repeating: "\u{1F600}", count: 600))
    let body = gateway.send(Array(repeating: longest, count: 500)).request.body.bytes
    #expect(body.count < 8_000_000)
  }

  @Test("All calls are POSTs of send.php with the key in the form")
  func address() throws {
    let credentials = try VPixelPro.credentials(sampleSettings(["key": "K3Y"]))
    let request = gateway.send([message()]).authorized(by: credentials).request
    #expect(request.url == "https://sms.example/services/send.php")
    #expect(request.form.first == FormField("key", "K3Y", isSecret: true))
    #expect(request.authorization == .none)
  }

  @Test(
    "One message is number and text, and what it asks for beyond that",
    arguments: [
      (message("Grüße\n\"=&+\""), []),
      (message("Hi", at: 1_772_357_401), ["schedule=1772357401"]),
      (message("Hi") { $0.devices = [DeviceSelector(id: 1)] }, ["devices=1"]),
      (message("Hi") { $0.devices = [DeviceSelector(id: 1, sim: 0)] }, ["devices=1|0"]),
      (
        message("Hi") { $0.devices = [DeviceSelector(id: 1), DeviceSelector(id: 2, sim: 1)] },
        [#"devices=["1","2|1"]"#]
      ),
      (message("Hi") { $0.deviceScope = .allDevices }, ["option=1"]),
      (message("Hi") { $0.deviceScope = .allSIMs }, ["option=2"]),
      (message("Hi") { $0.usesRandomDevice = true }, ["useRandomDevice=1"]),
      (message("Hi") { $0.isPriority = true }, ["prioritize=1"]),
      (message("Hi") { $0.isMMS = true }, ["type=mms"]),
      (
        message("Hi") {
          $0.isMMS = true
          $0.attachments = ["https://x.example/a,b.png", "https://x.example/c.jpg"]
        }, ["attachments=https://x.example/a%2Cb.png,https://x.example/c.jpg", "type=mms"]
      ),
    ] as [(OutgoingMessage, [String])])
  func single(message: OutgoingMessage, extra: [String]) {
    let basics = ["message=\(message.body)", "number=+15550100001"]
    #expect(gateway.fields(of: message) == (basics + extra).sorted())
  }

  @Test("Several messages are one JSON array; what they share stands beside it")
  func batch() {
    let picture = message("Look \"here\"", to: "+15550100002", at: 1_772_357_401) {
      $0.isMMS = true
      $0.attachments = ["https://x.example/c.jpg"]
    }
    let messages =
      #"[{"number":"+15550100001","message":"Hi"},"#
      + #"{"number":"+15550100002","message":"Look \"here\"","type":"mms","attachments":"https://x.example/c.jpg"}]"#
    #expect(
      gateway.fields(of: message("Hi", at: 1_772_357_401), picture)
        == ["messages=\(messages)", "schedule=1772357401"])
    #expect(gateway.batchKey(of: picture) == gateway.batchKey(of: message("Hi", at: 1_772_357_401)))
  }

  @Test("Devices of a batch are a JSON array, be it of one")
  func batchDevices() {
    let batch = ["+15550100001", "+15550100002"].map { number in
      message(to: number) { $0.devices = [DeviceSelector(id: 2, sim: 0)] }
    }
    #expect(gateway.fields(of: batch[0], batch[1]).contains(#"devices=["2|0"]"#))
  }

  @Test("The profile's devices serve where a message names none, and where not all take part")
  func profileDevices() {
    let gateway = Sendapp(sampleSettings(["key": "K3Y"], devices: ["1", "2:0"]))
    #expect(gateway.fields(of: message()).contains(#"devices=["1","2|0"]"#))
    #expect(gateway.fields(of: message { $0.devices = [DeviceSelector(id: 7)] }).contains("devices=7"))
    #expect(!gateway.fields(of: message { $0.deviceScope = .allSIMs }).contains { $0.hasPrefix("devices=") })
  }

  @Test("Everything a sent message says of itself is in its record")
  func record() throws {
    let reply = """
      {"success":true,"data":{"messages":[{"number":"+15550100001","message":"Hello","deviceID":26,"simSlot":1,
      "schedule":null,"userID":1,"groupID":")V5LxqyBMEbQrl9*J$5bb4c03e8a07b7.62193871","status":"Delivered",
      "resultCode":null,"errorCode":null,"type":"sms","attachments":null,"retries":null,
      "sentDate":"2021-09-18T19:48:35+0600","deliveredDate":"2018-10-20T00:00:00+02:00","expiryDate":null,"ID":96273}]},
      "error":null}
      """
    let record = try gateway.outcome(of: message(), reply)
    #expect(record.id == "96273")
    #expect(record.groupID == ")V5LxqyBMEbQrl9*J$5bb4c03e8a07b7.62193871")
    #expect(record.status == .delivered && record.providerStatus == "Delivered")
    #expect(record.device == "26" && record.sim == "1")
    #expect(record.sentAt == Timestamp(unixSeconds: 1_631_972_915))
    #expect(record.deliveredAt == Timestamp(unixSeconds: 1_539_986_400))
    #expect(record.raw?["userID"] == 1)
  }

  @Test("The example of the documentation, numbers as strings, is read alike")
  func documentedReply() throws {
    let reply = """
      {"success":true,"data":{"messages":[{"ID":"1","number":"+15550100001","message":"Hello","deviceID":"1",
      "simSlot":"0","userID":"1","status":"Pending","sentDate":"2018-10-20T00:00:00+02:00","deliveredDate":null,
      "groupID":")V5"}]}}
      """
    let record = try gateway.outcome(of: message(), reply)
    #expect(record.id == "1" && record.device == "1" && record.sim == "0" && record.groupID == ")V5")
    #expect(record.status == .queued)
    #expect(record.sentAt == nil, "the date is that of its arrival at the gateway")
  }

  private func reply(status: String, more: String = "") -> String {
    #"{"success":true,"data":{"messages":[{"ID":1,"number":"+15550100001","message":"Hello","status":\#(status)\#(more)}]}}"#
  }

  @Test(
    "The gateway's words for a status become ours",
    arguments: [
      (#""Pending""#, nil, MessageStatus.queued), (#""Pending""#, 1_800_000_000, .scheduled),
      (#""Queued""#, nil, .queued), (#""Scheduled""#, nil, .scheduled), (#""Sent""#, nil, .sent),
      (#""delivered""#, nil, .delivered), (#""Canceled""#, nil, .canceled), (#""Received""#, nil, .received),
      (#""Under review""#, nil, .accepted), (#""Under review""#, 1_800_000_000, .accepted), ("null", nil, .accepted),
      ("null", 1_800_000_000, .scheduled), ("[]", nil, .accepted),
    ] as [(String, Int64?, MessageStatus)])
  func status(word: String, time: Int64?, status: MessageStatus) throws {
    let record = try gateway.outcome(of: message(at: time), reply(status: word))
    #expect(record.status == status)
    #expect(record.providerStatus.map { "\"\($0)\"" } == (word.hasPrefix("\"") ? word : nil))
  }

  @Test("A message that comes back as failed has an error with the gateway's code")
  func failed() throws {
    let record = try gateway.outcome(
      of: message(), reply(status: #""Failed""#, more: #","resultCode":1,"errorCode":"38""#))
    #expect(record.status == .failed && record.error?.code == "38")
    #expect(
      try gateway.outcome(of: message(), reply(status: #""Failed""#, more: #","resultCode":1"#)).error?.code == "1")
  }

  @Test(
    "Dates are read in each form seen; others are nothing",
    arguments: [
      ("2018-10-20T00:00:00+02:00", 1_539_986_400), ("2021-09-18T19:48:35+0600", 1_631_972_915),
      ("2021-09-18 19:48:35", 1_632_001_715), ("0000-00-00 00:00:00", nil), ("", nil), ("+0600", nil), ("soon", nil),
      ("2021-09-18T19:48:35", nil), ("2021-09-18T19:48:35+06:0", nil), ("99999-01-01 00:00:00", nil),
    ] as [(String, Int64?)])
  func dates(text: String, seconds: Int64?) {
    let zone = TimeZoneRules(name: "Test/West") { _ in -7200 }
    #expect(Timestamp(inAPI: text, zone: zone)?.unixSeconds == seconds)
  }

  @Test(
    "A refusal is what `success` says, however its error is written",
    arguments: [
      (
        #"{"code":500,"message":"This device doesn't exist."}"#, ProviderError.Kind.refused, "500",
        "This device doesn't exist."
      ),
      (#""This device doesn't exist.""#, .refused, nil, "This device doesn't exist."),
      (#"{"code":401,"message":"Nope"}"#, .credentials, "401", "Nope"),
      (#"{"code":"401","message":"Nope"}"#, .credentials, "401", "Nope"),
      (#""Invalid API key""#, .credentials, nil, "Invalid API key"),
      (#"{"code":500,"message":"You don't have enough credits."}"#, .noCredit, "500", "You don't have enough credits."),
      (#"{"code":402,"message":"Pay first"}"#, .noCredit, "402", "Pay first"),
      (#""Insufficient SMS credits""#, .noCredit, nil, "Insufficient SMS credits"),
      (#"{"code":500,"message":"No credit card on file"}"#, .refused, "500", "No credit card on file"),
      (#"{"code":500,"message":"Credit note missing"}"#, .refused, "500", "Credit note missing"),
      (#"{"code":400,"message":"Not enough credits"}"#, .refused, "400", "Not enough credits"),
      (#"{"code":403,"message":"Invalid API key"}"#, .refused, "403", "Invalid API key"),
      (#"{"message":"a\u001b[31mb"}"#, .refused, nil, "a\u{1B}[31mb"),
      (#"{"code":null,"message":null}"#, .refused, nil, nil), ("null", .refused, nil, nil), ("[1]", .refused, nil, nil),
      (#""""#, .refused, nil, nil),
    ] as [(String, ProviderError.Kind, String?, String?)])
  func refusals(error: String, kind: ProviderError.Kind, code: String?, words: String?) {
    let body = #"{"success":false,"data":null,"error":\#(error)}"#
    let refusal = #expect(throws: ProviderError.self) { try gateway.outcome(of: message(), body) }
    #expect(refusal?.kind == kind && refusal?.code == code)
    #expect(refusal?.message == words ?? "the request was refused without a reason")
  }

  @Test("A refusal may come without data and error")
  func bareRefusal() {
    let refusal = #expect(throws: ProviderError.self) { try gateway.outcome(of: message(), #"{"success":false}"#) }
    #expect(refusal?.kind == .refused)
  }

  @Test(
    "Success that doesn't show the message leaves it unknown",
    arguments: [
      #"{"success":true}"#, #"{"success":true,"data":null}"#, #"{"success":true,"data":{"messages":{}}}"#,
      #"{"success":true,"data":{"credits":null}}"#, #"{"success":true,"data":{"messages":[{"status":"Sent"}]}}"#,
      #"{"success":true,"data":{"messages":[{"number":"+15550100001","message":"Hello you","status":"Sent"}]}}"#,
      #"{"success":true,"data":{"messages":[{"number":"+15550100002","message":"Hello","status":"Sent"}]}}"#,
      #"{"success":true,"data":{"messages":[{"number":"+15550100001","status":"Sent"}]}}"#,
    ])
  func missing(body: String) throws {
    #expect(try gateway.outcome(of: message(), body).status == .unknown)
  }

  @Test("Texts that only look alike are different messages")
  func lookalikes() throws {
    let batch = [message("caf\u{E9}"), message("cafe\u{301}"), message("a\r\nb"), message("a\nb")]
    let rows = batch.enumerated().reversed().map { index, message -> JSONValue in
      ["number": "+15550100001", "message": .string(message.body), "ID": .number(String(index))]
    }
    let reply: JSONValue = ["success": true, "data": ["messages": .array(rows)]]
    #expect(try gateway.outcome(of: batch, reply.document).map(\.id) == ["0", "1", "2", "3"])
  }
}
