import Messaging
import TextFormats

extension SendOptions {
  /// As a JSON object, for the ledger; devices are kept with each row.
  var json: String {
    let value: JSONValue = [
      "scope": .string(deviceScope.rawValue), "random": .bool(usesRandomDevice), "mms": .bool(isMMS),
      "attachments": .array(attachments.map(JSONValue.string)), "priority": .bool(isPriority),
      "sender_id": senderID.map(JSONValue.string) ?? .null, "devices": .string(DeviceSelector.text(of: devices)),
      "recurrence": recurrence?.json ?? .null,
    ]
    var bytes: [UInt8] = []
    value.write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads what `json` wrote; nil for anything else.
  init?(json: String) {
    guard let value = try? JSONValue(parsing: Array(json.utf8)), value.object != nil else { return nil }
    self.init()
    deviceScope = value["scope"]?.text.flatMap(DeviceScope.init) ?? .chosen
    usesRandomDevice = value["random"] == true
    isMMS = value["mms"] == true
    attachments = value["attachments"]?.array?.compactMap(\.text) ?? []
    isPriority = value["priority"] == true
    senderID = value["sender_id"]?.text
    devices = DeviceSelector.list(value["devices"]?.text ?? "")
    recurrence = value["recurrence"].flatMap(Recurrence.init)
  }
}

extension Recurrence {
  fileprivate var json: JSONValue {
    [
      "period": .string(period.rawValue), "frequency": .number(String(frequency)),
      "until": .number(String(until.unixSeconds)),
    ]
  }

  fileprivate init?(_ json: JSONValue) {
    guard let period = json["period"]?.text.flatMap(Period.init), let frequency = json["frequency"]?.int,
      let until = json["until"]?.int
    else { return nil }
    self.init(period: period, frequency: frequency, until: Timestamp(unixSeconds: Int64(until)))
  }
}
