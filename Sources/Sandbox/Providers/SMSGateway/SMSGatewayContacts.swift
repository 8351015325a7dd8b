import TextFormats

extension SMSGatewayAccount {
  /// `manage-contacts.php`: adds a contact to a list, or unsubscribes one.
  mutating func manageContacts(_ fields: FormFields) throws(Refusal) -> SandboxReply {
    guard let listID = fields["listID"], let text = fields["number"] else { throw .parametersMissing }
    let number = try text.dialableNumber()
    let unsubscribes = try fields.flag("unsubscribe")
    let resubscribes = try fields.flag("resubscribe")
    guard let id = wholeNumber(listID), var list = contactLists[id] else { throw .unknownList }
    let contact =
      unsubscribes
      ? try list.unsubscribe(number) : try list.add(number, name: fields["name"], resubscribes: resubscribes)
    contactLists[id] = list
    return Self.reply(["contact": json(contact, in: id)])
  }

  private func json(_ contact: SMSGatewayContact, in list: Int) -> JSONValue {
    [
      "ID": host.json(contact.id), "number": .string(contact.number), "name": .optional(contact.name),
      "contactsListID": host.json(list), "subscribed": host.json(contact.isSubscribed),
    ]
  }
}

/// A list of recipients.
struct SMSGatewayContactList: Hashable, Sendable {
  /// In the order they were added.
  private(set) var contacts: [SMSGatewayContact] = []

  /// A list of people without names.
  init(numbers: [String]) {
    for number in numbers { append(number, name: nil) }
  }

  var subscribers: [String] { contacts.filter(\.isSubscribed).map(\.number) }

  /// Refuses a number that is there already, unless the customer resubscribes it.
  mutating func add(
    _ number: String, name: String?, resubscribes: Bool
  ) throws(SMSGatewayAccount.Refusal) -> SMSGatewayContact {
    guard let index = index(of: number) else {
      append(number, name: name)
      return contacts[contacts.count - 1]
    }
    guard resubscribes else { throw .knownContact }
    contacts[index].isSubscribed = true
    if let name { contacts[index].name = name }
    return contacts[index]
  }

  mutating func unsubscribe(_ number: String) throws(SMSGatewayAccount.Refusal) -> SMSGatewayContact {
    guard let index = index(of: number) else { throw .unknownContact }
    contacts[index].isSubscribed = false
    return contacts[index]
  }

  private mutating func append(_ number: String, name: String?) {
    contacts.append(SMSGatewayContact(id: contacts.count + 1, number: number, name: name))
  }

  private func index(of number: String) -> Int? {
    contacts.firstIndex { $0.number.withoutPlus == number.withoutPlus }
  }
}

/// A member of a contact list.
struct SMSGatewayContact: Hashable, Sendable {
  var id: Int
  var number: String
  var name: String?
  var isSubscribed = true
}

extension String {
  /// The number without `+`, for comparisons.
  fileprivate var withoutPlus: Substring { hasPrefix("+") ? dropFirst() : self[...] }
}
