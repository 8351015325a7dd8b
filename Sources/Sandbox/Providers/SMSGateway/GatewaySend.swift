import Messaging
import TextFormats

extension SMSGatewayState {
  /// `send.php`: sends to a number, several, or a list; with the key alone it tells the credits.
  mutating func send(_ fields: FormFields, at now: Timestamp) throws(GatewayRefusal) -> SandboxReply {
    if fields.names == ["key"] { return balance }
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

  private var balance: SandboxReply {
    // Documents and clients know null, numbers and strings.
    Self.reply(["credits": host.json(account.credits)])
  }

  /// One credit a message.
  mutating func spend(_ count: Int) throws(GatewayRefusal) {
    guard let left = account.credits else { return }
    guard count <= left else { throw .noCredits }
    account.credits = left - count
  }

  private mutating func take(
    _ drafts: [GatewayDraft], routes: [GatewayRoute], schedule: Timestamp?, at now: Timestamp
  ) -> [GatewayMessage] {
    let groupID = newGroupID()
    let taken = drafts.enumerated().map { index, draft in
      GatewayMessage(
        id: messages.count + index + 1, groupID: groupID, draft: draft, route: routes[index % routes.count],
        schedule: schedule, takenAt: now)
    }
    messages += taken
    return taken
  }

  /// What the log notes of a message that goes out.
  func accepted(_ message: GatewayMessage, isPriority: Bool = false) -> AcceptedMessage {
    var options: [JSONObject.Member] = []
    if isPriority { options.append(.init("prioritize", true)) }
    if let attachments = message.draft.attachments { options.append(.init("attachments", .string(attachments))) }
    return AcceptedMessage(
      provider: host.name, at: message.takenAt, id: String(message.id), group: message.groupID,
      to: message.draft.internationalNumber, body: message.draft.text, type: message.draft.type,
      device: message.route.device, sim: message.route.simSlot, scheduledAt: message.schedule, options: options)
  }
}

extension FormFields {
  /// The moment in `schedule`, Unix seconds; 0 means none, as clients without `null` write it.
  fileprivate func schedule() throws(GatewayRefusal) -> Timestamp? {
    let moment = try gatewayMoment("schedule")
    return moment?.unixSeconds == 0 ? nil : moment
  }
}
