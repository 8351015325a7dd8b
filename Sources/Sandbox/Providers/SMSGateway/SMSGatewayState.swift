import Messaging

/// What one SMS Gateway knows.
struct SMSGatewayState: Sendable {
  let host: SMSGatewayHost
  var devices: [GatewayDevice] = [GatewayDevice(id: 1), GatewayDevice(id: 2)]
  var contactLists: [Int: [GatewayContact]] = [1: SandboxAccount.friends.map { GatewayContact(number: "+\($0)") }]
  /// The id of each is its place, counted from 1.
  var messages: [GatewayMessage] = []
  var credits: Int?
  var random: SplitMix64

  init(_ host: SMSGatewayHost, seed: UInt64) {
    self.host = host
    credits = host.credits
    random = SplitMix64(seed: seed)
  }

  /// Such as `)V5LxqyBMEbQrl9*J$5bb4c03e8a07b7.62193871`: odd characters come in every one.
  mutating func newGroupID() -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789)*$"
    return ")" + random.text(of: letters, count: 16) + "*J$" + random.text(of: "0123456789abcdef", count: 14) + "."
      + random.text(of: "0123456789", count: 8)
  }
}

/// A phone that sends.
struct GatewayDevice: Hashable, Sendable {
  var id: Int
  /// Slots with a SIM in them.
  var simSlots = [0, 1]
}

/// A member of a contact list.
struct GatewayContact: Hashable, Sendable {
  var number: String
  var isSubscribed = true
}

/// A message that the gateway has taken.
struct GatewayMessage: Hashable, Sendable {
  var id: Int
  var groupID: String
  var draft: GatewayDraft
  var route: GatewayRoute
  var schedule: Timestamp?
  var takenAt: Timestamp

  var lifecycle: Lifecycle {
    Lifecycle(to: draft.number, acceptedAt: takenAt, scheduledAt: schedule)
  }
}

/// Number, text and kind of a message.
struct GatewayDraft: Hashable, Sendable {
  var number: String
  var text: String
  /// `sms` or `mms`.
  var type: String
  /// Comma-separated addresses; nil for an SMS.
  var attachments: String?
}

/// The phone that sends a message, and its SIM: nil for the phone's default.
struct GatewayRoute: Hashable, Sendable {
  var device: Int
  var simSlot: Int?
}
