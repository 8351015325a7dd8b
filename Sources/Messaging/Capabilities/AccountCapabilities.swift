/// Reports the remaining balance of the account.
public protocol BalanceReading: Provider {
  /// The balances it can report; never empty.
  static var balances: Set<BalanceSubject> { get }

  /// The remaining balance for one of `balances`.
  func balance(_ subject: BalanceSubject) -> APICall<BalanceRecord>
}

/// What a balance is for.
public enum BalanceSubject: String, CaseIterable, Hashable, Sendable {
  case messages, voice
}

/// Lists the phones that it sends through.
public protocol DeviceListing: Provider {
  /// All phones of the account that are enabled for sending.
  func devices() -> APICall<[DeviceRecord]>
}

/// Dials USSD codes on a phone, such as `*150#`.
public protocol USSDSending: Provider {
  /// Asks a phone to dial a code; its answer comes later.
  func sendUSSD(_ request: String, device: DeviceSelector) -> APICall<USSDRecord>
}

/// Has the USSD requests made so far, and their answers.
public protocol USSDReading: Provider {
  /// What is wrong with an id; nil if nothing is.
  func objection(toUSSDID id: String) -> CallObjection?

  /// One request; nil if the id is unknown. Its `response` is nil until the phone has answered.
  func ussdRequest(id: String) -> APICall<USSDRecord?>

  /// All matching requests.
  func ussdRequests(_ query: USSDQuery) -> APICall<[USSDRecord]>
}

/// Which USSD requests to return; nil matches any.
public struct USSDQuery: Hashable, Sendable {
  /// The code that was dialed.
  public var request: String?
  public var device: Int?
  /// SIM slot, counted from 0.
  public var sim: Int?
  public var since: Timestamp?
  public var until: Timestamp?

  public init() {}
}

/// Turns text messages on and off for numbers of the account.
public protocol NumberControlling: Provider {
  /// Lets a number send and receive text messages, or prevents it.
  func setMessaging(enabled: Bool, for number: PhoneNumber) -> APICall<NumberRecord>
}

/// Generates one-time passwords; sending them is up to the caller.
public protocol OTPGenerating: Provider {
  /// A record with a `code`.
  func generateOTP() -> APICall<OTPRecord>
}

/// Checks whether a one-time password is one it generated that was not used yet.
public protocol OTPVerifying: Provider {
  /// A record with `valid`; a wrong code is a result, not an error.
  func verifyOTP(_ code: String) -> APICall<OTPRecord>
}

/// Calls a URL of the user when something happens, and signs what it posts there.
public protocol WebhookVerifying: Provider {
  /// Returns what a posted body says, once its signature (`X-SG-SIGNATURE`) is verified with the account's key.
  ///
  /// `body` is the whole form (`messages=…` or `ussdRequest=…`), or the raw value of that field. Makes no request.
  func webhook(signature: String, body: [UInt8], key: String) -> WebhookContent?

  /// The key that signs posted bodies.
  static func webhookKey(_ values: SettingValues) throws(SettingError) -> String
}

/// What a webhook reports.
public enum WebhookContent: Hashable, Sendable {
  case messages([MessageRecord])
  case ussd([USSDRecord])
  /// The body is not in a known form.
  case unknown
}

/// Adds contacts to a list or group kept by the provider.
public protocol ContactAdding: Provider {
  /// Why the provider can't add exactly this contact; nil if it can.
  func objection(to contact: NewContact) -> CallObjection?

  /// Adds the contact; the record has what the provider then knows about it.
  func add(_ contact: NewContact) -> APICall<ContactRecord>
}

/// A contact to add.
public struct NewContact: Hashable, Sendable {
  public var number: PhoneNumber
  /// ID of the list or name of the group.
  public var list: String
  public var name: String?
  public var email: String?
  /// `YYYY-MM-DD`.
  public var birthday: String?
  /// Whether to subscribe a contact that had unsubscribed.
  public var resubscribes = false

  public init(number: PhoneNumber, list: String) {
    self.number = number
    self.list = list
  }
}

/// Removes contacts from a list kept by the provider, so that it no longer sends to them.
public protocol ContactUnsubscribing: Provider {
  /// Why the provider can't unsubscribe this number; nil if it can.
  func objection(toUnsubscribing number: PhoneNumber, from list: String) -> CallObjection?

  /// Unsubscribes the number from the list; the record has what the provider then knows about it.
  func unsubscribe(_ number: PhoneNumber, from list: String) -> APICall<ContactRecord>
}

/// Lists the contacts kept by the provider.
public protocol ContactListing: Provider {
  /// One page of an answer; nil for the first one. `pages` follows them.
  func contacts(_ query: ContactQuery, page: PageCursor?) -> APICall<Page<ContactRecord>>
}

extension ContactListing {
  /// All pages of an answer, or only the page that the query names.
  public func pages(of query: ContactQuery) -> Pager<ContactRecord> {
    Pager(limit: query.limit, id: \.id) { page in contacts(query, page: page) }
  }
}

/// Which contacts to return, and in what order; nil matches any.
public struct ContactQuery: Hashable, Sendable {
  public var name: String?
  public var email: String?
  /// A number or part of one, digits only.
  public var number: String?
  public var list: String?
  public var source: ContactSource?
  public var isSubscribed: Bool?
  public var sort: ContactSort?
  public var isDescending = false
  /// The maximum number of contacts, in total or, if `page` is given, per page; 1 or more, nil for all.
  public var limit: Int?
  /// The only page to return, from 1; nil for all of them.
  public var page: Int?

  public init() {}
}

/// How the provider got a contact.
public enum ContactSource: String, CaseIterable, Hashable, Sendable {
  case `import`, sms
  case webWidget = "web-widget"
  case kiosk
}

/// What contacts are sorted by.
public enum ContactSort: String, CaseIterable, Hashable, Sendable {
  case name, number, created
}

/// Records appointments with contacts.
public protocol AppointmentAdding: Provider {
  /// Why the provider can't accept it; nil if it can.
  func objection(to appointment: NewAppointment) -> CallObjection?

  /// Records the appointment; the record has the recorded time, rounded down to a minute.
  func add(_ appointment: NewAppointment) -> APICall<AppointmentRecord>
}

/// An appointment to record.
public struct NewAppointment: Hashable, Sendable {
  public var number: PhoneNumber
  public var at: Timestamp
  public var status: AppointmentStatus

  public init(number: PhoneNumber, at: Timestamp, status: AppointmentStatus) {
    self.number = number
    self.at = at
    self.status = status
  }
}

/// The status of an appointment.
public enum AppointmentStatus: String, CaseIterable, FieldConvertible {
  case unconfirmed, confirmed, canceled, rescheduled
}
