import Messaging
import TextFormats

/// V Pixel Pro.
struct VPixelPro: SMSGateway {
  static let descriptor = ProviderDescriptor(
    gateway: "vpixelpro", title: "V Pixel Pro", defaultBaseURL: "https://sms.vpixelpro.com")

  let settings: SMSGatewaySettings

  init(_ values: SettingValues) { settings = SMSGatewaySettings(values) }
}

/// Sendapp.
struct Sendapp: SMSGateway {
  static let descriptor = ProviderDescriptor(
    gateway: "sendapp", title: "Sendapp", defaultBaseURL: "https://sms.sendapp.live")

  let settings: SMSGatewaySettings

  init(_ values: SettingValues) { settings = SMSGatewaySettings(values) }
}

extension ProviderDescriptor {
  /// What all hosts of the script have in common.
  fileprivate convenience init(gateway name: String, title: String, defaultBaseURL: String) {
    self.init(
      name: name, title: title, defaultBaseURL: defaultBaseURL,
      settings: [
        SettingSpec("key", .secret, help: "API key, from the account's dashboard"),
        SettingSpec(
          "devices", .devices, help: "Devices to send from, such as \"1\" or \"2:0\""),
      ],
      credentials: [["key"]],
      features: [.schedule, .device, .allDevices, .allSIMs, .randomDevice, .mms, .priority, .shortCodes],
      statusWords: [
        "Pending", "Processing", "Scheduled", "Queued", "Sending", "Sent", "Delivered", "Failed", "Undelivered",
        "Rejected", "Expired", "Canceled", "Cancelled", "Received",
      ])
  }
}

/// The settings of all hosts, except the key.
struct SMSGatewaySettings {
  var baseURL: String
  /// The devices to use if a message names none.
  var devices: [DeviceSelector]
  var timeZone: TimeZoneRules

  init(_ values: SettingValues) {
    (baseURL, devices, timeZone) = (values.baseURL, values.devices, values.timeZone)
  }
}

/// The "SMS Gateway" script, which sends through Android phones: an API shared by many hosts.
///
/// A host is a type that only has a descriptor.
protocol SMSGateway: ListSending, HistoryKeeping, Resending, ContactAdding, ContactUnsubscribing, BalanceReading,
  USSDSending, USSDReading, DeviceListing, WebhookVerifying
{
  var settings: SMSGatewaySettings { get }

  init(_ values: SettingValues)
}

extension SMSGateway {
  static func credentials(_ values: SettingValues) throws(SettingError) -> Credentials {
    .form([FormField("key", try values.required("key"), isSecret: true)])
  }

  /// The documents give no limit; with this one, even long texts stay below PHP's default limit of 8 MB.
  var batchLimit: Int { 500 }

  func objection(to message: OutgoingMessage) -> SendObjection? { nil }

  func batchKey(of message: OutgoingMessage) -> BatchKey {
    BatchKey(commonFields(of: message, isBatch: true))
  }

  func send(_ batch: [OutgoingMessage]) -> APICall<[MessageRecord]> {
    let isBatch = batch.count > 1
    let messages = isBatch ? batchFields(of: batch) : singleFields(of: batch[0])
    let request = request("send.php", messages + commonFields(of: batch[0], isBatch: isBatch))
    let zone = settings.timeZone
    return APICall(sending: request, to: batch.map { $0.to }, lists: SMSGatewayReply.listsMessages) {
      response throws(ProviderError) in
      try SMSGatewayReply.records(of: batch, in: response, zone: zone)
    }
  }

  /// A call of the script; always a POST, so that the key is never in a URL.
  func request(_ script: String, _ fields: [FormField]) -> HTTPRequest {
    HTTPRequest(url: "\(settings.baseURL)/services/\(script)", form: fields)
  }

  private func singleFields(of message: OutgoingMessage) -> [FormField] {
    [FormField("number", message.to.e164), FormField("message", message.body)]
      + mmsMembers(of: message.options).map { FormField($0.name, $0.text) }
  }

  private func batchFields(of batch: [OutgoingMessage]) -> [FormField] {
    let messages = batch.map { message in
      let members = [
        JSONObject.Member("number", .string(message.to.e164)), JSONObject.Member("message", .string(message.body)),
      ]
      let others = mmsMembers(of: message.options).map { JSONObject.Member($0.name, .string($0.text)) }
      return JSONValue.object(JSONObject(members + others))
    }
    return [FormField("messages", JSONValue.array(messages).compact)]
  }

  /// Attachments are joined by commas, so a comma in a URL is written as `%2C`.
  func mmsMembers(of options: SendOptions) -> [(name: String, text: String)] {
    guard options.isMMS else { return [] }
    let attachments = options.attachments.map { $0.replacing(",", with: "%2C") }
    return [("type", "mms")] + (attachments.isEmpty ? [] : [("attachments", attachments.joined(separator: ","))])
  }

  /// The fields for the request as a whole. Default values are omitted.
  private func commonFields(of message: OutgoingMessage, isBatch: Bool) -> [FormField] {
    commonFields(message.options, scheduledAt: message.scheduledAt, isBatch: isBatch)
  }

  func commonFields(_ options: SendOptions, scheduledAt: Timestamp?, isBatch: Bool) -> [FormField] {
    var fields: [FormField] = []
    fields.append("devices", devices(of: options, isBatch: isBatch))
    fields.append("option", options.deviceScope.option)
    fields.append("useRandomDevice", options.usesRandomDevice ? "1" : nil)
    fields.append("schedule", scheduledAt.map { String($0.unixSeconds) })
    fields.append("prioritize", options.isPriority ? "1" : nil)
    return fields
  }

  /// A JSON array, except that a single message with one device has it as is; nil if all devices are used.
  private func devices(of options: SendOptions, isBatch: Bool) -> String? {
    let chosen = (options.devices.isEmpty ? settings.devices : options.devices).map(\.gatewayTerm)
    guard options.deviceScope == .chosen, let first = chosen.first else { return nil }
    return isBatch || chosen.count > 1 ? JSONValue.array(chosen.map(JSONValue.string)).compact : first
  }
}

extension DeviceScope {
  /// The value of `option`; nil for the default, 0.
  fileprivate var option: String? {
    switch self {
    case .chosen: nil
    case .allDevices: "1"
    case .allSIMs: "2"
    }
  }
}

extension DeviceSelector {
  /// `1`, or `1|0` with a SIM slot.
  fileprivate var gatewayTerm: String {
    sim.map { "\(id)|\($0)" } ?? String(id)
  }
}

extension SMSGateway {
  static var listFeatures: Set<ListFeature> { [] }
  static var namesMessages: Bool { true }

  func objection(to message: ListMessage) -> CallObjection? {
    if message.rotates { return .unsupported(.rotate) }
    if message.throttle != nil { return .unsupported(.throttle) }
    return .number(message.list, .list)
  }

  func send(_ message: ListMessage) -> APICall<[MessageRecord]> {
    let fields =
      [FormField("listID", message.list), FormField("message", message.body)]
      + mmsMembers(of: message.options).map { FormField($0.name, $0.text) }
      + commonFields(message.options, scheduledAt: message.scheduledAt, isBatch: true)
    let zone = settings.timeZone
    return APICall(sending: request("send.php", fields), lists: SMSGatewayReply.listsMessages) {
      response throws(ProviderError) in
      try SMSGatewayReply.records(of: message, in: response, zone: zone)
    }
  }
}
