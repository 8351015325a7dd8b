import Messaging
import TextFormats

/// A message that a provider took: one line of the log.
struct AcceptedMessage: Hashable, Sendable {
  /// Name of the provider, such as `voipcomm`.
  var provider: String
  var at: Timestamp
  /// The provider's id of the message, or of the process it belongs to.
  var id: String
  var group: String?
  /// The sender as given; nil where the provider chooses.
  var from: String?
  /// With the `+`, however the provider wants it written.
  var to: String
  var body: String
  /// `sms` or `mms`.
  var type = "sms"
  var device: Int?
  var sim: Int?
  var scheduledAt: Timestamp?
  /// What else was asked for, in the provider's own terms.
  var options: [JSONObject.Member] = []
}

extension AcceptedMessage {
  /// One line of JSON, with its line break.
  var line: [UInt8] {
    var line: [UInt8] = []
    json.write(to: &line)
    line.append(UInt8(ascii: "\n"))
    return line
  }

  private var json: JSONValue {
    [
      "at": .string(at.rfc3339), "provider": .string(provider), "id": .string(id), "group": .optional(group),
      "from": .optional(from), "to": .string(to), "body": .string(body), "type": .string(type),
      "device": .optional(device.map(String.init)), "sim": .optional(sim.map(String.init)),
      "scheduled_at": .optional(scheduledAt?.rfc3339), "options": .object(JSONObject(options)),
    ]
  }
}

extension JSONValue {
  /// A string, or null.
  static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// A number, or null.
  static func optional(_ number: Int?) -> JSONValue { number.map { .number(String($0)) } ?? .null }

  static func int(_ number: Int) -> JSONValue { .number(String(number)) }
}
