import Messaging

/// What one SMS Gateway knows about a customer.
struct SMSGatewayState: Sendable {
  let host: SMSGatewayHost
  /// The key and the credits left.
  var account: GatewayAccount
  let devices = [
    GatewayDevice(id: 1, name: "Front desk", model: "Sandbox One", androidVersion: "14"),
    GatewayDevice(id: 2, name: "Back office", model: "Sandbox Two", androidVersion: "9"),
  ]
  var contactLists: [Int: GatewayContactList]
  /// Sent and received ones; the id of each is its place, counted from 1.
  var messages: [GatewayMessage]
  /// The id of each is its place, counted from 1.
  var ussdRequests: [GatewayUSSDRequest] = []
  var random: SplitMix64

  init(_ host: SMSGatewayHost, _ account: GatewayAccount, seed: UInt64, startedAt start: Timestamp) {
    self.host = host
    self.account = account
    contactLists = [1: GatewayContactList(numbers: SandboxAccount.friends.map { "+\($0)" })]
    messages = GatewayMessage.received(before: start)
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
  var name: String
  var model: String
  var androidVersion: String
  /// Slots with a SIM in them.
  let simSlots = [0, 1]
}

/// The phone that sends a message, and its SIM: nil for the phone's default.
struct GatewayRoute: Hashable, Sendable {
  var device: Int
  var simSlot: Int?
}
