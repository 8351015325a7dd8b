import Messaging
import Testing
import TextFormats

@testable import Providers

@Suite struct SMSITTests {
  private let provider = SMSIT(sampleSettings(["key": "K3Y", "from": "+15550100099"], zone: .autumn))
  private static let basics = ["from=15550100099", "message=Hi", "to=15550100001"]

  @Test("All calls are POSTs below apis, with the key in the form")
  func address() throws {
    let credentials = try SMSIT.credentials(sampleSettings(["key": "K3Y"]))
    let request = provider.send([message()]).authorized(by: credentials).request
    #expect(request.url == "https://sms.example/apis/smscontact/")
    #expect(request.form.first == FormField("apikey", "K3Y", isSecret: true))
    #expect(provider.batchLimit == 1)
  }

  @Test(
    "A message is what the documentation names, and nothing empty",
    arguments: [
      (message("Hi"), []),
      (message("Hi", at: 1_772_357_400), ["sendondate=01-03-2026 11:30"]),
      (message("Hi", at: 1_772_357_401), ["sendondate=01-03-2026 11:31"]),
      (message("Hi") { $0.senderID = "Sender1" }, ["alphasender=Sender1"]),
      (
        message("Hi", at: 1_772_357_400) {
          let until = Timestamp(unixSeconds: 1_774_949_459)
          $0.recurrence = Recurrence(period: .weekly, frequency: 3, until: until)
        },
        ["enddate=31-03-2026 11:30", "frequency=3", "recurring=1", "repeat=Weekly", "sendondate=01-03-2026 11:30"]
      ),
    ] as [(OutgoingMessage, [String])])
  func request(message: OutgoingMessage, extra: [String]) {
    #expect(provider.fields(of: message) == (Self.basics + extra).sorted())
  }

  @Test(
    "Periods are written as documented",
    arguments: zip(Recurrence.Period.allCases, ["Daily", "Weekly", "Monthly", "Yearly"]))
  func periods(period: Recurrence.Period, word: String) {
    let until = Timestamp(unixSeconds: 1_774_949_459)
    let fields = provider.fields(of: message { $0.recurrence = Recurrence(period: period, frequency: 1, until: until) })
    #expect(fields.contains("repeat=\(word)"))
  }

  @Test("The profile's sender ID serves where a message names none")
  func profileSenderID() {
    let provider = SMSIT(sampleSettings(["key": "K3Y", "from": "15550100099", "sender_id": "Shop24"]))
    #expect(provider.fields(of: message()).contains("alphasender=Shop24"))
    #expect(provider.fields(of: message { $0.senderID = "Other" }).contains("alphasender=Other"))
  }

  @Test("A sending number is needed, also with a sender ID")
  func sender() {
    let bare = SMSIT(sampleSettings(["key": "K3Y"]))
    #expect(bare.objection(to: message { $0.senderID = "Shop" }) == .senderMissing)
    #expect(bare.objection(to: message(from: "Shop")) == .senderInvalid("Shop"))
    #expect(bare.objection(to: message(from: "+15550100099")) == nil)
  }

  @Test(
    "A sender ID is 1 to 11 letters and digits, one a letter",
    arguments: [
      ("A", true), ("Abcdefghij1", true), ("1a", true), ("Abcdefghij12", false), ("12345", false), ("My Shop", false),
      ("Café", false), ("A-1", false), ("Ａ", false), ("A\n", false), ("@A", false), ("[A", false),
    ])
  func senderID(text: String, isValid: Bool) {
    let objection = provider.objection(to: message { $0.senderID = text })
    #expect(objection == (isValid ? nil : .senderInvalid(text)))
  }

  @Test("A time that clocks show twice is refused, as a start and as an end")
  func repeatedTime() {
    let twice = Timestamp(unixSeconds: 1_792_888_200)
    let objection = SendObjection.localTimeRepeated(
      CivilTime(year: 2026, month: 10, day: 25, hour: 2, minute: 30), zone: "Test/Autumn")
    #expect(provider.objection(to: message(at: twice.unixSeconds)) == objection)
    let recurring = message { $0.recurrence = Recurrence(period: .daily, frequency: 1, until: twice) }
    #expect(provider.objection(to: recurring) == objection)
  }

  @Test(
    "A status that isn't negative is a success, of which no id is known",
    arguments: [
      (#"{"status":"0","msg":"Sent"}"#, nil, MessageStatus.accepted), (#"{"status":0}"#, nil, .accepted),
      (#"{"status":"5123"}"#, nil, .accepted), (#"{"status":0}"#, 1_800_000_000, .scheduled),
    ] as [(String, Int64?, MessageStatus)])
  func success(body: String, time: Int64?, status: MessageStatus) throws {
    let record = try provider.outcome(of: message(at: time), body)
    #expect(record.status == status && record.id == nil && record.error == nil)
  }

  @Test(
    "A negative status is a refusal, explained by the documentation where the reply doesn't",
    arguments: [
      (#"{"status":"-1","msg":""}"#, ProviderError.Kind.credentials, "-1", "Invalid API key passed in."),
      (#"{"status":-20,"msg":null}"#, .credentials, "-20", "The plan of the account has no API access."),
      (#"{"status":"-12"}"#, .noCredit, "-12", "Not enough credits to send the message."),
      (#"{"status":"-2","msg":" "}"#, .refused, "-2", "There was no 'from' number passed in."),
      (#"{"status":"-10"}"#, .refused, "-10", "The frequency parameter passed in is invalid. Proper values are 1-30."),
      (#"{"status":"-14"}"#, .refused, "-14", "the request was refused without a reason"),
      (#"{"status":"-3","msg":"Bad\u001b number"}"#, .refused, "-3", "Bad\u{1B} number"),
    ])
  func refusals(body: String, kind: ProviderError.Kind, code: String, words: String) {
    let refusal = #expect(throws: ProviderError.self) { try provider.outcome(of: message(), body) }
    #expect(refusal?.kind == kind && refusal?.code == code && refusal?.message == words)
  }

  @Test("Who is no contact: the message says how to make them one", arguments: ["", "Not subscribed."])
  func notAContact(words: String) {
    let refusal = #expect(throws: ProviderError.self) {
      try provider.outcome(of: message(), #"{"status":"-6","msg":"\#(words)"}"#)
    }
    #expect(refusal?.kind == .refused && refusal?.code == "-6")
    #expect(refusal?.message.hasPrefix(words.isEmpty ? "The contact number passed in" : words) == true)
    #expect(refusal?.message.contains("sms contacts add +15550100001 --list GROUP") == true)
  }
}
