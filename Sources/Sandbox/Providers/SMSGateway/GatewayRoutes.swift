import TextFormats

extension SMSGatewayState {
  /// The phones and SIMs among which the messages of a request are dealt out in turn.
  mutating func routes(_ fields: FormFields) throws(GatewayRefusal) -> [GatewayRoute] {
    let routes = try selectedRoutes(fields)
    guard try fields.flag("useRandomDevice") else { return routes }
    return [routes[Int(random.next() % UInt64(routes.count))]]
  }

  /// One or more.
  private func selectedRoutes(_ fields: FormFields) throws(GatewayRefusal) -> [GatewayRoute] {
    switch fields["option"] ?? "0" {
    case "0": return try chosenRoutes(fields)
    case "1": return devices.map { GatewayRoute(device: $0.id) }
    case "2": return devices.flatMap { device in device.simSlots.map { GatewayRoute(device: device.id, simSlot: $0) } }
    default: throw .invalid("option")
    }
  }

  /// Those named in `devices`; the first phone where none is.
  private func chosenRoutes(_ fields: FormFields) throws(GatewayRefusal) -> [GatewayRoute] {
    let names = try fields.deviceNames()
    guard !names.isEmpty else { return [GatewayRoute(device: devices[0].id)] }
    return try names.map { name throws(GatewayRefusal) in try route(name) }
  }

  /// Reads `0` (the first phone), `1`, or `1|0` with a SIM slot.
  private func route(_ name: String) throws(GatewayRefusal) -> GatewayRoute {
    let numbers = name.split(separator: "|", omittingEmptySubsequences: false).map { wholeNumber(String($0)) }
    if numbers == [0] { return GatewayRoute(device: devices[0].id) }
    guard let device = devices.first(where: { $0.id == numbers[0] }) else { throw .unknownDevice }
    guard numbers.count > 1 else { return GatewayRoute(device: device.id) }
    guard numbers.count == 2, let slot = numbers[1], device.simSlots.contains(slot) else { throw .unknownDevice }
    return GatewayRoute(device: device.id, simSlot: slot)
  }
}

extension FormFields {
  /// What `devices` names: alone, as `devices[]`, or in JSON, where `null` and `[]` name none.
  fileprivate func deviceNames() throws(GatewayRefusal) -> [String] {
    let elements = elements(of: "devices")
    if !elements.isEmpty { return elements }
    guard let text = self["devices"] else { return [] }
    guard let json = try? JSONValue(parsing: text.utf8) else { return [text] }
    if json.isNull { return [] }
    let names = (json.array ?? [json]).map(\.text)
    return try names.map { name throws(GatewayRefusal) in
      guard let name else { throw .invalid("devices") }
      return name
    }
  }

  /// A boolean as clients write it: `http_build_query` makes it 0 or 1, C# `False` or `True`.
  func flag(_ name: String) throws(GatewayRefusal) -> Bool {
    switch self[name]?.lowercased() {
    case nil, "0", "false": return false
    case "1", "true": return true
    default: throw .invalid(name)
    }
  }
}
