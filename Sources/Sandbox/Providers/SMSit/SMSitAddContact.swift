import Messaging

extension SMSitState {
  /// `addcontact`: puts a number in a group; one that has left it comes back.
  mutating func addContact(_ fields: FormFields, at now: Timestamp) throws(SMSitRefusal) -> SandboxReply {
    guard fields["number"] != nil || fields["group"] != nil else { throw .numberAndGroupMissing }
    guard let number = fields["number"] else { throw .newNumberMissing }
    guard let group = fields["group"] else { throw .newGroupMissing }
    guard contacts.isGroup(group) else { throw .unknownNewGroup }
    guard number.isInternationalDigits, fields["bday"].map(\.isDate) ?? true else { throw .contactNotAdded }
    if let known = contacts[number], known.isSubscribed, known.groups.contains(group) {
      throw .alreadySubscribed(group)
    }
    let contact = SMSitContact(
      number: number, name: fields["name"] ?? "", email: fields["email"] ?? "", birthday: fields["bday"] ?? "",
      createdAt: now)
    contacts.add(contact, to: group)
    return Self.reply(status: 0, "Contact added.")
  }
}

extension SMSitRefusal {
  fileprivate static let newNumberMissing = SMSitRefusal(status: -2, message: "There was no number passed in.")
  fileprivate static let numberAndGroupMissing = SMSitRefusal(status: -3, message: "Group and number required.")
  fileprivate static let newGroupMissing = SMSitRefusal(status: -4, message: "There was no group passed in.")
  fileprivate static let unknownNewGroup = SMSitRefusal(
    status: -5, message: "The group passed in is invalid or does not exist in the group list.")
  /// Also for a number or birthday in no known form, which have no status of their own.
  fileprivate static let contactNotAdded = SMSitRefusal(status: -6, message: "Other error.")

  fileprivate static func alreadySubscribed(_ group: String) -> SMSitRefusal {
    SMSitRefusal(status: -7, message: "Number is already subscribed for \(group).")
  }
}

extension String {
  /// Whether it is a day written `YYYY-MM-DD`.
  fileprivate var isDate: Bool { utf8.count == 10 && CivilTime(self) != nil }
}
