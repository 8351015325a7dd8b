import Messaging
import TextFormats

extension SMSGateway {
  /// The signature is the Base64 of the HMAC-SHA256 of the field's value. It includes no time, so it is valid forever.
  func webhook(signature: String, body: [UInt8], key: String) -> WebhookContent? {
    guard let value = WebhookBody(body).values.first(where: { isSigned($0, by: signature, key) }) else { return nil }
    guard let document = try? JSONValue(parsing: value) else { return .unknown }
    return WebhookContent(document.masked(by: SecretMask([key])), zone: settings.timeZone)
  }

  static func webhookKey(_ values: SettingValues) throws(SettingError) -> String {
    try values.required("key")
  }

  private func isSigned(_ value: [UInt8], by signature: String, _ key: String) -> Bool {
    let code = HMAC.sha256(of: value, key: key.utf8)
    return ConstantTime.areEqual(Base64.encoded(code).utf8, signature.utf8)
  }
}

extension WebhookContent {
  /// Messages are an array; a USSD request is one object, but is also accepted in an array.
  fileprivate init(_ document: JSONValue, zone: TimeZoneRules) {
    guard let rows = document.objects ?? document.object.map({ [.object($0)] }), rows.allSatisfy(\.isReport) else {
      self = .unknown
      return
    }
    if rows.contains(where: { $0["request"] != nil }) {
      self = .ussd(rows.map { USSDRecord(gateway: $0, zone: zone) })
    } else {
      self = .messages(rows.map { SMSGatewayMessage(row: $0, zone: zone).record() })
    }
  }
}

extension JSONValue {
  /// Whether it says what it is about; any other signed object is not a report.
  fileprivate var isReport: Bool {
    ["ID", "number", "message", "request"].contains { self[$0] != nil }
  }
}

/// The body posted to a webhook, complete or just the value of its field.
struct WebhookBody {
  /// The candidates for the signed value: the relevant fields of a form, and the body as is. Each also without a
  /// trailing line break, which files saved by hand have.
  var values: [[UInt8]]

  init(_ body: [UInt8]) {
    values = [body, body.withoutLineBreak].flatMap { body in
      body.split(separator: UInt8(ascii: "&")).compactMap(Self.value) + [body]
    }
  }

  /// The decoded value of a relevant field; nil for any other.
  private static func value(of field: ArraySlice<UInt8>) -> [UInt8]? {
    for name in ["messages=", "ussdRequest="] where field.starts(with: name.utf8) {
      return field.dropFirst(name.utf8.count).formDecoded()
    }
    return nil
  }
}

extension [UInt8] {
  fileprivate var withoutLineBreak: [UInt8] {
    guard last == UInt8(ascii: "\n") else { return self }
    return Array(dropLast(dropLast().last == UInt8(ascii: "\r") ? 2 : 1))
  }
}
