/// Puts contacts on a list, or in a group, that the provider keeps.
public protocol ContactAdding: Provider {
  /// What keeps the provider from adding exactly this; nil if nothing.
  func objection(to contact: NewContact) -> CallObjection?

  /// Adds the contact; the record has what the provider knows of it then.
  func add(_ contact: NewContact) -> APICall<ContactRecord>
}

/// A contact to add.
public struct NewContact: Hashable, Sendable {
  public var number: PhoneNumber
  /// ID of the list, or name of the group.
  public var list: String
  public var name: String?
  public var email: String?
  /// `YYYY-MM-DD`.
  public var birthday: String?
  /// Subscribe also who had unsubscribed.
  public var resubscribes = false

  public init(number: PhoneNumber, list: String) {
    self.number = number
    self.list = list
  }
}

/// Takes contacts off a list that the provider keeps, so that it sends them nothing more.
public protocol ContactUnsubscribing: Provider {
  /// What keeps the provider from doing so; nil if nothing.
  func objection(toUnsubscribing number: PhoneNumber, from list: String) -> CallObjection?

  /// Takes the number off the list; the record has what the provider knows of it then.
  func unsubscribe(_ number: PhoneNumber, from list: String) -> APICall<ContactRecord>
}

/// Lists the contacts that the provider keeps.
public protocol ContactListing: Provider {
  /// One page of an answer, from its beginning for nil. `pages` follows them.
  func contacts(_ query: ContactQuery, page: PageCursor?) -> APICall<Page<ContactRecord>>
}

extension ContactListing {
  /// All pages of an answer, or the one page that the query names.
  public func pages(of query: ContactQuery) -> Pager<ContactRecord> {
    Pager(limit: query.limit, id: \.id) { page in contacts(query, page: page) }
  }
}

/// Which contacts are asked for, and in what order; what is nil does not matter.
public struct ContactQuery: Hashable, Sendable {
  public var name: String?
  public var email: String?
  /// A number or a part of it, digits only.
  public var number: String?
  public var list: String?
  public var source: ContactSource?
  public var isSubscribed: Bool?
  public var sort: ContactSort?
  public var isDescending = false
  /// The most contacts wanted, or on a page where `page` is given; 1 or more, nil for all there are.
  public var limit: Int?
  /// One page alone, 1 for the first; nil for all of them.
  public var page: Int?

  public init() {}
}

/// How a contact came to the provider.
public enum ContactSource: String, CaseIterable, Hashable, Sendable {
  case `import`, sms
  case webWidget = "web-widget"
  case kiosk
}

/// What contacts are sorted by.
public enum ContactSort: String, CaseIterable, Hashable, Sendable {
  case name, number, created
}

/// Notes appointments with contacts.
public protocol AppointmentAdding: Provider {
  /// What keeps the provider from taking it; nil if nothing.
  func objection(to appointment: NewAppointment) -> CallObjection?

  /// Notes the appointment; the record has the time that was noted, to the full minute before.
  func add(_ appointment: NewAppointment) -> APICall<AppointmentRecord>
}

/// An appointment to note.
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

/// Where an appointment stands.
public enum AppointmentStatus: String, CaseIterable, FieldConvertible {
  case unconfirmed, confirmed, canceled, rescheduled
}
