import Messaging
import TextFormats

/// SMS-iT: one message per request, and only to contacts of the account and groups of them.
struct SMSIT: ListSending, HistoryKeeping, GroupReporting, ContactAdding, ContactListing, BalanceReading, OTPGenerating,
  OTPVerifying, AppointmentAdding
{
  static let descriptor = ProviderDescriptor(
    name: "smsit", title: "SMS-iT", defaultBaseURL: "https://decontrolpanel.smsit.ai",
    settings: [
      SettingSpec("key", .secret, help: "API key"),
      SettingSpec("from", .sender, help: "SMS-enabled number of the account to send from"),
      SettingSpec("sender_id", .senderID, help: "Sender ID of 1 to 11 letters and digits"),
    ],
    credentials: [["key"]],
    features: [.from, .schedule, .senderID, .recurrence], needsSender: true,
    statusWords: ["queued", "sent", "delivered", "undelivered", "failed"])

  let settings: SMSITSettings

  init(_ values: SettingValues) { settings = SMSITSettings(values) }

  static func credentials(_ values: SettingValues) throws(SettingError) -> Credentials {
    .form([FormField("apikey", try values.required("key"), isSecret: true)])
  }

  var batchLimit: Int { 1 }

  func objection(to message: OutgoingMessage) -> SendObjection? {
    objection(to: SMSITText(message))
  }

  func batchKey(of message: OutgoingMessage) -> BatchKey {
    BatchKey(fields(to: message))
  }

  func send(_ batch: [OutgoingMessage]) -> APICall<[MessageRecord]> {
    let message = batch[0]
    let request = request(.sendToContact, fields(to: message))
    return APICall(sending: request, to: batch.map { $0.to }, lists: SMSITReply.saysDone) {
      response throws(ProviderError) in
      let advice = { $0 == -6 ? SMSITCall.notAContactAdvice(message.to) : "" }
      // The call returns no id, whatever the status.
      let (reply, _) = try SMSITReply.success(of: .sendToContact, in: response, advice: advice)
      var record = MessageRecord(message, status: MessageStatus(reported: nil, for: message))
      record.raw = reply
      return [record]
    }
  }

  /// A call of the API; always a POST, so that the key is never in a URL.
  func request(_ call: SMSITCall, _ fields: [FormField]) -> HTTPRequest {
    HTTPRequest(url: "\(settings.baseURL)/apis/\(call.name)/", form: fields)
  }

  private func fields(to message: OutgoingMessage) -> [FormField] {
    [FormField("to", message.to.digits)] + fields(of: SMSITText(message))
  }
}

/// The settings of a profile, except the key.
struct SMSITSettings {
  var baseURL: String
  var sender: String?
  var senderID: String?
  var timeZone: TimeZoneRules

  init(_ values: SettingValues) {
    (baseURL, timeZone) = (values.baseURL, values.timeZone)
    (sender, senderID) = (values.text("from"), values.text("sender_id"))
  }
}

/// The content of a message and how it is sent, whether to a contact or to a group.
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
  /// Why a text would not be accepted; a sending number is required, even with a sender ID.
  func objection(to text: SMSITText) -> SendObjection? {
    .senderNumber(text.from?.unlessBlank ?? settings.sender)
      ?? senderID(of: text).flatMap { SenderID.isAlphanumeric($0) ? nil : .senderInvalid($0) }
      ?? start(of: text)?.objection
      ?? end(of: text)?.objection
  }

  /// All fields except the recipient.
  func fields(of text: SMSITText) -> [FormField] {
    FormField.sender("from", text.from?.unlessBlank ?? settings.sender)
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
    text.options.senderID?.unlessBlank ?? settings.senderID
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

extension SMSIT {
  static var listFeatures: Set<ListFeature> { [.rotate, .throttle] }
  static var namesMessages: Bool { false }

  func objection(to message: ListMessage) -> CallObjection? {
    if message.list.unlessBlank == nil { return .needsOneOf([.list]) }
    return objection(to: SMSITText(message)).map(CallObjection.message)
  }

  /// The provider assigns a group number to what it sends right away, but none to what it schedules.
  func send(_ message: ListMessage) -> APICall<[MessageRecord]> {
    let fields =
      [FormField("to", message.list)] + fields(of: SMSITText(message))
      + FormField.optional("rotate", message.rotates ? "1" : nil)
      + FormField.optional("throttle", message.throttle.map(String.init))
    return APICall(sending: request(.sendToGroup, fields), lists: SMSITReply.saysDone) {
      response throws(ProviderError) in
      let (reply, status) = try SMSITReply.success(of: .sendToGroup, in: response)
      let isForLater = message.scheduledAt != nil
      var record = MessageRecord(message, status: MessageStatus(reported: nil, isForLater: isForLater))
      record.groupID = status > 0 ? String(status) : nil
      record.raw = reply
      return [record]
    }
  }

  func report(ofGroup id: String) -> APICall<GroupReport> {
    APICall(request: request(.groupReport, [FormField("groupsmsid", id)])) { response throws(ProviderError) in
      let reply = try SMSITReply.answer(to: .groupReport, in: response)
      guard let successful = reply["successful"]?.count, let failed = reply["failed"]?.count
      else { throw response.unexpectedForm }
      var report = GroupReport(groupID: id, successful: successful, failed: failed)
      report.raw = reply
      return report
    }
  }
}

extension SMSIT {
  var reportsDelivery: Bool { true }

  /// A scheduled message isn't the last one yet: the answer would be about the one before it.
  static var reportsScheduled: Bool { false }

  /// The only possible query is the status of the last message to a number.
  func objection(to query: MessageQuery) -> CallObjection? {
    let others: [(CallParameter, Bool)] = [
      (.ids, !query.ids.isEmpty), (.group, query.groupID != nil), (.from, query.from != nil),
      (.device, query.device != nil), (.sim, query.sim != nil), (.direction, query.direction == .in),
      (.since, query.since != nil), (.until, query.until != nil),
    ]
    if let other = others.first(where: \.1)?.0 { return .unsupported(other) }
    return query.to == nil ? .needsOneOf([.to]) : nil
  }

  func messages(_ query: MessageQuery, page: PageCursor?) -> APICall<Page<MessageRecord>> {
    let fields = FormField.optional("number", query.to?.digits)
    return APICall(request: request(.contactReport, fields)) { response throws(ProviderError) in
      let reply = try SMSITReply.answer(to: .contactReport, in: response)
      guard case .string(let word) = reply["smsstatus"] else { throw response.unexpectedForm }
      var record = MessageRecord(status: MessageStatus(reported: word.unlessBlank, isForLater: false))
      record.to = query.to?.e164
      record.providerStatus = word.unlessBlank
      if record.status == .failed {
        record.error = MessageError(message: reply["errormsg"]?.words ?? MessageError.reportedFailed)
      }
      record.raw = reply
      return Page([record].filter { query.status?.matches($0) != false })
    }
  }
}

extension SMSIT {
  /// Only the last message to a number can be queried, whenever it was sent.
  static var historyHasWindow: Bool { false }

  /// One question for each number.
  func historyQuestions(
    about numbers: [PhoneNumber], since: Timestamp, statuses: Set<String>
  ) -> [HistoryQuestion] {
    numbers.map { number in HistoryQuestion(number.e164, number: number) { _ in lastMessage(to: number) } }
  }

  /// Only one particular refusal says that nothing was ever sent to a number.
  private func lastMessage(to number: PhoneNumber) -> APICall<HistoryPage> {
    var query = MessageQuery()
    query.to = number
    let call = messages(query, page: nil)
    return APICall(request: call.request) { response throws(ProviderError) in
      do throws(ProviderError) {
        let records = try call.decode(response).records
        return HistoryPage(records.map { HistoryEntry($0, number: number.e164, time: nil) })
      } catch {
        let reply = try response.historyJSON()
        guard error.kind == .refused, reply["status"]?.text == "-3", reply["smsstatus"] == nil else { throw error }
        return HistoryPage([])
      }
    }
  }
}
