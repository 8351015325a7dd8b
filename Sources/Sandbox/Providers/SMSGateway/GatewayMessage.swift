import Messaging

/// A message that the gateway has taken, from the customer or from a phone.
struct GatewayMessage: Hashable, Sendable {
  var id: Int
  /// Nil for a received one.
  var groupID: String?
  var draft: GatewayDraft
  var route: GatewayRoute
  var schedule: Timestamp?
  var takenAt: Timestamp
  /// Whether somebody sent it to one of the phones.
  var isReceived = false

  var lifecycle: Lifecycle {
    Lifecycle(to: draft.number, acceptedAt: takenAt, scheduledAt: schedule)
  }
}

/// Number, text and kind of a message.
struct GatewayDraft: Hashable, Sendable {
  /// Of whom it goes to, or of whom a received one came from.
  var number: String
  var text: String
  /// `sms` or `mms`.
  var type: String
  /// Comma-separated addresses; nil for an SMS.
  var attachments: String?
}

extension GatewayMessage {
  /// What phones had received when the sandbox started: messages 1 to 3, from a day before on.
  static func received(before start: Timestamp) -> [GatewayMessage] {
    [
      received(1, from: 2, "STOP", GatewayRoute(device: 2, simSlot: 1), at: start.adding(seconds: -86_000)),
      received(2, from: 0, "Hi", GatewayRoute(device: 1, simSlot: 0), at: start.adding(seconds: -3600)),
      received(3, from: 1, "See you at 8 😀", GatewayRoute(device: 1, simSlot: 1), at: start.adding(seconds: -60)),
    ]
  }

  private static func received(
    _ id: Int, from friend: Int, _ text: String, _ route: GatewayRoute, at moment: Timestamp
  ) -> GatewayMessage {
    let draft = GatewayDraft(number: "+\(SandboxAccount.friends[friend])", text: text, type: "sms")
    return GatewayMessage(id: id, draft: draft, route: route, takenAt: moment, isReceived: true)
  }
}
