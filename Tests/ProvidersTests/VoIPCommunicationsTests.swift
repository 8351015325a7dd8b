import Messaging
import Testing
import TextFormats

@testable import Providers

@Suite struct VoIPCommunicationsTests {
  private let provider = VoIPCommunications(sampleSettings(["key": "K3Y", "password": "P4SS"]))

  private func profile(from: String? = nil, zone: TimeZoneRules = .utc) -> VoIPCommunications {
    var strings = ["key": "K3Y", "password": "P4SS"]
    strings["from"] = from
    return VoIPCommunications(sampleSettings(strings, zone: zone))
  }

  @Test("Numbers go as digits with commas between, the key as HTTP Basic")
  func request() throws {
    let credentials = try VoIPCommunications.credentials(sampleSettings(["key": "K3Y", "password": "P4SS"]))
    let request = provider.send([message("Hi"), message("Hi", to: "+442079460958")]).authorized(by: credentials)
      .request
    #expect(request.url == "https://sms.example/sms/send")
    #expect(request.authorization == .basic(user: "K3Y", password: "P4SS"))
    #expect(
      provider.fields(of: message("Hi"), message("Hi", to: "+442079460958"))
        == ["msg=Hi", "to=15550100001,442079460958"])
  }

  @Test(
    "The sender is the message's, else the profile's, as digits",
    arguments: [
      (nil, nil, nil), (nil, "+15550100099", "from=15550100099"), ("15550100098", "+15550100099", "from=15550100098"),
      ("+1 (555) 010-0098", nil, "from=15550100098"), ("", "55512", "from=55512"),
    ] as [(String?, String?, String?)])
  func sender(own: String?, profile: String?, field: String?) {
    let fields = self.profile(from: profile).fields(of: message(from: own))
    #expect(fields.first { $0.hasPrefix("from=") } == field)
  }

  @Test("A sender that is no number is refused", arguments: ["Sender", "0555", "12", "+0155501", "555;1"])
  func invalidSender(sender: String) {
    #expect(provider.objection(to: message(from: sender)) == .senderInvalid(sender))
  }

  @Test("No sender is fine: the message goes as a bulk message")
  func noSender() {
    #expect(provider.objection(to: message()) == nil)
  }

  @Test(
    "Times are those of the profile's zone, never before what was asked",
    arguments: [
      (1_772_357_400, "2026-03-01 11:30"), (1_772_357_401, "2026-03-01 11:31"), (1_772_357_459, "2026-03-01 11:31"),
      (1_792_893_600, "2026-10-25 03:00"),
    ])
  func time(moment: Int64, text: String) {
    #expect(profile(zone: .autumn).fields(of: message(at: moment)).contains("delivery_date=\(text)"))
  }

  @Test("Messages of the same minute may share a request")
  func sameMinute() {
    let keys = [1_772_357_401, 1_772_357_460, 1_772_357_400].map { provider.batchKey(of: message(at: $0)) }
    #expect(keys[0] == keys[1] && keys[0] != keys[2])
  }

  @Test(
    "A time that clocks show twice is refused",
    arguments: [
      (1_792_886_399, true), (1_792_886_400, true), (1_792_889_999, true), (1_792_890_000, true), (1_792_893_540, true),
      (1_792_886_340, false), (1_792_893_541, false),
    ])
  func repeatedTime(moment: Int64, isRefused: Bool) {
    let objection = profile(zone: .autumn).objection(to: message(at: moment))
    #expect((objection != nil) == isRefused)
    guard case .localTimeRepeated(let civil, let zone) = objection else { return }
    #expect(civil.hour == 2 && zone == "Test/Autumn")
  }

  @Test("The example of the documentation is read in full")
  func documentedReply() throws {
    let reply = """
      {"send_log":[{"code":200,"code_desc":"","from":"15550100099","to":"15550100001","country":"US",
      "msg":"It is a SMS message","delivery_date":"2019-10-01 00:00:00","sale":0.01,"type":"BULKSMS",
      "status":"SCHEDULED","smsid":"2017559ea27008c6b7122900621"}]}
      """
    let record = try provider.outcome(of: message("It is a SMS message"), reply)
    #expect(record.id == "2017559ea27008c6b7122900621")
    #expect(record.status == .scheduled && record.providerStatus == "SCHEDULED")
    #expect(record.price == "0.01" && record.currency == nil)
    #expect(record.from == "15550100099")
    #expect(record.error == nil)
  }

  @Test(
    "A row is a success by its code alone",
    arguments: [
      (#""code":200"#, MessageStatus.accepted, nil, nil),
      (#""code":"200","status":"QUEUED""#, .queued, nil, nil),
      (#""code":200,"status":"DISPATCHED""#, .sent, nil, nil),
      (#""code":200,"status":"UNDELIVERED""#, .failed, nil, "the provider reports the message as failed"),
      (#""code":400,"code_desc":"Invalid destination","status":"SENT""#, .failed, "400", "Invalid destination"),
      (#""code":"402","code_desc":"  ""#, .failed, "402", "the provider reports the message as failed"),
      (#""code":0"#, .failed, "0", "the provider reports the message as failed"),
      (#""code":202,"smsid":"7","status":"QUEUED""#, .queued, nil, nil),
      (#""code":"299","smsid":7"#, .accepted, nil, nil),
      (#""code":201"#, .unknown, nil, "the reply doesn't say whether this message was accepted"),
      (#""code":201,"smsid":"""#, .unknown, nil, "the reply doesn't say whether this message was accepted"),
      (#""code":300,"smsid":"7""#, .failed, "300", "the provider reports the message as failed"),
      (#""code":199,"smsid":"7""#, .failed, "199", "the provider reports the message as failed"),
      (#""status":"SENT""#, .unknown, nil, "the reply doesn't say whether this message was accepted"),
      (#""code":null"#, .unknown, nil, "the reply doesn't say whether this message was accepted"),
      (#""code":1e999"#, .unknown, nil, "the reply doesn't say whether this message was accepted"),
    ] as [(String, MessageStatus, String?, String?)])
  func rows(members: String, status: MessageStatus, code: String?, words: String?) throws {
    let record = try provider.outcome(of: message(), #"{"send_log":[{"to":"15550100001",\#(members)}]}"#)
    #expect(record.status == status)
    #expect(record.error?.code == code && record.error?.message == words)
  }

  @Test(
    "Prices are kept by their spelling, and only if they are decimal numbers",
    arguments: [
      ("0.0075", "0.0075"), ("0.10", "0.10"), (#""0.01""#, "0.01"), ("0", "0"), ("1e-5", nil), ("-1", nil),
      ("1e999", nil),
      (#""1.2.3""#, nil), (#"".5""#, nil), (#""free""#, nil), ("null", nil), ("[]", nil),
    ] as [(String, String?)])
  func price(sale: String, price: String?) throws {
    let record = try provider.outcome(of: message(), #"{"send_log":[{"to":15550100001,"code":200,"sale":\#(sale)}]}"#)
    #expect(record.price == price)
  }

  @Test(
    "A reply with an error in place of rows is a refusal",
    arguments: [
      (#"{"error":"Invalid number"}"#, nil, "Invalid number"),
      (#"{"error":true,"error_message":"Invalid number"}"#, nil, "Invalid number"),
      (#"{"error":12,"error_message":"Invalid number","send_log":[]}"#, "12", "Invalid number"),
      (#"{"error":"E12","error_message":"Invalid number","send_log":null}"#, "E12", "Invalid number"),
      (#"{"error_message":"Invalid number"}"#, nil, "Invalid number"),
    ] as [(String, String?, String)])
  func refusals(body: String, code: String?, words: String) {
    let refusal = #expect(throws: ProviderError.self) { try provider.outcome(of: message(), body) }
    #expect(refusal?.kind == .refused && refusal?.code == code && refusal?.message == words)
  }

  @Test("The code for wrong credentials is one in the body, too")
  func credentials() {
    let body = #"{"error":401,"error_message":"Invalid api credentials"}"#
    let refusal = #expect(throws: ProviderError.self) { try provider.outcome(of: message(), body) }
    #expect(refusal?.kind == .credentials)
  }

  @Test("An error beside rows doesn't undo what the rows say")
  func partialRefusal() throws {
    let body = """
      {"error":true,"error_message":"Some numbers are invalid",
      "send_log":[{"to":"15550100001","code":200},{"to":"15550100002","code":400}]}
      """
    let batch = [message(), message(to: "+15550100002"), message(to: "+15550100003")]
    #expect(try provider.outcome(of: batch, body).map(\.status) == [.accepted, .failed, .unknown])
  }
}
