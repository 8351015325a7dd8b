import Messaging
import TextFormats

extension SMSGatewayAccount {
  /// `read-messages.php`: by ID, by group, or by status and filters.
  func readMessages(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    let found = try indices(fields, at: now).map { messages[$0] }
    return Self.reply(["messages": .array(found.map { host.json($0, at: now) })])
  }

  /// `resend.php`: sends the same messages again under their IDs, regardless of their statuses. Leaves out received
  /// messages.
  mutating func resend(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    let chosen = try indices(fields, at: now).filter { !messages[$0].isReceived }
    try spend(chosen.count)
    for index in chosen { (messages[index].takenAt, messages[index].schedule) = (now, nil) }
    return Self.reply(
      ["messages": .array(chosen.map { host.json(messages[$0], at: now) })],
      accepted: chosen.map { accepted(messages[$0]) })
  }

  /// The indices of the messages that a request selects: `id` overrides `groupId`, which overrides `status` alone.
  private func indices(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> [Int] {
    if let id = fields["id"] { return try index(id).map { [$0] } ?? [] }
    if let group = fields["groupId"] {
      return messages.indices.filter { messages[$0].groupID == group }
        .filter { fields["status"] == nil || messages[$0].status(at: now) == fields["status"] }
    }
    guard let status = fields["status"] else { throw .parametersMissing }
    let filter = try SMSGatewayFilter(fields)
    return messages.indices.filter { index in
      let message = messages[index]
      return filter.admits(message.route, at: message.takenAt) && message.status(at: now) == status
    }
  }

  /// The reply of real hosts to an unknown ID isn't known: here, current ones find nothing, and older ones refuse.
  private func index(_ id: String) throws(Refusal) -> Int? {
    if let number = wholeNumber(id), messages.indices.contains(number - 1) { return number - 1 }
    guard host.isCurrent else { throw .unknownMessage }
    return nil
  }
}

/// The search criteria for messages and USSD requests, other than status and text; nil means any.
struct SMSGatewayFilter: Hashable {
  private var device: Int?
  private var simSlot: Int?
  private var start: Timestamp?
  private var end: Timestamp?

  init(_ fields: FormFields) throws(SMSGatewayAccount.Refusal) {
    device = try fields.gatewayNumber("deviceID")
    simSlot = try fields.gatewayNumber("simSlot")
    start = try fields.gatewayMoment("startTimestamp")
    end = try fields.gatewayMoment("endTimestamp")
  }

  /// Whether it matches something that a phone sent or received at that time. Both ends of the period are included.
  func admits(_ route: SMSGatewayRoute, at moment: Timestamp) -> Bool {
    (device ?? route.device) == route.device && (simSlot == nil || simSlot == route.simSlot)
      && (start ?? moment) <= moment && moment <= (end ?? moment)
  }
}

extension FormFields {
  /// A number that consists only of digits; nil if the field is missing.
  fileprivate func gatewayNumber(_ name: String) throws(SMSGatewayAccount.Refusal) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = wholeNumber(text) else { throw .invalid(name) }
    return number
  }

  /// A moment in Unix seconds, up to the end of the year 9999; nil if the field is missing.
  func gatewayMoment(_ name: String) throws(SMSGatewayAccount.Refusal) -> Timestamp? {
    guard let seconds = try gatewayNumber(name) else { return nil }
    guard seconds <= 253_402_300_799 else { throw .invalid(name) }
    return Timestamp(unixSeconds: Int64(seconds))
  }

  /// A boolean in the formats of clients: `http_build_query` writes 0 or 1, C# `False` or `True`.
  func flag(_ name: String) throws(SMSGatewayAccount.Refusal) -> Bool {
    switch self[name]?.lowercased() {
    case nil, "0", "false": return false
    case "1", "true": return true
    default: throw .invalid(name)
    }
  }
}
