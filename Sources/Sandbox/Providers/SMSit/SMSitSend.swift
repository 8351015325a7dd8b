import Messaging
import TextFormats

extension SMSitState {
  /// `smscontact`: one text to one contact, who must be known and subscribed.
  mutating func sendToContact(_ fields: FormFields, at now: Timestamp) throws(SMSitRefusal) -> SandboxReply {
    let (from, text) = try fields.smsitSenderAndText()
    guard let number = fields["to"] else { throw SMSitSendStatuses.contact.recipientMissing }
    guard contacts[number]?.isSubscribed == true else { throw SMSitSendStatuses.contact.unknownRecipient }
    let order = try SMSitOrder(from: from, text: text, senderID: try fields.smsitSenderID(), fields, .contact)
    try spend(order.credits, .contact)
    let accepted = take(order, from: from, to: number, groupID: nil, at: now)
    return Self.reply(
      status: 0, order.scheduledAt == nil ? "Message sent." : "Message scheduled.", accepted: [accepted])
  }

  /// `smsgroup`: one text to all subscribed members of a group. The reply to a scheduled one tells no id.
  mutating func sendToGroup(_ fields: FormFields, at now: Timestamp) throws(SMSitRefusal) -> SandboxReply {
    let (from, text) = try fields.smsitSenderAndText()
    guard let group = fields["to"] else { throw SMSitSendStatuses.group.recipientMissing }
    guard contacts.isGroup(group) else { throw SMSitSendStatuses.group.unknownRecipient }
    let members = contacts.members(of: group).filter(\.isSubscribed).map(\.number)
    let senderID = try fields.smsitSenderID()
    let pace = try GroupPace(fields)
    let order = try SMSitOrder(from: from, text: text, senderID: senderID, fields, .group)
    guard !members.isEmpty else { throw SMSitRefusal(status: -15, message: "No subscribers found in group.") }
    try spend(order.credits * members.count, .group)
    lastGroupID += 1
    let accepted = members.map { member in
      var message = take(order, from: sender(order, pace), to: member, groupID: lastGroupID, at: now)
      message.options += pace.options
      return message
    }
    return order.scheduledAt == nil
      ? Self.reply(status: lastGroupID, "Message sent.", accepted: accepted)
      : Self.reply(status: 0, "Message scheduled.", accepted: accepted)
  }

  private mutating func spend(_ count: Int, _ statuses: SMSitSendStatuses) throws(SMSitRefusal) {
    guard count <= account.credits else { throw statuses.noCredits }
    account.credits -= count
  }

  private mutating func sender(_ order: SMSitOrder, _ pace: GroupPace) -> String {
    guard pace.rotates else { return order.from }
    defer { rotations += 1 }
    return SandboxAccount.smsitSenders[rotations % SandboxAccount.smsitSenders.count]
  }

  private mutating func take(
    _ order: SMSitOrder, from: String, to number: String, groupID: Int?, at now: Timestamp
  ) -> AcceptedMessage {
    messages.append(
      SMSitMessage(
        groupID: groupID, from: from, to: number, text: order.text, takenAt: now, scheduledAt: order.scheduledAt))
    return AcceptedMessage(
      provider: "smsit", at: now, id: String(messages.count), group: groupID.map(String.init), from: from,
      to: "+\(number)", body: order.text, scheduledAt: order.scheduledAt, options: order.options)
  }
}

/// How a group SMS is spread over senders and time.
private struct GroupPace {
  var rotates: Bool
  /// Seconds between two messages of one sender, 1 to 6.
  var throttle: Int

  init(_ fields: FormFields) throws(SMSitRefusal) {
    rotates = try fields.smsitFlag(
      "rotate",
      orThrow: SMSitRefusal(
        status: -8, message: "The rotate flag passed in is invalid. Proper values are either 1 or 0."))
    throttle = fields["throttle"].map { wholeNumber($0) ?? 0 } ?? 1
    guard (1...6).contains(throttle) else {
      throw SMSitRefusal(
        status: -9,
        message: "The sending throttle flag passed is invalid. Proper values are 1, 2, 3, 4, 5, or 6.")
    }
  }

  var options: [JSONObject.Member] {
    [.init("rotate", .bool(rotates)), .init("throttle", .int(throttle))]
  }
}
