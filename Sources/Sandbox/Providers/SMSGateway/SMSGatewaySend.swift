import Messaging
import TextFormats

extension SMSGatewayAccount {
  /// `send.php`: sends to one number, several, or a list; with only the key, returns the credits.
  mutating func send(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    // Documents and clients have null, numbers, and strings.
    if fields.names == ["key"] { return Self.reply(["credits": host.json(credits)]) }
    let drafts = try drafts(fields)
    let schedule = try fields.schedule()
    let isPriority = try fields.flag("prioritize")
    let routes = try routes(fields)
    try spend(drafts.count)
    let taken = take(drafts, routes: routes, schedule: schedule, at: now)
    return Self.reply(
      ["messages": .array(taken.map { host.json($0, at: now) })],
      accepted: taken.map { accepted($0, isPriority: isPriority) })
  }

  private mutating func take(
    _ drafts: [SMSGatewayDraft], routes: [SMSGatewayRoute], schedule: Timestamp?, at now: Timestamp
  ) -> [SMSGatewayMessage] {
    let groupID = newGroupID()
    let taken = drafts.enumerated().map { index, draft in
      SMSGatewayMessage(
        id: messages.count + index + 1, groupID: groupID, draft: draft, route: routes[index % routes.count],
        schedule: schedule, takenAt: now)
    }
    messages += taken
    return taken
  }

  /// For example, `)V5LxqyBMEbQrl9*J$5bb4c03e8a07b7.62193871`: all contain unusual characters.
  private mutating func newGroupID() -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789)*$"
    return ")" + random.text(of: letters, count: 16) + "*J$" + random.text(of: "0123456789abcdef", count: 14) + "."
      + random.text(of: "0123456789", count: 8)
  }

  /// The log entry of a message that is sent.
  func accepted(_ message: SMSGatewayMessage, isPriority: Bool = false) -> AcceptedMessage {
    var options: [JSONObject.Member] = []
    if isPriority { options.append(.init("prioritize", true)) }
    if let attachments = message.draft.attachments { options.append(.init("attachments", .string(attachments))) }
    return AcceptedMessage(
      provider: host.name, at: message.takenAt, id: String(message.id), group: message.groupID,
      to: message.draft.internationalNumber, body: message.draft.text, type: message.draft.type,
      device: message.route.device, sim: message.route.simSlot, scheduledAt: message.schedule, options: options)
  }
}

extension SMSGatewayAccount {
  /// The messages that the request contains, in order.
  private func drafts(_ fields: FormFields) throws(Refusal) -> [SMSGatewayDraft] {
    if let messages = fields["messages"] { return try drafts(json: messages) }
    let draft = try SMSGatewayDraft(
      text: fields["message"], type: fields["type"], attachments: fields["attachments"])
    return try recipients(fields).map { number throws(Refusal) in try draft.addressed(to: number) }
  }

  private func recipients(_ fields: FormFields) throws(Refusal) -> [String] {
    if let list = fields["listID"] { return try subscribers(list) }
    let numbers = fields.elements(of: "number")
    if !numbers.isEmpty { return numbers }
    guard let number = fields["number"] else { throw .parametersMissing }
    return [number]
  }

  private func subscribers(_ list: String) throws(Refusal) -> [String] {
    guard let id = wholeNumber(list), let numbers = contactLists[id]?.subscribers else { throw .unknownList }
    guard !numbers.isEmpty else { throw .noSubscribers }
    return numbers
  }

  private func drafts(json text: String) throws(Refusal) -> [SMSGatewayDraft] {
    guard let elements = (try? JSONValue(parsing: text.utf8))?.array else { throw .invalid("messages") }
    guard !elements.isEmpty else { throw .parametersMissing }
    return try elements.map { element throws(Refusal) in
      let text = element["message"]?.text
      let draft = try SMSGatewayDraft(
        text: text?.isEmpty == true ? nil : text, type: element["type"]?.text,
        attachments: element["attachments"]?.text)
      guard let number = element["number"]?.text, text != nil else { throw .parametersMissing }
      return try draft.addressed(to: number)
    }
  }
}

extension SMSGatewayDraft {
  /// A message without its number. Checks attachments only for an MMS, which then doesn't need a text.
  fileprivate init(text: String?, type: String?, attachments: String?) throws(SMSGatewayAccount.Refusal) {
    self.init(number: "", text: text ?? "", type: type ?? "sms")
    guard ["sms", "mms"].contains(self.type) else { throw .invalid("type") }
    if self.type == "mms", let attachments, !attachments.isEmpty {
      let addresses = attachments.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmingBlanks)
      guard addresses.allSatisfy({ $0.hasPrefix("http://") || $0.hasPrefix("https://") }) else {
        throw .invalid("attachments")
      }
      self.attachments = attachments
    }
    guard text != nil || self.attachments != nil else { throw .parametersMissing }
  }

  fileprivate func addressed(to text: String) throws(SMSGatewayAccount.Refusal) -> SMSGatewayDraft {
    var draft = self
    draft.number = try text.dialableNumber()
    return draft
  }

  /// The number with `+`, unless it is a national one.
  fileprivate var internationalNumber: String {
    number.isInternationalDigits ? "+\(number)" : number
  }
}

extension FormFields {
  /// The Unix time in `schedule`; 0 means none, which clients without `null` send.
  fileprivate func schedule() throws(SMSGatewayAccount.Refusal) -> Timestamp? {
    let moment = try gatewayMoment("schedule")
    return moment?.unixSeconds == 0 ? nil : moment
  }
}

extension String {
  /// A number that a phone can dial: digits, optionally with a leading `+`. The documents show `+911234567890`,
  /// `12345678790`, and `0987654321`.
  func dialableNumber() throws(SMSGatewayAccount.Refusal) -> String {
    // The documents' own examples post `number=+1…` unencoded, and a form reads that plus sign as a space.
    let number = first == " " ? "+\(dropFirst())" : self
    let digits = number.utf8.first == UInt8(ascii: "+") ? number.utf8.dropFirst() : number.utf8[...]
    guard (3...15).contains(digits.count), digits.allSatisfy(\.isDigit) else { throw .invalid("number") }
    return number
  }
}
