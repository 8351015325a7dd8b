import Messaging
import TextFormats

extension SMSIT {
  static var balances: Set<BalanceSubject> { [.messages, .voice] }

  func balance(_ subject: BalanceSubject) -> APICall<BalanceRecord> {
    let type = FormField("type", subject == .voice ? "2" : "1")
    return APICall(request: request(.balance, [type])) { response throws(ProviderError) in
      let reply = try SMSITReply.answer(to: .balance, in: response)
      guard let amount = reply["creditbalancenumber"]?.signedDecimal else { throw response.unexpectedForm }
      var record = BalanceRecord(kind: subject == .voice ? .voice : .sms, amount: amount)
      record.raw = reply
      return record
    }
  }

  func objection(to appointment: NewAppointment) -> CallObjection? {
    minute(of: appointment).objection.map(CallObjection.message)
  }

  func add(_ appointment: NewAppointment) -> APICall<AppointmentRecord> {
    let minute = minute(of: appointment)
    let fields = [
      FormField("number", appointment.number.digits), FormField("apptdate", minute.dayFirst),
      FormField("status", appointment.status.smsitCode),
    ]
    return APICall(request: request(.addAppointment, fields)) { response throws(ProviderError) in
      let (reply, _) = try SMSITReply.success(of: .addAppointment, in: response)
      var record = AppointmentRecord(
        number: appointment.number.e164, at: minute.moment, status: appointment.status)
      record.raw = reply
      return record
    }
  }

  /// Appointments are precise to the minute; seconds are dropped.
  private func minute(of appointment: NewAppointment) -> LocalMinute {
    LocalMinute(notAfter: appointment.at, in: settings.timeZone)
  }
}

extension AppointmentStatus {
  fileprivate var smsitCode: String {
    switch self {
    case .unconfirmed: "0"
    case .confirmed: "1"
    case .canceled: "2"
    case .rescheduled: "3"
    }
  }
}

extension SMSIT {
  func generateOTP() -> APICall<OTPRecord> {
    APICall(request: request(.generateOTP, [])) { response throws(ProviderError) in
      let reply = try SMSITReply.answer(to: .generateOTP, in: response)
      guard reply.isOTPSuccess, let code = reply["otp"]?.words else { throw response.unexpectedForm }
      var record = OTPRecord(code: code)
      record.message = reply["msg"]?.words
      record.raw = reply
      return record
    }
  }

  func verifyOTP(_ code: String) -> APICall<OTPRecord> {
    APICall(request: request(.validateOTP, [FormField("otp", code)])) { response throws(ProviderError) in
      var record = OTPRecord(code: code)
      do throws(ProviderError) {
        let reply = try SMSITReply.answer(to: .validateOTP, in: response)
        guard reply.isOTPSuccess else { throw response.unexpectedForm }
        record.isValid = true
        record.message = reply["msg"]?.words
        record.raw = reply
      } catch {
        guard error.code == "-2" else { throw error }
        record.isValid = false
        record.message = error.message
        record.raw = try response.json()
      }
      return record
    }
  }
}

extension JSONValue {
  /// Whether the status is 0, as documented, or the word that was observed instead.
  fileprivate var isOTPSuccess: Bool {
    self["status"]?.int == 0 || self["status"]?.text?.lowercased() == "success"
  }
}

extension SMSIT {
  func objection(to contact: NewContact) -> CallObjection? {
    if contact.list.unlessBlank == nil { return .needsOneOf([.list]) }
    if contact.resubscribes { return .unsupported(.resubscribe) }
    return contact.birthday.flatMap { $0.isCalendarDate ? nil : .notADate(.birthday, $0) }
  }

  func add(_ contact: NewContact) -> APICall<ContactRecord> {
    let fields =
      [FormField("group", contact.list), FormField("number", contact.number.digits)]
      + FormField.optional("name", contact.name?.unlessBlank) + FormField.optional("email", contact.email?.unlessBlank)
      + FormField.optional("bday", contact.birthday)
    return APICall(request: request(.addContact, fields)) { response throws(ProviderError) in
      var record = ContactRecord(contact)
      record.raw = try SMSITReply.success(of: .addContact, in: response).reply
      return record
    }
  }

  /// A page is the last one if it has fewer contacts than requested and fewer than the default page size: a host may
  /// cap the size of its pages, but hardly below that. Any other page is the last one if it has nothing new.
  func contacts(_ query: ContactQuery, page: PageCursor?) -> APICall<Page<ContactRecord>> {
    let (number, zone) = (page?.position ?? query.page, settings.timeZone)
    let fields = query.fields + FormField.optional("page", number.map(String.init))
    return APICall(request: request(.contacts, fields)) { response throws(ProviderError) in
      let reply: JSONValue
      do throws(ProviderError) {
        reply = try SMSITReply.answer(to: .contacts, in: response)
      } catch {
        guard error.code == "-7" else { throw error }
        return Page([])
      }
      guard let rows = reply["contacts"]?.objects else { throw response.unexpectedForm }
      return Page(
        rows.map { ContactRecord(smsit: $0, zone: zone) },
        next: rows.count < query.pageSize || query.page != nil ? nil : PageCursor((number ?? 1) + 1),
        rowKeys: rows.map { $0["id"]?.words ?? $0.compact })
    }
  }
}

extension ContactQuery {
  /// The default is 50 (documentation).
  fileprivate var pageSize: Int { min(limit ?? 50, 50) }

  /// All fields but the page. Without sort or direction, the provider's order applies: by creation, latest first.
  fileprivate var fields: [FormField] {
    let isSorted = sort != nil || isDescending
    return FormField.optional("name", name?.unlessBlank)
      + FormField.optional("email", email?.unlessBlank)
      + FormField.optional("number", number?.unlessBlank)
      + FormField.optional("group", list?.unlessBlank)
      + FormField.optional("source", source?.smsitCode)
      + FormField.optional("subscribed", isSubscribed.map { $0 ? "0" : "1" })
      + FormField.optional("sortby", isSorted ? (sort ?? .created).smsitWord : nil)
      + FormField.optional("sortdir", isSorted ? (isDescending ? "desc" : "asc") : nil)
      + FormField.optional("limit", limit.map(String.init))
  }
}

extension ContactRecord {
  /// The contact as added, as the answer doesn't include it.
  fileprivate init(_ contact: NewContact) {
    self.init()
    list = contact.list
    number = contact.number.e164
    name = contact.name?.unlessBlank
    email = contact.email?.unlessBlank
    birthday = contact.birthday
    isSubscribed = true
  }

  fileprivate init(smsit row: JSONValue, zone: TimeZoneRules) {
    self.init()
    id = row["id"]?.words
    list = row["group"]?.words
    number = row["number"]?.party
    name = row["name"]?.words
    email = row["email"]?.words
    birthday = row["birthday"]?.words
    isSubscribed = row["subscriber"]?.flag
    source = row["source"]?.words.map { ContactSource(smsit: $0)?.rawValue ?? $0 }
    createdAt = row["date"]?.text.flatMap { Timestamp(inAPI: $0, zone: zone) }
    raw = row
  }
}

extension ContactSource {
  /// The code of the filter.
  fileprivate var smsitCode: String {
    switch self {
    case .import: "0"
    case .sms: "1"
    case .webWidget: "2"
    case .kiosk: "3"
    }
  }

  /// Reads the source of a contact, a code as in the filter or words such as `Web Widget`.
  fileprivate init?(smsit text: String) {
    let word = text.lowercased().replacing(" ", with: "-")
    guard let source = Self.allCases.first(where: { $0.smsitCode == word || $0.rawValue == word }) else { return nil }
    self = source
  }
}

extension ContactSort {
  fileprivate var smsitWord: String {
    switch self {
    case .name: "name"
    case .number: "phone_number"
    case .created: "created"
    }
  }
}

extension String {
  /// Whether it is an existing date, as `YYYY-MM-DD`.
  fileprivate var isCalendarDate: Bool {
    CivilTime(self)?.dateText == self
  }
}
