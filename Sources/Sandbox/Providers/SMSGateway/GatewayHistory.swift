import Messaging
import TextFormats

extension SMSGatewayState {
  /// `read-messages.php`: by id, by group, or by status and filters.
  func readMessages(_ fields: FormFields, at now: Timestamp) throws(GatewayRefusal) -> SandboxReply {
    let found = try indices(fields, at: now).map { messages[$0] }
    return Self.reply(["messages": .array(found.map { host.json($0, at: now) })])
  }

  /// `resend.php`: the same messages go out once more under their ids. What was received is left out.
  mutating func resend(_ fields: FormFields, at now: Timestamp) throws(GatewayRefusal) -> SandboxReply {
    let chosen = try indices(fields, at: now).filter { !messages[$0].isReceived }
    try spend(chosen.count)
    for index in chosen { messages[index].startAgain(at: now) }
    return Self.reply(
      ["messages": .array(chosen.map { host.json(messages[$0], at: now) })],
      accepted: chosen.map { accepted(messages[$0]) })
  }

  /// Where the messages are that a request names: `id` goes before `groupId`, and that before `status` alone.
  private func indices(_ fields: FormFields, at now: Timestamp) throws(GatewayRefusal) -> [Int] {
    if let id = fields["id"] { return try index(id).map { [$0] } ?? [] }
    if let group = fields["groupId"] {
      return messages.indices.filter { messages[$0].groupID == group }
        .filter { fields["status"] == nil || messages[$0].status(at: now) == fields["status"] }
    }
    guard let status = fields["status"] else { throw .parametersMissing }
    let filter = try GatewayFilter(fields)
    return messages.indices.filter { index in
      let message = messages[index]
      return filter.admits(message.route, at: message.takenAt) && message.status(at: now) == status
    }
  }

  /// What real hosts answer to an unknown id is not known: here current ones find nothing, older ones refuse.
  private func index(_ id: String) throws(GatewayRefusal) -> Int? {
    if let number = wholeNumber(id), messages.indices.contains(number - 1) { return number - 1 }
    guard host.isCurrent else { throw .unknownMessage }
    return nil
  }
}

extension GatewayMessage {
  /// It goes out now, whatever became of it before.
  fileprivate mutating func startAgain(at now: Timestamp) {
    takenAt = now
    schedule = nil
  }
}
