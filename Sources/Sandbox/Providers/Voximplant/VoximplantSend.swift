import Messaging
import TextFormats

extension VoximplantAccount {
  /// `SendSmsMessage`: one text to one number.
  mutating func sendSmsMessage(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    let source = try fields.required("source")
    let destination = try fields.required("destination")
    let text = try fields.text("sms_body", limit: 765)
    let isStored = try fields.boolean("store_body")
    try check(source, as: "source")
    guard destination.isInternationalDigits else { throw .invalid("destination", "is not a phone number") }
    guard !destination.isUnreachable else { throw .gatewayFailed }
    let message = VoximplantMessage(
      source: source, destination: destination, text: text, isTextStored: isStored, takenAt: now)
    let id = try take(message)
    return .json(
      ["result": 1, "message_id": .int(id), "fragments_count": .int(message.fragments)],
      accepted: [message.accepted(id: id)])
  }

  /// `A2PSendSms`: one text to up to 100 numbers; some may fail while others are taken.
  mutating func a2pSendSms(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    let source = try fields.required("src_number")
    let numbers = try fields.required("dst_numbers").split(separator: ";", omittingEmptySubsequences: false)
    let text = try fields.text("text", limit: 1600)
    let isStored = try fields.boolean("store_body")
    guard numbers.count <= 100 else { throw .invalid("dst_numbers", "has more than 100 numbers") }
    try check(sender: source)
    var outcomes = A2POutcomes()
    for number in numbers.map(\.trimmingBlanks) {
      let message = VoximplantMessage(
        source: source, destination: number, text: text, isTextStored: isStored, isA2P: true, takenAt: now)
      do throws(Refusal) {
        try Self.check(destination: number)
        outcomes.add(message, id: try take(message))
      } catch {
        // If the balance isn't enough for the first number, nothing can be sent at all.
        if error == .billingFailed, outcomes.isEmpty { throw error }
        outcomes.fail(number, error)
      }
    }
    return outcomes.reply(fragments: Segmentation(of: text).segments)
  }

  private func check(_ source: String, as argument: String) throws(Refusal) {
    guard let isEnabled = numbers[source] else { throw .invalid(argument, "is not a number of this account") }
    guard isEnabled else { throw .invalid(argument, "is not enabled for SMS") }
  }

  /// Voximplant's support sets up SenderIDs: the sandbox accepts all of 1 to 11 letters and digits. An
  /// international number must be one of the account's.
  private func check(sender: String) throws(Refusal) {
    let isSenderID = (1...11).contains(sender.utf8.count) && sender.utf8.allSatisfy { $0.isDigit || $0.isLetter }
    if !isSenderID || sender.isInternationalDigits { try check(sender, as: "src_number") }
  }

  private static func check(destination number: String) throws(Refusal) {
    guard number.isInternationalDigits else { throw .invalid("dst_numbers", "has an entry that is not a phone number") }
    guard !number.isUnreachable else { throw .gatewayFailed }
  }
}

/// The outcome of each number of an A2PSendSms call.
private struct A2POutcomes {
  private var results: [JSONValue] = []
  private var failures: [JSONValue] = []
  private var accepted: [AcceptedMessage] = []
  private var refusals: [String] = []

  mutating func add(_ message: VoximplantMessage, id: Int) {
    results.append(["message_id": .int(id), "destination_number": .string(message.destination)])
    accepted.append(message.accepted(id: id))
  }

  mutating func fail(_ number: String, _ error: VoximplantAccount.Refusal) {
    failures.append([
      "destination_number": .string(number), "error_description": .string(error.message),
      "error_code": .number(error.code),
    ])
    refusals.append("\(error.code)  \(error.message)")
  }

  var isEmpty: Bool { results.isEmpty && failures.isEmpty }

  func reply(fragments: Int) -> SandboxReply {
    var reply = SandboxReply.json(
      ["result": .array(results), "failed": .array(failures), "fragments_count": .int(fragments)],
      accepted: accepted)
    reply.refusals = refusals
    return reply
  }
}

extension VoximplantMessage {
  fileprivate func accepted(id: Int) -> AcceptedMessage {
    AcceptedMessage(
      provider: "voximplant", at: takenAt, id: String(id), from: source, to: "+\(destination)", body: text,
      options: isTextStored ? [.init("store_body", true)] : [])
  }
}

extension FormFields {
  /// The value of a required field.
  func required(_ name: String) throws(VoximplantAccount.Refusal) -> String {
    guard let value = self[name] else { throw .missing(name) }
    return value
  }

  /// A text of at most `limit` UTF-16 code units.
  fileprivate func text(_ name: String, limit: Int) throws(VoximplantAccount.Refusal) -> String {
    let text = try required(name)
    guard text.utf16.count <= limit else { throw .invalid(name, "is longer than \(limit) characters") }
    return text
  }

  func boolean(_ name: String) throws(VoximplantAccount.Refusal) -> Bool {
    switch self[name]?.lowercased() {
    case nil, "false", "0": return false
    case "true", "1": return true
    default: throw .invalid(name, "is neither true nor false")
    }
  }
}
