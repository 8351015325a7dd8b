import Messaging
import TextFormats

extension SMSGatewayHost {
  /// A message as it is sent back.
  func json(_ message: GatewayMessage, at now: Timestamp) -> JSONValue {
    isCurrent ? currentJSON(message, at: now) : olderJSON(message, at: now)
  }

  /// The members that hosts write today (seen).
  private func currentJSON(_ message: GatewayMessage, at now: Timestamp) -> JSONValue {
    [
      "number": .string(message.draft.number), "message": .string(message.draft.text),
      "deviceID": .int(message.route.device), "simSlot": .optional(message.route.simSlot),
      "schedule": .optional(message.schedule.map(date)), "userID": 1, "groupID": .optional(message.groupID),
      "status": .string(message.status(at: now)), "resultCode": nil, "errorCode": nil,
      "type": .string(message.draft.type), "attachments": .optional(message.draft.attachments), "retries": nil,
      "sentDate": .string(date(message.takenAt)), "deliveredDate": .optional(message.deliveredAt(now).map(date)),
      "expiryDate": nil, "ID": .int(message.id),
    ]
  }

  /// The members in Sendapp's documents, all of them strings.
  private func olderJSON(_ message: GatewayMessage, at now: Timestamp) -> JSONValue {
    [
      "ID": .string(String(message.id)), "number": .string(message.draft.number),
      "message": .string(message.draft.text), "deviceID": .string(String(message.route.device)),
      "simSlot": .optional(message.route.simSlot.map(String.init)), "userID": "1",
      "status": .string(message.status(at: now)), "sentDate": .string(date(message.takenAt)),
      "deliveredDate": .optional(message.deliveredAt(now).map(date)), "groupID": .optional(message.groupID),
    ]
  }
}

extension GatewayMessage {
  /// The script's word for where it stands; a scheduled one is pending, too.
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
