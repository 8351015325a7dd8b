import Messaging
import TextFormats

extension SMSGateway {
  func objection(to contact: NewContact) -> CallObjection? {
    if contact.email != nil { return .unsupported(.email) }
    if contact.birthday != nil { return .unsupported(.birthday) }
    return .number(contact.list, .list)
  }

  func add(_ contact: NewContact) -> APICall<ContactRecord> {
    let more =
      FormField.optional("name", contact.name?.unlessBlank)
      + FormField.optional("resubscribe", contact.resubscribes ? "1" : nil)
    return manage(contact.number, in: contact.list, more) { record in
      record.name = record.name ?? contact.name
    }
  }

  func objection(toUnsubscribing number: PhoneNumber, from list: String) -> CallObjection? {
    .number(list, .list)
  }

  func unsubscribe(_ number: PhoneNumber, from list: String) -> APICall<ContactRecord> {
    manage(number, in: list, [FormField("unsubscribe", "1")]) { record in
      record.isSubscribed = record.isSubscribed ?? false
    }
  }

  /// Both calls answer with the contact, of which `complete` fills in what the answer leaves out.
  private func manage(
    _ number: PhoneNumber, in list: String, _ fields: [FormField],
    complete: @escaping @Sendable (inout ContactRecord) -> Void
  ) -> APICall<ContactRecord> {
    let fields = [FormField("listID", list), FormField("number", number.e164)] + fields
    return APICall(request: request("manage-contacts.php", fields)) { response throws(ProviderError) in
      let row = try SMSGatewayReply.object("contact", in: response)
      guard row["number"]?.phoneNumber ?? number == number else { throw response.unexpectedForm }
      var record = ContactRecord(gateway: row)
      record.number = number.e164
      record.list = record.list ?? list
      complete(&record)
      return record
    }
  }
}

extension ContactRecord {
  fileprivate init(gateway row: JSONValue) {
    self.init()
    id = row["ID"]?.words
    list = row["contactsListID"]?.words
    name = row["name"]?.words
    isSubscribed = row["subscribed"]?.flag
    raw = row
  }
}
