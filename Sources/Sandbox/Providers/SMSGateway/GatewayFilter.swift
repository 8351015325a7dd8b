import Messaging

/// What messages and USSD requests are searched by besides status and text; what is nil is not looked at.
struct GatewayFilter: Hashable {
  private var device: Int?
  private var simSlot: Int?
  private var start: Timestamp?
  private var end: Timestamp?

  init(_ fields: FormFields) throws(GatewayRefusal) {
    device = try fields.gatewayNumber("deviceID")
    simSlot = try fields.gatewayNumber("simSlot")
    start = try fields.gatewayMoment("startTimestamp")
    end = try fields.gatewayMoment("endTimestamp")
  }

  /// Whether it fits something that a phone sent or received then. Both ends of the time belong to it.
  func admits(_ route: GatewayRoute, at moment: Timestamp) -> Bool {
    (device ?? route.device) == route.device && (simSlot == nil || simSlot == route.simSlot)
      && (start ?? moment) <= moment && moment <= (end ?? moment)
  }
}

extension FormFields {
  /// A number written in digits alone; nil where the field is missing.
  func gatewayNumber(_ name: String) throws(GatewayRefusal) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = wholeNumber(text) else { throw .invalid(name) }
    return number
  }

  /// A moment in Unix seconds; nil where the field is missing.
  func gatewayMoment(_ name: String) throws(GatewayRefusal) -> Timestamp? {
    guard let seconds = try gatewayNumber(name) else { return nil }
    guard seconds <= Timestamp.latest else { throw .invalid(name) }
    return Timestamp(unixSeconds: Int64(seconds))
  }
}

extension Timestamp {
  /// The last second of the year 9999: later ones have no date of four digits.
  static let latest = 253_402_300_799
}
