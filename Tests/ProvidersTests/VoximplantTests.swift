import Messaging
import Testing
import TextFormats

@testable import Providers

@Suite struct VoximplantTests {
  private let single = Voximplant(
    sampleSettings(["account_id": "42", "api_key": "K3Y", "from": "+15550100099"]))
  private let a2p = Voximplant(
    sampleSettings(["account_id": "42", "api_key": "K3Y", "from": "Sender"], booleans: ["a2p": true]))

  @Test("SendSmsMessage takes one number")
  func singleRequest() {
    #expect(single.send([message()]).request.url == "https://sms.example/SendSmsMessage")
    #expect(
      single.fields(of: message("Hi"))
        == ["destination=15550100001", "sms_body=Hi", "source=15550100099"])
    #expect(single.batchLimit == 1)
  }

  @Test("A2PSendSms takes up to 100 numbers with semicolons between")
  func a2pRequest() {
    #expect(a2p.send([message()]).request.url == "https://sms.example/A2PSendSms")
    #expect(
      a2p.fields(of: message("Hi"), message("Hi", to: "+15550100002"))
        == ["dst_numbers=15550100001;15550100002", "src_number=Sender", "text=Hi"])
    #expect(a2p.batchLimit == 100)
  }

  @Test("A service account signs the request; the form names no account then")
  func serviceAccount() throws {
    let keyFile = #"{"account_id":42,"key_id":"K1","private_key":"PR1VATE"}"#
    let values = sampleSettings(["from": "15550100099", "account_id": "43"], keyFile: keyFile)
    let account = ServiceAccount(accountID: "42", keyID: "K1", privateKey: "PR1VATE")
    let request = try Voximplant(values).send([message("Hi")]).authorized(by: Voximplant.credentials(values)).request
    #expect(request.authorization == .token(account.token))
    #expect(request.form.map(\.name).sorted() == ["destination", "sms_body", "source"])
  }

  @Test(
    "A file that is no key file is said to be unusable", arguments: ["", "{}", #"{"account_id":42,"key_id":"K1"}"#])
  func unusableKeyFile(text: String) {
    let error = #expect(throws: SettingError.self) { try Voximplant.credentials(sampleSettings([:], keyFile: text)) }
    guard case .unusableFile("service_account", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("A token says for whom, when and with which key it is signed, five seconds back for clocks that differ")
  func token() throws {
    let account = try #require(
      ServiceAccount(keyFile: Array(#"{"result":{"account_id":1234567,"key_id":"key-1","private_key":"PEM"}}"#.utf8)))
    let request = account.token.signature(1_900_000_000)
    let parts = request.token([0xFB, 0xFF, 0xFE]).split(separator: ".", omittingEmptySubsequences: false)
    #expect(parts.count == 3 && parts[2] == "-__-")
    #expect(request.input == Array("\(parts[0]).\(parts[1])".utf8))
    #expect(request.command.first == "openssl" && account.token.privateKey == "PEM")
    #expect(parts[0] == #"{"alg":"RS256","typ":"JWT","kid":"key-1"}"#.base64URL)
    #expect(parts[1] == #"{"iss":1234567,"iat":1899999995,"exp":1900003595}"#.base64URL)
    #expect(request.expiresAt == 1_900_003_595)
  }

  @Test("Whether texts are stored is said only where the profile does", arguments: [nil, true, false], [true, false])
  func storeBody(stores: Bool?, a2p: Bool) {
    var booleans = ["a2p": a2p]
    booleans["store_body"] = stores
    let fields = Voximplant(sampleSettings(["from": "15550100099"], booleans: booleans)).fields(of: message())
    #expect(fields.first { $0.hasPrefix("store_body=") } == stores.map { "store_body=\($0)" })
  }

  @Test("A sender is needed, for single messages a number")
  func sender() {
    let bare = ["account_id": "42", "api_key": "K3Y"]
    let (single, a2p) = (Voximplant(sampleSettings(bare)), Voximplant(sampleSettings(bare, booleans: ["a2p": true])))
    #expect(single.objection(to: message()) == .senderMissing)
    #expect(a2p.objection(to: message()) == .senderMissing)
    #expect(single.objection(to: message(from: "+1 555 010-0099")) == nil)
    #expect(single.objection(to: message(from: "Sender")) == .senderInvalid("Sender"))
    #expect(a2p.objection(to: message(from: "Sender")) == nil)
  }

  @Test(
    "A single message is taken when the reply names it",
    arguments: [
      (#"{"result":1,"message_id":42,"fragments_count":2}"#, MessageStatus.accepted, "42", 2),
      (#"{"result":"1","message_id":"42"}"#, .accepted, "42", 1),
      (
        #"{"result":1,"message_id":12345678901234567890123,"fragments_count":1e999}"#, .accepted,
        "12345678901234567890123", 1
      ),
      (#"{"result":1,"message_id":42,"fragments_count":-3}"#, .accepted, "42", 1),
      (#"{"result":1}"#, .unknown, nil, 1), (#"{"result":1,"message_id":{}}"#, .unknown, nil, 1),
    ] as [(String, MessageStatus, String?, Int)])
  func singleReply(body: String, status: MessageStatus, id: String?, segments: Int) throws {
    let record = try single.outcome(of: message(), body)
    #expect(record.status == status && record.id == id && record.segments == segments)
  }

  @Test("A2P replies list numbers that were taken and numbers that failed")
  func a2pReply() throws {
    let body = """
      {"result":[{"message_id":8,"destination_number":"15550100003"},{"message_id":"7","destination_number":15550100001}],
      "failed":[{"destination_number":"15550100002","error_description":"Invalid number","error_code":412}],
      "fragments_count":3}
      """
    let batch = (1...4).map { message(to: "+1555010000\($0)") }
    let records = try a2p.outcome(of: batch, body)
    #expect(records.map(\.status) == [.accepted, .failed, .accepted, .unknown])
    #expect(records.map(\.id) == ["7", nil, "8", nil])
    #expect(records.map(\.segments) == [3, 1, 3, 1])
    #expect(records[1].error == MessageError(code: "412", message: "Invalid number"))
    #expect(records[0].raw == ["message_id": "7", "destination_number": 15_550_100_001])
  }

  @Test("A number in both lists is neither taken nor failed")
  func bothLists() throws {
    let body = """
      {"result":[{"message_id":8,"destination_number":"15550100001"}],"failed":[{"destination_number":"15550100001"}]}
      """
    #expect(try a2p.outcome(of: message(), body).status == .unknown)
  }

  @Test("Failed numbers alone are an answer")
  func failedOnly() throws {
    let record = try a2p.outcome(of: message(), #"{"failed":[{"destination_number":"15550100001"}]}"#)
    #expect(record.status == .failed && record.error?.code == nil && record.error?.message.isEmpty == false)
  }

  @Test("An error beside a message that was taken doesn't undo that")
  func errorBesideResult() throws {
    let error = #""error":{"code":14,"msg":"Odd"}"#
    let record = try single.outcome(of: message(), #"{\#(error),"result":1,"message_id":42}"#)
    #expect(record.status == .accepted && record.id == "42")
    let rows = #""result":[{"message_id":42,"destination_number":"15550100001"}]"#
    let records = try a2p.outcome(of: [message(), message(to: "+15550100002")], Array("{\(error),\(rows)}".utf8))
    #expect(records.map(\.status) == [.accepted, .unknown] && records[0].id == "42")
  }

  @Test(
    "An error beside what isn't clear leaves the outcome open",
    arguments: [
      #""result":1"#, #""message_id":42"#, #""result":0,"message_id":42"#,
      #""result":[{"destination_number":"15550100001"}]"#, #""result":{"message_id":42}"#,
    ])
  func contradiction(members: String) {
    for provider in [single, a2p] {
      do throws(ProviderError) {
        let body = #"{"error":{"code":14,"msg":"Odd"},\#(members)}"#
        #expect(try provider.outcome(of: message(), body).status == .unknown)
      } catch {
        #expect(error.kind == .untrusted)
      }
    }
  }

  @Test("An id that is named without a word of success is kept, to ask for it later")
  func namedOnly() throws {
    let record = try single.outcome(of: message(), #"{"error":{"code":14},"message_id":42}"#)
    #expect(record.status == .unknown && record.id == "42")
  }

  @Test(
    "An error object is a refusal by its code",
    arguments: [
      (#"{"code":100,"msg":"Authorization failed"}"#, ProviderError.Kind.credentials, "100", "Authorization failed"),
      (#"{"code":"104","msg":"Forbidden"}"#, .credentials, "104", "Forbidden"),
      (#"{"code":5,"msg":"Billing failed"}"#, .noCredit, "5", "Billing failed"),
      (#"{"code":14,"msg":"SMS gateway error"}"#, .refused, "14", "SMS gateway error"),
      (#"{"code":1e999,"msg":"Odd"}"#, .refused, "1e999", "Odd"), (#""Plain words""#, .refused, nil, "Plain words"),
      (#"{"code":101}"#, .refused, "101", "the request was refused without a reason"),
    ] as [(String, ProviderError.Kind, String?, String)])
  func refusals(error: String, kind: ProviderError.Kind, code: String?, words: String) {
    for provider in [single, a2p] {
      let refusal = #expect(throws: ProviderError.self) { try provider.outcome(of: message(), #"{"error":\#(error)}"#) }
      #expect(refusal?.kind == kind && refusal?.code == code && refusal?.message == words)
    }
  }
}

extension String {
  fileprivate var base64URL: String { Base64.urlEncoded(utf8) }
}
