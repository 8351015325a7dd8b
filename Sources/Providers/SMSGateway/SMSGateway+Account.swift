import Messaging
import TextFormats

extension SMSGateway {
  static var balances: Set<BalanceSubject> { [.messages] }

  /// With nothing but the key, `send.php` sends nothing and returns the remaining credits.
  func balance(_ subject: BalanceSubject) -> APICall<BalanceRecord> {
    APICall(request: request("send.php", [])) { response throws(ProviderError) in
      let data = try SMSGatewayReply.data(of: response)
      guard let credits = data["credits"] else { throw response.unexpectedForm }
      var record = BalanceRecord(kind: .sms, amount: credits.signedDecimal)
      record.raw = data
      let isUnlimited = credits.isNull || credits.text?.lowercased() == "unlimited"
      guard isUnlimited || record.amount != nil else { throw response.unexpectedForm }
      return record
    }
  }

  func devices() -> APICall<[DeviceRecord]> {
    let zone = settings.timeZone
    return APICall(request: request("get-devices.php", [])) { response throws(ProviderError) in
      try SMSGatewayReply.rows("devices", in: response).map { DeviceRecord(gateway: $0, zone: zone) }
    }
  }
}

extension DeviceRecord {
  fileprivate init(gateway row: JSONValue, zone: TimeZoneRules) {
    self.init()
    id = row["id"]?.words
    name = row["name"]?.words
    model = row["model"]?.words
    androidVersion = row["androidVersion"]?.words
    appVersion = row["appVersion"]?.words
    lastSeenAt = row["lastSeenAt"]?.text.flatMap { Timestamp(inAPI: $0, zone: zone) }
    sims = row["sims"]?.gatewaySIMs ?? []
    raw = row
  }
}

extension JSONValue {
  /// Labels by slot, from an object, or from an array with slots 0, 1, and so on; empty for anything else.
  fileprivate var gatewaySIMs: [SIMRecord] {
    if let array {
      return array.enumerated().map { SIMRecord(slot: $0.offset, label: $0.element.words) }
    }
    let members = object?.members ?? []
    let sims = members.compactMap { member in
      JSONValue.string(member.name).count.map { SIMRecord(slot: $0, label: member.value.words) }
    }
    return sims.sorted { $0.slot < $1.slot }
  }
}

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

  /// Both calls return the contact; `complete` fills in what the answer omits.
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

extension SMSGateway {
  func sendUSSD(_ request: String, device: DeviceSelector) -> APICall<USSDRecord> {
    let fields =
      [FormField("request", request), FormField("device", String(device.id))]
      + FormField.optional("sim", device.sim.map(String.init))
    let zone = settings.timeZone
    return APICall(request: self.request("send-ussd-request.php", fields)) { response throws(ProviderError) in
      var record = USSDRecord(gateway: try SMSGatewayReply.object("request", in: response), zone: zone)
      record.request = record.request ?? request
      record.device = record.device ?? String(device.id)
      record.sim = record.sim ?? device.sim.map(String.init)
      return record
    }
  }

  func objection(toUSSDID id: String) -> CallObjection? {
    .number(id, .ids)
  }

  func ussdRequest(id: String) -> APICall<USSDRecord?> {
    let list = ussdRequests([FormField("id", id)])
    return APICall(request: list.request) { response throws(ProviderError) in
      try list.decode(response).first { $0.id ?? id == id }
    }
  }

  func ussdRequests(_ query: USSDQuery) -> APICall<[USSDRecord]> {
    ussdRequests(
      FormField.optional("request", query.request?.unlessBlank)
        + FormField.optional("deviceID", query.device.map(String.init))
        + FormField.optional("simSlot", query.sim.map(String.init))
        + FormField.optional("startTimestamp", query.since.map { String($0.unixSeconds) })
        + FormField.optional("endTimestamp", query.until.map { String($0.unixSeconds) }))
  }

  private func ussdRequests(_ fields: [FormField]) -> APICall<[USSDRecord]> {
    let zone = settings.timeZone
    return APICall(request: request("read-ussd-requests.php", fields)) { response throws(ProviderError) in
      try SMSGatewayReply.rows("requests", in: response).map { USSDRecord(gateway: $0, zone: zone) }
    }
  }
}

extension USSDRecord {
  /// A request as the gateway script writes it in replies and webhooks.
  init(gateway row: JSONValue, zone: TimeZoneRules) {
    self.init()
    id = row["ID"]?.words
    device = row["deviceID"]?.words
    sim = row["simSlot"]?.words
    request = row["request"]?.words
    response = row["response"]?.words
    sentAt = row["sentDate"]?.text.flatMap { Timestamp(inAPI: $0, zone: zone) }
    respondedAt = row["responseDate"]?.text.flatMap { Timestamp(inAPI: $0, zone: zone) }
    raw = row
  }
}
