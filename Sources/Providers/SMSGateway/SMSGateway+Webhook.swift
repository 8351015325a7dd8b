import Messaging
import TextFormats

extension SMSGateway {
  /// The signature is base64 of the HMAC-SHA256 of the field's value. There is no time in it: it stays right for ever.
  func webhook(signature: String, body: [UInt8]) throws(WebhookError) -> WebhookContent {
    guard let value = WebhookBody(body).values.first(where: { isSigned($0, by: signature) })
    else { throw .wrongSignature }
    guard let document = try? JSONValue(parsing: value),
      let content = WebhookContent(document, zone: settings.timeZone)
    else { throw .unexpectedForm }
    return content
  }

  private func isSigned(_ value: [UInt8], by signature: String) -> Bool {
    let code = HMAC.sha256(of: value, key: settings.strings["key", default: ""].utf8)
    return ConstantTime.areEqual(Base64.encoded(code).utf8, signature.utf8)
  }
}

extension WebhookContent {
  /// Messages are an array; a USSD request is one object, but may be read as an array, too.
  fileprivate init?(_ document: JSONValue, zone: TimeZoneRules) {
    guard let rows = document.objects ?? document.object.map({ [.object($0)] }), rows.allSatisfy(\.isReport)
    else { return nil }
    if rows.contains(where: { $0["request"] != nil }) {
      self = .ussd(rows.map { USSDRecord(gateway: $0, zone: zone) })
    } else {
      self = .messages(rows.map { SMSGatewayMessage(row: $0, zone: zone).record() })
    }
  }
}

extension JSONValue {
  /// Whether it says what it is about; another object that was signed is no report of a message.
  fileprivate var isReport: Bool {
    ["ID", "number", "message", "request"].contains { self[$0] != nil }
  }
}
