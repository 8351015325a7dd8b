import TextFormats

/// An appointment with a contact.
public struct AppointmentRecord: Hashable, Sendable {
  public var number: String
  public var at: Timestamp
  public var status: AppointmentStatus
  /// The provider's own object, for `--raw`.
  public var raw: JSONValue?

  public init(number: String, at: Timestamp, status: AppointmentStatus) {
    self.number = number
    self.at = at
    self.status = status
  }
}
