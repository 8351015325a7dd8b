extension SMSITCall {
  static let addContact = SMSITCall(
    "addcontact",
    [
      -2: "There was no number passed in.",
      -3: "Group and number required.",
      -4: "There was no group passed in.",
      -5: "The group passed in is invalid or does not exist in the group list.",
      -6: "Other error.",
      -7: "Number is already subscribed for the group.",
    ])

  static let contacts = SMSITCall(
    "getcontacts",
    [
      -2: "The group passed in is invalid or does not exist.",
      -3: "The source passed in is invalid. Proper values are 0, 1, 2, 3.",
      -4: "The subscribed passed in is invalid. Proper values are 0, 1.",
      -5: "The sortby passed in is invalid. Proper values are name, phone_number, created.",
      -6: "The sortdir passed in is invalid. Proper values are asc, desc.",
      -7: "No contacts found.",
    ])

  static let balance = SMSITCall(
    "getcreditbalance",
    [
      -2: "Invalid type passed in. Should only be either a 1 or 2 depending on what credit balance you want to "
        + "retrieve. 1 for SMS and 2 for Voice."
    ])

  static let addAppointment = SMSITCall(
    "addappointment",
    [
      -2: "There was no contact number passed in.",
      -3: "Number passed in should only contain numbers, NO spaces, dashes, or parentheses in phone numbers.",
      -4: "There was no appt datetime passed in.",
      -5: "There was no status passed in.",
      -6: "The status passed in is invalid. Valid values are 0, 1, 2, 3.",
      -7: "Contact not found.",
      -8: "Appointment already exists for this contact and datetime.",
      -9: "Other error.",
    ])

  static let generateOTP = SMSITCall("generateOTP", noCredit: -2, [-2: "Not enough credits to generate OTP."])

  static let validateOTP = SMSITCall("validateOtp", [-2: "Invalid OTP passed in."])
}
