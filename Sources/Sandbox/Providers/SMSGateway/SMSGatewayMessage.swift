import Messaging
import TextFormats

/// An installation of the SMS Gateway script. The two write the same data in slightly different ways.
struct SMSGatewayHost: Hashable, Sendable {
  /// The provider's name.
  var name: String
  /// The time zone of its dates: hours east of UTC.
  var hoursEast: Int
  /// Whether its replies are those of the current script, or of the older one that its documents show: numbers as
  /// strings, and no `data` with an error.
  var isCurrent: Bool

  static let vpixelpro = SMSGatewayHost(name: "vpixelpro", hoursEast: 6, isCurrent: true)
  static let sendapp = SMSGatewayHost(name: "sendapp", hoursEast: 2, isCurrent: false)

  /// For example, `2021-09-18T19:48:35+0600`, or `+06:00` on an older host.
  private func date(_ moment: Timestamp) -> String {
    let local = CivilTime(moment, offset: hoursEast * 3600).text(separator: "T")
    return "\(local)+0\(hoursEast)\(isCurrent ? "" : ":")00"
  }

  /// A number, or null.
  func json(_ number: Int?) -> JSONValue {
    isCurrent ? .optional(number) : .optional(number.map(String.init))
  }

  func json(_ flag: Bool) -> JSONValue {
    isCurrent ? .bool(flag) : flag ? "1" : "0"
  }

  /// A date, or null.
  func json(_ moment: Timestamp?) -> JSONValue {
    .optional(moment.map(date))
  }
}

/// A message that the gateway accepted from the customer, or received by a phone.
struct SMSGatewayMessage: Hashable, Sendable {
  var id: Int
  /// Nil for a received one.
  var groupID: String?
  var draft: SMSGatewayDraft
  var route: SMSGatewayRoute
  var schedule: Timestamp?
  var takenAt: Timestamp
  /// Whether it was sent to one of the phones.
  var isReceived = false

  private var lifecycle: Lifecycle { Lifecycle(to: draft.number, acceptedAt: takenAt, scheduledAt: schedule) }

  /// The script's status; a scheduled message is also `Pending`.
  func status(at now: Timestamp) -> String {
    if isReceived { return "Received" }
    return switch lifecycle.stage(at: now) {
    case .scheduled, .pending: "Pending"
    case .sent: "Sent"
    case .delivered: "Delivered"
    case .failed: "Failed"
    }
  }

  fileprivate func deliveredAt(_ now: Timestamp) -> Timestamp? {
    lifecycle.stage(at: now) == .delivered ? lifecycle.deliveredAt : nil
  }
}

/// The number, text, and type of a message.
struct SMSGatewayDraft: Hashable, Sendable {
  /// The recipient's number, or the sender's if it was received.
  var number: String
  var text: String
  /// `sms` or `mms`.
  var type = "sms"
  /// Comma-separated addresses; nil for an SMS.
  var attachments: String?
}

extension SMSGatewayMessage {
  /// What the phones had received when the sandbox started: messages 1 to 3, all within a day.
  static func received(before start: Timestamp) -> [SMSGatewayMessage] {
    [
      received(1, from: 2, "STOP", SMSGatewayRoute(device: 2, simSlot: 1), at: start.adding(seconds: -86_000)),
      received(2, from: 0, "Hi", SMSGatewayRoute(device: 1, simSlot: 0), at: start.adding(seconds: -3600)),
      received(3, from: 1, "See you at 8 😀", SMSGatewayRoute(device: 1, simSlot: 1), at: start.adding(seconds: -60)),
    ]
  }

  private static func received(
    _ id: Int, from friend: Int, _ text: String, _ route: SMSGatewayRoute, at moment: Timestamp
  ) -> SMSGatewayMessage {
    let draft = SMSGatewayDraft(number: "+\(SampleData.friends[friend])", text: text)
    return SMSGatewayMessage(id: id, draft: draft, route: route, takenAt: moment, isReceived: true)
  }
}

extension SMSGatewayHost {
  /// A message in a reply, with the members that hosts write today (seen). Members that have never been seen with a
  /// value are null.
  func json(_ message: SMSGatewayMessage, at now: Timestamp) -> JSONValue {
    [
      "number": .string(message.draft.number), "message": .string(message.draft.text),
      "deviceID": json(message.route.device), "simSlot": json(message.route.simSlot),
      "schedule": json(message.schedule), "userID": json(1), "groupID": .optional(message.groupID),
      "status": .string(message.status(at: now)), "resultCode": nil, "errorCode": nil,
      "type": .string(message.draft.type), "attachments": .optional(message.draft.attachments), "retries": nil,
      "sentDate": json(message.takenAt), "deliveredDate": json(message.deliveredAt(now)),
      "expiryDate": nil, "ID": json(message.id),
    ]
  }
}

extension SMSGatewayAccount {
  /// `read-messages.php`: by ID, by group, or by status and filters.
  func readMessages(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    let found = try indices(fields, at: now).map { messages[$0] }
    return Self.reply(["messages": .array(found.map { host.json($0, at: now) })])
  }

  /// `resend.php`: sends the same messages again under their IDs, regardless of their statuses. Leaves out received
  /// messages.
  mutating func resend(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    let chosen = try indices(fields, at: now).filter { !messages[$0].isReceived }
    try spend(chosen.count)
    for index in chosen { (messages[index].takenAt, messages[index].schedule) = (now, nil) }
    return Self.reply(
      ["messages": .array(chosen.map { host.json(messages[$0], at: now) })],
      accepted: chosen.map { accepted(messages[$0]) })
  }

  /// The indices of the messages that a request selects: `id` overrides `groupId`, which overrides `status` alone.
  private func indices(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> [Int] {
    if let id = fields["id"] { return try index(id).map { [$0] } ?? [] }
    if let group = fields["groupId"] {
      return messages.indices.filter { messages[$0].groupID == group }
        .filter { fields["status"] == nil || messages[$0].status(at: now) == fields["status"] }
    }
    guard let status = fields["status"] else { throw .parametersMissing }
    let filter = try SMSGatewayFilter(fields)
    return messages.indices.filter { index in
      let message = messages[index]
      return filter.admits(message.route, at: message.takenAt) && message.status(at: now) == status
    }
  }

  /// The reply of real hosts to an unknown ID isn't known: here, current ones find nothing, and older ones refuse.
  private func index(_ id: String) throws(Refusal) -> Int? {
    if let number = wholeNumber(id), messages.indices.contains(number - 1) { return number - 1 }
    guard host.isCurrent else { throw .unknownMessage }
    return nil
  }
}

/// The search criteria for messages and USSD requests, other than status and text; nil means any.
struct SMSGatewayFilter: Hashable {
  private var device: Int?
  private var simSlot: Int?
  private var start: Timestamp?
  private var end: Timestamp?

  init(_ fields: FormFields) throws(SMSGatewayAccount.Refusal) {
    device = try fields.gatewayNumber("deviceID")
    simSlot = try fields.gatewayNumber("simSlot")
    start = try fields.gatewayMoment("startTimestamp")
    end = try fields.gatewayMoment("endTimestamp")
  }

  /// Whether it matches something that a phone sent or received at that time. Both ends of the period are included.
  func admits(_ route: SMSGatewayRoute, at moment: Timestamp) -> Bool {
    (device ?? route.device) == route.device && (simSlot == nil || simSlot == route.simSlot)
      && (start ?? moment) <= moment && moment <= (end ?? moment)
  }
}

extension FormFields {
  /// A number that consists only of digits; nil if the field is missing.
  fileprivate func gatewayNumber(_ name: String) throws(SMSGatewayAccount.Refusal) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = wholeNumber(text) else { throw .invalid(name) }
    return number
  }

  /// A moment in Unix seconds, up to the end of the year 9999; nil if the field is missing.
  func gatewayMoment(_ name: String) throws(SMSGatewayAccount.Refusal) -> Timestamp? {
    guard let seconds = try gatewayNumber(name) else { return nil }
    guard seconds <= 253_402_300_799 else { throw .invalid(name) }
    return Timestamp(unixSeconds: Int64(seconds))
  }

  /// A boolean in the formats of clients: `http_build_query` writes 0 or 1, C# `False` or `True`.
  func flag(_ name: String) throws(SMSGatewayAccount.Refusal) -> Bool {
    switch self[name]?.lowercased() {
    case nil, "0", "false": return false
    case "1", "true": return true
    default: throw .invalid(name)
    }
  }
}
