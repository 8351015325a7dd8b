import Messaging
import TextFormats

extension SMSGatewayState {
  /// `send-ussd-request.php`: a phone dials a code; what the network answers has to be read later.
  mutating func sendUSSDRequest(_ fields: FormFields, at now: Timestamp) throws(GatewayRefusal) -> SandboxReply {
    guard let code = fields["request"], let device = fields["device"] else { throw .parametersMissing }
    guard code.isUSSDCode else { throw .invalid("request") }
    let route = try ussdRoute(device: device, simSlot: fields["sim"])
    let request = GatewayUSSDRequest(id: ussdRequests.count + 1, code: code, route: route, sentAt: now)
    ussdRequests.append(request)
    return Self.reply(["request": json(request, at: now)])
  }

  /// `read-ussd-requests.php`: by id, or by code and filters; without any of them, all there are.
  func readUSSDRequests(_ fields: FormFields, at now: Timestamp) throws(GatewayRefusal) -> SandboxReply {
    let found = if let id = fields["id"] { try ussdRequests(id: id) } else { try ussdRequests(fields) }
    return Self.reply(["requests": .array(found.map { json($0, at: now) })])
  }

  private func ussdRoute(device: String, simSlot: String?) throws(GatewayRefusal) -> GatewayRoute {
    guard let device = devices.first(where: { $0.id == wholeNumber(device) }) else { throw .unknownDevice }
    guard let simSlot else { return GatewayRoute(device: device.id) }
    guard let slot = wholeNumber(simSlot), device.simSlots.contains(slot) else { throw .unknownDevice }
    return GatewayRoute(device: device.id, simSlot: slot)
  }

  private func ussdRequests(id: String) throws(GatewayRefusal) -> [GatewayUSSDRequest] {
    if let number = wholeNumber(id), ussdRequests.indices.contains(number - 1) { return [ussdRequests[number - 1]] }
    guard host.isCurrent else { throw .unknownUSSDRequest }
    return []
  }

  private func ussdRequests(_ fields: FormFields) throws(GatewayRefusal) -> [GatewayUSSDRequest] {
    let filter = try GatewayFilter(fields)
    return ussdRequests.filter { request in
      filter.admits(request.route, at: request.sentAt) && (fields["request"] ?? request.code) == request.code
    }
  }

  private func json(_ request: GatewayUSSDRequest, at now: Timestamp) -> JSONValue {
    let isAnswered = request.isAnswered(at: now)
    return [
      "ID": host.json(request.id), "deviceID": host.json(request.route.device),
      "simSlot": host.json(request.route.simSlot), "userID": host.json(1), "request": .string(request.code),
      "response": isAnswered ? .string("\(request.code): your balance is 17.25.") : nil,
      "sentDate": host.json(request.sentAt), "responseDate": host.json(isAnswered ? request.answeredAt : nil),
    ]
  }
}

/// A code that a phone dialled.
struct GatewayUSSDRequest: Hashable, Sendable {
  var id: Int
  /// Such as `*150#`.
  var code: String
  var route: GatewayRoute
  var sentAt: Timestamp

  /// When the network answers, if it ever does.
  var answeredAt: Timestamp { sentAt.adding(seconds: 2) }

  /// Codes that end in `9999#` are never answered.
  func isAnswered(at now: Timestamp) -> Bool {
    now >= answeredAt && !code.hasSuffix("\(SandboxAccount.failingEnding)#")
  }
}

extension String {
  /// Whether a phone can dial it: `*`, `#` and digits, from one of the first two to a `#`.
  fileprivate var isUSSDCode: Bool {
    (hasPrefix("*") || hasPrefix("#")) && hasSuffix("#") && utf8.count > 2
      && utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "#") }
  }
}
