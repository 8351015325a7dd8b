/// Takes contacts off a list that the provider keeps, so that it sends them nothing more.
public protocol ContactUnsubscribing: Provider {
  /// What keeps the provider from doing so; nil if nothing.
  func objection(toUnsubscribing number: PhoneNumber, from list: String) -> CallObjection?

  /// Takes the number off the list; the record has what the provider knows of it then.
  func unsubscribe(_ number: PhoneNumber, from list: String) -> APICall<ContactRecord>
}
