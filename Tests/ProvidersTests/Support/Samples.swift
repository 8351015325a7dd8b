import TextFormats

@testable import Messaging

/// A message to send, of which a test names only what it is about.
func message(
  _ text: String = "Hello", to number: String = "+15550100001", from: String? = nil, at time: Int64? = nil,
  _ change: (inout SendOptions) -> Void = { _ in }
) -> OutgoingMessage {
  var options = SendOptions()
  change(&options)
  return OutgoingMessage(
    to: PhoneNumber(validated: number), body: text, from: from, scheduledAt: time.map(Timestamp.init(unixSeconds:)),
    options: options)
}

/// Settings of a profile, of which a test names only what it is about.
func sampleSettings(
  _ strings: [String: String], booleans: [String: Bool] = [:], devices: [String] = [],
  keyFile: String? = nil, zone: TimeZoneRules = .utc
) -> SettingValues {
  SettingValues(
    baseURL: "https://sms.example", strings: strings, booleans: booleans,
    devices: devices.compactMap(DeviceSelector.init), files: keyFile.map { ["service_account": Array($0.utf8)] } ?? [:],
    timeZone: zone)
}

extension TimeZoneRules {
  /// Two hours east of UTC until the clocks go back by one hour at 2026-10-25T01:00:00Z.
  static let autumn = TimeZoneRules(name: "Test/Autumn") { $0.unixSeconds < 1_792_890_000 ? 7200 : 3600 }
}

extension Provider {
  /// What a 200 reply with this body amounts to for these messages.
  func outcome(of batch: [OutgoingMessage], _ body: String) throws(ProviderError) -> [MessageRecord] {
    try outcome(of: batch, Array(body.utf8))
  }

  func outcome(of batch: [OutgoingMessage], _ body: [UInt8]) throws(ProviderError) -> [MessageRecord] {
    try send(batch).decode(HTTPResponse(status: 200, body: body))
  }

  /// What a 200 reply with this body amounts to for one message.
  func outcome(of message: OutgoingMessage, _ body: String) throws(ProviderError) -> MessageRecord {
    try outcome(of: [message], body)[0]
  }

  /// The fields of the request for these messages, without credentials, as `name=value`, sorted.
  func fields(of batch: OutgoingMessage...) -> [String] {
    send(batch).request.form.map { "\($0.name)=\($0.value)" }.sorted()
  }
}

extension JSONValue {
  var document: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }
}
