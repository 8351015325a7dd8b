import Messaging
import TextFormats

extension SMSITAccount {
  /// `smscontact`: one text to one contact, which must be known and subscribed.
  mutating func sendToContact(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    var order = try SMSITOrder(fields)
    guard let number = fields["to"] else { throw .init(-5, "There was no contact number passed in.") }
    guard contacts[number]?.isSubscribed == true else {
      throw .init(
        -6, "The contact number passed in is either invalid, does not exist in your contact list, or has unsubscribed."
      )
    }
    try order.readSenderID(fields)
    try order.readTimes(fields, firstStatus: -8)
    try spend(order.credits, orStatus: -12)
    let accepted = take(order, from: order.from, to: number, at: now)
    return Self.reply(
      status: "0", order.scheduledAt == nil ? "Message sent." : "Message scheduled.", accepted: [accepted])
  }

  /// `smsgroup`: sends a text to all subscribed members of a group. If it is scheduled, the reply has no ID.
  mutating func sendToGroup(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    var order = try SMSITOrder(fields)
    guard let group = fields["to"] else { throw .init(-5, "There was no group passed in.") }
    guard contacts.isGroup(group) else { throw .init(-6, "The group passed in is invalid or does not exist.") }
    try order.readSenderID(fields)
    let pace = try GroupPace(fields)
    try order.readTimes(fields, firstStatus: -10)
    let members = contacts.members(of: group).filter(\.isSubscribed).map(\.number)
    guard !members.isEmpty else { throw .init(-15, "No subscribers found in group.") }
    try spend(order.credits * members.count, orStatus: -14)
    lastGroupID += 1
    let accepted = members.map { member in
      var message = take(order, from: sender(order, pace), to: member, groupID: lastGroupID, at: now)
      message.options += pace.options
      return message
    }
    return order.scheduledAt == nil
      ? Self.reply(status: String(lastGroupID), "Message sent.", accepted: accepted)
      : Self.reply(status: "0", "Message scheduled.", accepted: accepted)
  }

  private mutating func spend(_ count: Int, orStatus status: Int) throws(Refusal) {
    guard count <= credits else { throw .init(status, "Not enough credits to send the message.") }
    credits -= count
  }

  private mutating func sender(_ order: SMSITOrder, _ pace: GroupPace) -> String {
    guard pace.rotates else { return order.from }
    defer { rotations += 1 }
    return SampleData.smsitSenders[rotations % SampleData.smsitSenders.count]
  }

  private mutating func take(
    _ order: SMSITOrder, from: String, to number: String, groupID: Int? = nil, at now: Timestamp
  ) -> AcceptedMessage {
    messages.append(SMSITMessage(groupID: groupID, to: number, takenAt: now, scheduledAt: order.scheduledAt))
    return AcceptedMessage(
      provider: "smsit", at: now, id: String(messages.count), group: groupID.map(String.init), from: from,
      to: "+\(number)", body: order.text, scheduledAt: order.scheduledAt, options: order.options)
  }
}

/// The parameters of both calls, other than the recipient. They are checked in the order of the documents' statuses.
private struct SMSITOrder {
  let from: String
  let text: String
  private(set) var scheduledAt: Timestamp?
  /// What the log contains in addition to number and text.
  private(set) var options: [JSONObject.Member] = []

  /// Reads the sender and the text.
  init(_ fields: FormFields) throws(SMSITAccount.Refusal) {
    guard let from = fields["from"] else { throw .init(-2, "There was no 'from' number passed in.") }
    guard SampleData.smsitSenders.contains(from) else {
      throw .init(-3, "The 'from' number passed in doesn't exist in your account or isn't SMS-enabled.")
    }
    guard let text = fields["message"] else { throw .init(-4, "There was no message passed in to be sent.") }
    (self.from, self.text) = (from, text)
  }

  /// Parses an alphanumeric sender ID: 1 to 11 letters and digits, with at least one letter.
  mutating func readSenderID(_ fields: FormFields) throws(SMSITAccount.Refusal) {
    guard let senderID = fields["alphasender"] else { return }
    let characters = senderID.utf8
    guard characters.count <= 11, characters.allSatisfy({ $0.isDigit || $0.isLetter }),
      characters.contains(where: \.isLetter)
    else {
      throw .init(
        -7,
        "The alphanumeric sender ID passed in is either invalid(doesn't match requirements below) OR the user account "
          + "does not have permission to send from an alphanumeric sender ID.")
    }
    options.append(.init("alphasender", .string(senderID)))
  }

  /// Reads the recurring series, whose four statuses begin with `firstStatus`, and the date.
  mutating func readTimes(_ fields: FormFields, firstStatus: Int) throws(SMSITAccount.Refusal) {
    if let series = try fields.series(firstStatus: firstStatus) { options.append(.init("recurring", series)) }
    scheduledAt = try fields.date("sendondate")
  }

  /// One per 160 characters, or per 70 if GSM 03.38 can't encode all of them.
  var credits: Int {
    let counted = Segmentation(of: text)
    let size = counted.encoding == .gsm7 ? 160 : 70
    return (counted.units + size - 1) / size
  }
}

/// How a group SMS is spread over senders and time.
private struct GroupPace {
  let rotates: Bool
  /// Seconds between two messages of one sender, 1 to 6.
  private let throttle: Int

  init(_ fields: FormFields) throws(SMSITAccount.Refusal) {
    rotates = try fields.flag("rotate", orStatus: -8)
    throttle = fields["throttle"].map { wholeNumber($0) ?? 0 } ?? 1
    guard (1...6).contains(throttle) else {
      throw .init(-9, "The sending throttle flag passed is invalid. Proper values are 1, 2, 3, 4, 5, or 6.")
    }
  }

  var options: [JSONObject.Member] {
    [.init("rotate", .bool(rotates)), .init("throttle", .int(throttle))]
  }
}

extension FormFields {
  /// A flag with the value 1 or 0.
  fileprivate func flag(_ name: String, orStatus status: Int) throws(SMSITAccount.Refusal) -> Bool {
    switch self[name] {
    case nil, "0": return false
    case "1": return true
    default: throw .init(status, "The \(name) flag passed in is invalid. Proper values are either 1 or 0.")
    }
  }

  /// A time in the format `DD-MM-YYYY HH:MM`, in UTC. The documents have no status for an invalid date.
  fileprivate func date(_ name: String) throws(SMSITAccount.Refusal) -> Timestamp? {
    guard let text = self[name] else { return nil }
    guard let time = CivilTime(dayFirst: text) else { throw .init(-16, "Other error.") }
    return Timestamp(unixSeconds: time.secondsSinceEpoch)
  }

  /// The series for the log, if the request has one. Repeat and frequency must be valid in any case.
  fileprivate func series(firstStatus: Int) throws(SMSITAccount.Refusal) -> JSONValue? {
    let orMissing = "Also, if recurring flag is 1 and nothing passed in for this field will trip this error."
    let isRecurring = try flag("recurring", orStatus: firstStatus)
    let period = self["repeat"]
    guard period.map(["Daily", "Weekly", "Monthly", "Yearly"].contains) ?? !isRecurring else {
      throw .init(
        firstStatus - 1,
        "The repeat parameter passed in is invalid. Proper values are 'Daily', 'Weekly', 'Monthly', 'Yearly'. "
          + orMissing)
    }
    let frequency = self["frequency"].map { wholeNumber($0) ?? 0 }
    guard frequency.map((1...30).contains) ?? !isRecurring else {
      throw .init(
        firstStatus - 2, "The frequency parameter passed in is invalid. Proper values are 1-30. \(orMissing)")
    }
    guard isRecurring, let period, let frequency else { return nil }
    let end = try seriesEnd(orStatus: firstStatus - 3)
    return ["repeat": .string(period), "frequency": .int(frequency), "enddate": .string(end.rfc3339)]
  }

  /// A series starts at its first date and must not end before that; the documents have no status for either.
  private func seriesEnd(orStatus status: Int) throws(SMSITAccount.Refusal) -> Timestamp {
    guard self["enddate"] != nil else {
      throw .init(
        status,
        "Must have a recurring end date if you want to schedule a recurring event. The recurring flag is 1 and "
          + "nothing passed in for enddate.")
    }
    guard let start = try date("sendondate"), let end = try date("enddate"), start <= end else {
      throw .init(-16, "Other error.")
    }
    return end
  }
}
