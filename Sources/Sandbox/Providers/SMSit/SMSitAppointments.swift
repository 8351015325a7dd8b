import Messaging

extension SMSitState {
  /// `addappointment`: a contact's appointment, one for each moment.
  mutating func addAppointment(_ fields: FormFields) throws(SMSitRefusal) -> SandboxReply {
    guard let number = fields["number"] else { throw .appointeeMissing }
    guard number.utf8.allSatisfy(\.isDigit) else { throw .invalidAppointee }
    guard let date = fields["apptdate"] else { throw .appointmentDateMissing }
    guard let status = fields["status"] else { throw .appointmentStatusMissing }
    guard ["0", "1", "2", "3"].contains(status) else { throw .invalidAppointmentStatus }
    guard contacts[number] != nil else { throw .unknownAppointee }
    guard let time = CivilTime(dayFirst: date) else { throw .appointmentNotAdded }
    let appointment = SMSitAppointment(number: number, at: Timestamp(unixSeconds: time.secondsSinceEpoch))
    guard appointments[appointment] == nil else { throw .appointmentExists }
    appointments[appointment] = wholeNumber(status)
    return Self.reply(status: 0, "Appointment added.")
  }
}

extension SMSitRefusal {
  fileprivate static let appointeeMissing = SMSitRefusal(
    status: -2, message: "There was no contact number passed in.")
  fileprivate static let invalidAppointee = SMSitRefusal(
    status: -3,
    message: "Number passed in should only contain numbers, NO spaces, dashes, or parentheses in phone numbers.")
  fileprivate static let appointmentDateMissing = SMSitRefusal(
    status: -4, message: "There was no appt datetime passed in.")
  fileprivate static let appointmentStatusMissing = SMSitRefusal(status: -5, message: "There was no status passed in.")
  fileprivate static let invalidAppointmentStatus = SMSitRefusal(
    status: -6, message: "The status passed in is invalid. Valid values are 0, 1, 2, 3.")
  fileprivate static let unknownAppointee = SMSitRefusal(status: -7, message: "Contact not found.")
  fileprivate static let appointmentExists = SMSitRefusal(
    status: -8, message: "Appointment already exists for this contact and datetime.")
  /// Also for a date in no known form, which has no status of its own.
  fileprivate static let appointmentNotAdded = SMSitRefusal(status: -9, message: "Other error.")
}
