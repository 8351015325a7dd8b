import Messaging
import Platform
import TextFormats

/// The file that each accepted message is written to before the reply is sent.
struct MessageLog {
  private let file: FileDescriptor

  /// Opens the file for appending; if it creates the file, only this user can access it.
  init(path: String) throws(SystemError) {
    file = try Files.openForAppending(path)
  }

  /// Writes the messages of one request with a single `write`.
  func append(_ messages: [AcceptedMessage]) throws(SystemError) {
    guard !messages.isEmpty else { return }
    try file.writeAll(messages.flatMap(\.line))
  }

  func close() {
    file.close()
  }
}

/// An accepted message: one line of the log.
struct AcceptedMessage: Hashable, Sendable {
  /// The provider's name, such as `voipcomm`.
  var provider: String
  var at: Timestamp
  /// The provider's ID of the message, or of the process that it belongs to.
  var id: String
  var group: String?
  /// The sender as given; nil if the provider chooses it.
  var from: String?
  /// With `+`, regardless of the provider's format.
  var to: String
  var body: String
  /// `sms` or `mms`.
  var type = "sms"
  var device: Int?
  var sim: Int?
  var scheduledAt: Timestamp?
  /// Other parameters of the request, in the provider's own terms.
  var options: [JSONObject.Member] = []

  /// One line of JSON, with its line break.
  var line: [UInt8] {
    let json: JSONValue = [
      "at": .string(at.rfc3339), "provider": .string(provider), "id": .string(id), "group": .optional(group),
      "from": .optional(from), "to": .string(to), "body": .string(body), "type": .string(type),
      "device": .optional(device.map(String.init)), "sim": .optional(sim.map(String.init)),
      "scheduled_at": .optional(scheduledAt?.rfc3339), "options": .object(JSONObject(options)),
    ]
    var line: [UInt8] = []
    json.write(to: &line)
    return line + [UInt8(ascii: "\n")]
  }
}

extension JSONValue {
  /// A string, or null.
  static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// A number, or null.
  static func optional(_ number: Int?) -> JSONValue { number.map(JSONValue.int) ?? .null }

  static func int(_ number: Int) -> JSONValue { .number(String(number)) }
}
