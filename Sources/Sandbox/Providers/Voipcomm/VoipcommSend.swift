import Messaging
import TextFormats

extension VoipcommState {
  /// `sms/send`: one text to one or more numbers; each has a row of its own in the reply.
  mutating func send(_ fields: FormFields, at now: Timestamp) throws(VoipcommRefusal) -> SandboxReply {
    guard let to = fields["to"] else { throw .recipientsMissing }
    guard let text = fields["msg"] else { throw .textMissing }
    guard fields["from"] == nil || fields["from"] == SandboxAccount.voipcommSender else { throw .unknownSender }
    let schedule = try fields.deliveryDate()
    let outcomes = to.split(separator: ",", omittingEmptySubsequences: false).map { number in
      take(
        VoipcommMessage(
          id: newID(at: now), from: fields["from"], to: number.trimmingBlanks, text: text, takenAt: now,
          scheduledAt: schedule))
    }
    return .json(
      ["send_log": .array(outcomes.map(\.row))],
      accepted: outcomes.filter { $0.fault == nil }.map(\.message.accepted))
  }

  private mutating func take(_ message: VoipcommMessage) -> Outcome {
    let fault = message.fault
    if fault == nil { messages.append(message) }
    return Outcome(message: message, fault: fault)
  }
}

/// What came of one number.
private struct Outcome {
  var message: VoipcommMessage
  var fault: RowFault?

  /// The number's row in `send_log` (documents). A row whose code is not 200 failed (a guess; so are these codes).
  var row: JSONValue {
    [
      "code": .int(fault?.code ?? 200), "code_desc": .string(fault?.description ?? ""),
      "from": .string(message.from ?? "15550100100"), "to": .string(message.to),
      "country": message.to.hasPrefix("1") ? "US" : "", "msg": .string(message.text),
      "delivery_date": .string(CivilTime(message.lifecycle.startsAt).text()),
      "sale": fault == nil ? message.price : 0, "type": message.from == nil ? "BULKSMS" : "2WAYSMS",
      "status": .string(fault == nil ? message.status : "FAILED"), "smsid": .string(fault == nil ? message.id : ""),
    ]
  }
}

/// Why one number of several was turned down.
private struct RowFault {
  var code: Int
  var description: String
}

extension VoipcommMessage {
  /// Numbers are written without `+`, as in the documents; unreachable ones are refused at once.
  fileprivate var fault: RowFault? {
    if !to.isInternationalDigits { return RowFault(code: 400, description: "Invalid destination number") }
    if to.isUnreachable { return RowFault(code: 500, description: "The carrier rejected the message") }
    return nil
  }

  fileprivate var status: String {
    lifecycle.startsAt > takenAt ? "SCHEDULED" : "SENT"
  }

  /// A cent for each segment.
  fileprivate var price: JSONValue {
    let cents = Segmentation(of: text).segments
    return .number("\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)")
  }

  fileprivate var accepted: AcceptedMessage {
    AcceptedMessage(
      provider: "voipcomm", at: takenAt, id: id, from: from, to: "+\(to)", body: text, scheduledAt: scheduledAt)
  }
}

extension FormFields {
  /// The moment in `delivery_date`, read in UTC.
  fileprivate func deliveryDate() throws(VoipcommRefusal) -> Timestamp? {
    guard let text = self["delivery_date"] else { return nil }
    guard let time = CivilTime(yearFirst: text) else { throw .invalidDate }
    return Timestamp(unixSeconds: time.secondsSinceEpoch)
  }
}
