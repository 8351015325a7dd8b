import Messaging
import TextFormats

/// A phone that sends messages.
struct SMSGatewayDevice: Hashable, Sendable {
  var id: Int
  var name: String
  var model: String
  var androidVersion: String
  /// The slots that hold a SIM.
  let simSlots = [0, 1]
}

/// The phone that sends a message, and its SIM slot: nil for the phone's default.
struct SMSGatewayRoute: Hashable, Sendable {
  var device: Int
  var simSlot: Int?
}

extension SMSGatewayAccount {
  /// `get-devices.php`: all phones.
  func getDevices(at now: Timestamp) -> SandboxReply {
    Self.reply(["devices": .array(devices.map { json($0, at: now) })])
  }

  private func json(_ device: SMSGatewayDevice, at now: Timestamp) -> JSONValue {
    [
      "id": host.json(device.id), "name": .string(device.name), "model": .string(device.model),
      "androidVersion": .string(device.androidVersion), "appVersion": "9.1.0", "lastSeenAt": host.json(now),
      "sims": sims(device),
    ]
  }

  /// An object by slot, or an array: PHP can write the value either way.
  private func sims(_ device: SMSGatewayDevice) -> JSONValue {
    let labels = device.simSlots.map { JSONValue.string("Sandbox Mobile [+155501002\(device.id)\($0)]") }
    guard host.isCurrent else { return .array(labels) }
    return .object(JSONObject(zip(device.simSlots, labels).map { JSONObject.Member(String($0), $1) }))
  }
}

extension SMSGatewayAccount {
  /// The phones and SIMs that send a request's messages in turn; at least one.
  mutating func routes(_ fields: FormFields) throws(Refusal) -> [SMSGatewayRoute] {
    let routes = try selectedRoutes(fields)
    guard try fields.flag("useRandomDevice") else { return routes }
    return [routes[Int(random.next() % UInt64(routes.count))]]
  }

  private func selectedRoutes(_ fields: FormFields) throws(Refusal) -> [SMSGatewayRoute] {
    switch fields["option"] ?? "0" {
    case "0":
      let routes = try fields.deviceNames().map { name throws(Refusal) in try route(name) }
      return routes.isEmpty ? [SMSGatewayRoute(device: devices[0].id)] : routes
    case "1": return devices.map { SMSGatewayRoute(device: $0.id) }
    case "2": return devices.flatMap { device in device.simSlots.map { .init(device: device.id, simSlot: $0) } }
    default: throw .invalid("option")
    }
  }

  /// Reads `0` (the first phone), `1`, or `1|0` with a SIM slot.
  private func route(_ name: String) throws(Refusal) -> SMSGatewayRoute {
    if wholeNumber(name) == 0 { return SMSGatewayRoute(device: devices[0].id) }
    let parts = name.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2 else { throw .unknownDevice }
    return try route(device: parts[0], simSlot: parts.count == 2 ? parts[1] : nil)
  }

  private func route(device: String, simSlot: String?) throws(Refusal) -> SMSGatewayRoute {
    guard let device = devices.first(where: { $0.id == wholeNumber(device) }) else { throw .unknownDevice }
    guard let simSlot else { return SMSGatewayRoute(device: device.id) }
    guard let slot = wholeNumber(simSlot), device.simSlots.contains(slot) else { throw .unknownDevice }
    return SMSGatewayRoute(device: device.id, simSlot: slot)
  }
}

extension FormFields {
  /// The names in `devices`: a single one, `devices[]`, or JSON, where `null` and `[]` mean none.
  fileprivate func deviceNames() throws(SMSGatewayAccount.Refusal) -> [String] {
    let elements = elements(of: "devices")
    if !elements.isEmpty { return elements }
    guard let text = self["devices"] else { return [] }
    guard let json = try? JSONValue(parsing: text.utf8) else { return [text] }
    if json.isNull { return [] }
    let names = (json.array ?? [json]).compactMap(\.text)
    guard names.count == json.array?.count ?? 1 else { throw .invalid("devices") }
    return names
  }
}

/// A code that a phone dialed.
struct SMSGatewayUSSDRequest: Hashable, Sendable {
  var id: Int
  /// For example, `*150#`.
  var code: String
  var route: SMSGatewayRoute
  var sentAt: Timestamp

  /// When the network answers, if it ever does.
  var answeredAt: Timestamp { sentAt.adding(seconds: 2) }

  /// Codes that end in `9999#` never get an answer.
  func isAnswered(at now: Timestamp) -> Bool {
    now >= answeredAt && !code.hasSuffix("\(SampleData.failingEnding)#")
  }
}

extension SMSGatewayAccount {
  /// `send-ussd-request.php`: a phone dials a code; the customer reads the network's answer later.
  mutating func sendUSSDRequest(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    guard let code = fields["request"], let device = fields["device"] else { throw .parametersMissing }
    guard code.isUSSDCode else { throw .invalid("request") }
    let route = try route(device: device, simSlot: fields["sim"])
    let request = SMSGatewayUSSDRequest(id: ussdRequests.count + 1, code: code, route: route, sentAt: now)
    ussdRequests.append(request)
    return Self.reply(["request": json(request, at: now)])
  }

  /// `read-ussd-requests.php`: by ID, or by code and filters; without any of them, all requests.
  func readUSSDRequests(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    let found = if let id = fields["id"] { try ussdRequests(id: id) } else { try ussdRequests(fields) }
    return Self.reply(["requests": .array(found.map { json($0, at: now) })])
  }

  private func ussdRequests(id: String) throws(Refusal) -> [SMSGatewayUSSDRequest] {
    if let number = wholeNumber(id), ussdRequests.indices.contains(number - 1) { return [ussdRequests[number - 1]] }
    guard host.isCurrent else { throw .unknownUSSDRequest }
    return []
  }

  private func ussdRequests(_ fields: FormFields) throws(Refusal) -> [SMSGatewayUSSDRequest] {
    let filter = try SMSGatewayFilter(fields)
    return ussdRequests.filter { request in
      filter.admits(request.route, at: request.sentAt) && (fields["request"] ?? request.code) == request.code
    }
  }

  private func json(_ request: SMSGatewayUSSDRequest, at now: Timestamp) -> JSONValue {
    let isAnswered = request.isAnswered(at: now)
    return [
      "ID": host.json(request.id), "deviceID": host.json(request.route.device),
      "simSlot": host.json(request.route.simSlot), "userID": host.json(1), "request": .string(request.code),
      "response": isAnswered ? .string("\(request.code): your balance is 17.25.") : nil,
      "sentDate": host.json(request.sentAt), "responseDate": host.json(isAnswered ? request.answeredAt : nil),
    ]
  }
}

extension String {
  /// Whether a phone can dial it: `*`, `#`, and digits, starting with one of the first two and ending with `#`.
  fileprivate var isUSSDCode: Bool {
    (hasPrefix("*") || hasPrefix("#")) && hasSuffix("#") && utf8.count > 2
      && utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "#") }
  }
}
