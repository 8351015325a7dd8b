import Messaging
import Testing
import TextFormats

@testable import Providers

@Suite struct WebhookTests {
  private let gateway = VPixelPro(sampleSettings(["key": "K3Y"], zone: .autumn))
  private static let messages =
    #"[{"ID":"1","number":"+15550100001","message":"Hi & bye +1 100% €","status":"Received","deviceID":"7"}]"#
  private static let request = #"{"ID":3,"request":"*150#","response":"5.00","deviceID":7}"#

  private func signature(_ value: String, key: String = "K3Y") -> String {
    Base64.encoded(HMAC.sha256(of: value.utf8, key: key.utf8))
  }

  /// As forms are posted: a space as `+`, everything special escaped.
  private func form(_ fields: FormField...) -> String {
    String(decoding: HTTPRequest(url: "", form: fields).body.bytes, as: UTF8.self)
  }

  private func content(_ body: String, signedAs value: String) -> WebhookContent? {
    gateway.webhook(signature: signature(value), body: Array(body.utf8), key: "K3Y")
  }

  @Test("The signature is the one that openssl makes")
  func signature() throws {
    let body = Array(#"[{"ID":"1"}]"#.utf8)
    // printf '[{"ID":"1"}]' | openssl dgst -sha256 -hmac K3Y -binary | base64
    let content = gateway.webhook(signature: "Yu+PbcEVy6AYWENbr5RIpqdjI1YjBO4WUyzuHkLjRZs=", body: body, key: "K3Y")
    guard case .messages(let records) = content else { return #expect(Bool(false)) }
    #expect(records.map(\.id) == ["1"])
  }

  @Test("A body is taken whole or as the value of its field, and as files have it, with a line break at the end")
  func forms() throws {
    let value = Self.messages
    let bodies = [
      value, value + "\n", value + "\r\n", form(FormField("messages", value)),
      form(FormField("messages", value)) + "\n", form(FormField("other", "1"), FormField("messages", value)),
      form(FormField("messages", value), FormField("other", "messages=[]")),
    ]
    for body in bodies {
      guard case .messages(let records) = content(body, signedAs: value) else { return #expect(Bool(false)) }
      #expect(records.map(\.body) == ["Hi & bye +1 100% €"] && records[0].direction == .in)
      #expect(records[0].from == "+15550100001" && records[0].device == "7" && records[0].raw != nil)
    }
  }

  @Test("A key in what is posted is masked")
  func echo() throws {
    let value = #"[{"ID":"1","number":"+15550100001","message":"no s3cr%65t-key","status":"s3cret-key"}]"#
    let body = Array(value.utf8)
    let content = gateway.webhook(signature: signature(value, key: "s3cret-key"), body: body, key: "s3cret-key")
    guard case .messages(let records) = content else { return #expect(Bool(false)) }
    #expect(records.map(\.body) == ["no ********"] && records.map(\.providerStatus) == ["********"])
  }

  @Test("A USSD answer is told from messages", arguments: [request, "[\(request)]"])
  func ussd(value: String) throws {
    for body in [value, form(FormField("ussdRequest", value))] {
      guard case .ussd(let records) = content(body, signedAs: value) else { return #expect(Bool(false)) }
      #expect(records.map(\.id) == ["3"] && records[0].response == "5.00" && records[0].request == "*150#")
    }
  }

  @Test("A form that is not escaped as browsers do is read as PHP does", arguments: ["%", "%4", "%zz", "%%35", "+"])
  func oddEscapes(text: String) throws {
    let decoded = ["%": "%", "%4": "%4", "%zz": "%zz", "%%35": "%5", "+": " "][text] ?? ""
    let content = content(#"messages=[{"message":"\#(text)"}]"#, signedAs: #"[{"message":"\#(decoded)"}]"#)
    guard case .messages(let records) = content else { return #expect(Bool(false)) }
    #expect(records.map(\.body) == [decoded])
  }

  @Test("No messages are an answer, too")
  func empty() throws {
    #expect(content("messages=[]", signedAs: "[]") == .messages([]))
  }

  @Test("A text with an ampersand in it is no form")
  func ampersand() throws {
    let value = #"[{"message":"a&messages=b"}]"#
    guard case .messages(let records) = content(value, signedAs: value) else { return #expect(Bool(false)) }
    #expect(records.map(\.body) == ["a&messages=b"])
  }

  @Test("Any other signature is wrong")
  func wrongSignature() {
    let right = signature(Self.messages)
    let wrong = [
      "", "x", signature(Self.messages, key: "Other"), signature(Self.messages + " "), String(right.dropLast()),
      right + "=", right + "\n", right.lowercased(), "sha256=" + right,
    ]
    for signature in wrong {
      let content = gateway.webhook(signature: signature, body: Array(Self.messages.utf8), key: "K3Y")
      #expect(content == nil, "\(signature)")
    }
  }

  @Test("One bit changed in the body is noticed")
  func tampering() {
    let signature = signature(Self.messages)
    for index in Self.messages.utf8.indices {
      var body = Array(Self.messages.utf8)
      body[Self.messages.utf8.distance(from: Self.messages.startIndex, to: index)] ^= 1
      #expect(gateway.webhook(signature: signature, body: body, key: "K3Y") == nil)
    }
  }

  @Test(
    "What is signed but no report is said to be so",
    arguments: ["", "null", "7", "[1]", "<html>", "[{}", "{}", "[{}]", "\"messages\"", "[[]]"])
  func unexpected(value: String) {
    #expect(content(value, signedAs: value) == .unknown)
    #expect(content(form(FormField("messages", value)), signedAs: value) == .unknown)
  }

  @Test("Bytes that are no UTF-8 do no harm")
  func bytes() {
    let body: [UInt8] = [0xFF, 0x00, UInt8(ascii: "%"), 0xC0]
    let signature = Base64.encoded(HMAC.sha256(of: body, key: "K3Y".utf8))
    #expect(gateway.webhook(signature: signature, body: body, key: "K3Y") == .unknown)
  }

  @Test("No value in a report, however odd, does harm")
  func mutations() throws {
    for document in try JSONValue(parsing: Array(Self.messages.utf8)).mutations {
      let body = document.document
      let signature = Base64.encoded(HMAC.sha256(of: body, key: "K3Y".utf8))
      _ = gateway.webhook(signature: signature, body: body, key: "K3Y")
    }
  }
}
