import Messaging
import TextFormats

extension SMSGatewayState {
  /// `get-devices.php`: the phones there are.
  func getDevices(at now: Timestamp) -> SandboxReply {
    Self.reply(["devices": .array(devices.map { json($0, at: now) })])
  }

  private func json(_ device: GatewayDevice, at now: Timestamp) -> JSONValue {
    [
      "id": host.json(device.id), "name": .string(device.name), "model": .string(device.model),
      "androidVersion": .string(device.androidVersion), "appVersion": "9.1.0", "lastSeenAt": host.json(now),
      "sims": sims(device),
    ]
  }

  /// By slot, or in its order: PHP writes the same value either way.
  private func sims(_ device: GatewayDevice) -> JSONValue {
    let labels = device.simSlots.map { JSONValue.string("Sandbox Mobile [+155501002\(device.id)\($0)]") }
    guard host.isCurrent else { return .array(labels) }
    return .object(JSONObject(zip(device.simSlots, labels).map { JSONObject.Member(String($0), $1) }))
  }
}
