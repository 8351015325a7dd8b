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
