import Messaging

/// What is sent and how, whether to a contact or to a group.
struct SMSITText {
  var from: String?
  var body: String
  var scheduledAt: Timestamp?
  var options: SendOptions

  init(_ message: OutgoingMessage) {
    (from, body, scheduledAt, options) = (message.from, message.body, message.scheduledAt, message.options)
  }

  init(_ message: ListMessage) {
    (from, body, scheduledAt, options) = (message.from, message.body, message.scheduledAt, message.options)
  }
}

extension SMSIT {
  /// What keeps a text from being taken; a sending number is needed, also beside a sender ID.
  func objection(to text: SMSITText) -> SendObjection? {
    .senderNumber(settings.sender(text.from))
      ?? senderID(of: text).flatMap { SenderID.isAlphanumeric($0) ? nil : .senderInvalid($0) }
      ?? start(of: text)?.objection
      ?? end(of: text)?.objection
  }

  /// All but whom it goes to.
  func fields(of text: SMSITText) -> [FormField] {
    settings.senderField("from", text.from)
      + [FormField("message", text.body)]
      + FormField.optional("alphasender", senderID(of: text))
      + FormField.optional("sendondate", start(of: text)?.dayFirst)
      + recurrenceFields(of: text)
  }

  private func recurrenceFields(of text: SMSITText) -> [FormField] {
    guard let recurrence = text.options.recurrence else { return [] }
    return [
      FormField("recurring", "1"),
      FormField("repeat", recurrence.period.smsitWord),
      FormField("frequency", String(recurrence.frequency)),
    ] + FormField.optional("enddate", end(of: text)?.dayFirst)
  }

  private func senderID(of text: SMSITText) -> String? {
    text.options.senderID?.unlessBlank ?? settings.strings["sender_id"]?.unlessBlank
  }

  private func start(of text: SMSITText) -> LocalMinute? {
    text.scheduledAt.map { LocalMinute(notBefore: $0, in: settings.timeZone) }
  }

  private func end(of text: SMSITText) -> LocalMinute? {
    (text.options.recurrence?.until).map { LocalMinute(notAfter: $0, in: settings.timeZone) }
  }
}

extension Recurrence.Period {
  fileprivate var smsitWord: String {
    switch self {
    case .daily: "Daily"
    case .weekly: "Weekly"
    case .monthly: "Monthly"
    case .yearly: "Yearly"
    }
  }
}
