import Messaging

/// SMS-iT: one message in a request, to contacts of the account only.
struct SMSIT: Provider {
  static let descriptor = ProviderDescriptor(
    name: "smsit", title: "SMS-iT", defaultBaseURL: "https://decontrolpanel.smsit.ai",
    settings: [
      SettingSpec("key", .secret, help: "API key"),
      SettingSpec("from", .sender, help: "SMS-enabled number of the account to send from"),
      SettingSpec("sender_id", .sender, help: "Alphanumeric sender ID, 1 to 11 letters and digits"),
    ],
    credentials: [["key"]],
    features: [.from, .schedule, .senderID, .recurrence])

  private let settings: ProviderSettings

  init(_ settings: ProviderSettings) { self.settings = settings }

  var batchLimit: Int { 1 }

  func objection(to message: OutgoingMessage) -> SendObjection? {
    .senderNumber(settings.sender(of: message))
      ?? senderID(of: message).flatMap { Sender.isAlphanumericID($0) ? nil : .senderInvalid($0) }
      ?? start(of: message)?.objection
      ?? end(of: message)?.objection
  }

  func batchKey(of message: OutgoingMessage) -> BatchKey {
    BatchKey(fields(of: message))
  }

  func send(_ batch: [OutgoingMessage]) -> APICall<[MessageRecord]> {
    let message = batch[0]
    return APICall(request: request("smscontact", fields(of: message))) { response throws(ProviderError) in
      [try SMSITReply.record(of: message, in: response)]
    }
  }

  /// A call of the API; always a POST, so that the key never is in a URL.
  func request(_ name: String, _ fields: [FormField]) -> HTTPRequest {
    let key = FormField("apikey", settings.strings["key", default: ""], isSecret: true)
    return HTTPRequest(url: "\(settings.baseURL)/apis/\(name)/", form: [key] + fields)
  }

  private func fields(of message: OutgoingMessage) -> [FormField] {
    settings.senderField("from", of: message)
      + [FormField("to", message.to.digits), FormField("message", message.body)]
      + FormField.optional("alphasender", senderID(of: message))
      + FormField.optional("sendondate", start(of: message)?.dayFirst)
      + recurrenceFields(of: message)
  }

  private func recurrenceFields(of message: OutgoingMessage) -> [FormField] {
    guard let recurrence = message.options.recurrence else { return [] }
    return [
      FormField("recurring", "1"),
      FormField("repeat", recurrence.period.smsitWord),
      FormField("frequency", String(recurrence.frequency)),
    ] + FormField.optional("enddate", end(of: message)?.dayFirst)
  }

  private func senderID(of message: OutgoingMessage) -> String? {
    message.options.senderID?.unlessBlank ?? settings.strings["sender_id"]?.unlessBlank
  }

  private func start(of message: OutgoingMessage) -> LocalMinute? {
    message.scheduledAt.map { LocalMinute(notBefore: $0, in: settings.timeZone) }
  }

  private func end(of message: OutgoingMessage) -> LocalMinute? {
    (message.options.recurrence?.until).map { LocalMinute(notAfter: $0, in: settings.timeZone) }
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
