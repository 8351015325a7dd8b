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
