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

extension SMSGateway {
  /// The signature is the Base64 of the HMAC-SHA256 of the field's value. It includes no time, so it is valid forever.
  func webhook(signature: String, body: [UInt8], key: String) -> WebhookContent? {
    guard let value = WebhookBody(body).values.first(where: { isSigned($0, by: signature, key) }) else { return nil }
    guard let document = try? JSONValue(parsing: value) else { return .unknown }
    return WebhookContent(document.masked(by: SecretMask([key])), zone: settings.timeZone)
  }

  static func webhookKey(_ values: SettingValues) throws(SettingError) -> String {
    try values.required("key")
  }

  private func isSigned(_ value: [UInt8], by signature: String, _ key: String) -> Bool {
    let code = HMAC.sha256(of: value, key: key.utf8)
    return ConstantTime.areEqual(Base64.encoded(code).utf8, signature.utf8)
  }
}

extension WebhookContent {
  /// Messages are an array; a USSD request is one object, but is also accepted in an array.
  fileprivate init(_ document: JSONValue, zone: TimeZoneRules) {
    guard let rows = document.objects ?? document.object.map({ [.object($0)] }), rows.allSatisfy(\.isReport) else {
      self = .unknown
      return
    }
    if rows.contains(where: { $0["request"] != nil }) {
      self = .ussd(rows.map { USSDRecord(gateway: $0, zone: zone) })
    } else {
      self = .messages(rows.map { SMSGatewayMessage(row: $0, zone: zone).record() })
    }
  }
}

extension JSONValue {
  /// Whether it says what it is about; any other signed object is not a report.
  fileprivate var isReport: Bool {
    ["ID", "number", "message", "request"].contains { self[$0] != nil }
  }
}

/// The body posted to a webhook, complete or just the value of its field.
struct WebhookBody {
  /// The candidates for the signed value: the relevant fields of a form, and the body as is. Each also without a
  /// trailing line break, which files saved by hand have.
  var values: [[UInt8]]

  init(_ body: [UInt8]) {
    values = [body, body.withoutLineBreak].flatMap { body in
      body.split(separator: UInt8(ascii: "&")).compactMap(Self.value) + [body]
    }
  }

  /// The decoded value of a relevant field; nil for any other.
  private static func value(of field: ArraySlice<UInt8>) -> [UInt8]? {
    for name in ["messages=", "ussdRequest="] where field.starts(with: name.utf8) {
      return field.dropFirst(name.utf8.count).formDecoded()
    }
    return nil
  }
}

extension [UInt8] {
  fileprivate var withoutLineBreak: [UInt8] {
    guard last == UInt8(ascii: "\n") else { return self }
    return Array(dropLast(dropLast().last == UInt8(ascii: "\r") ? 2 : 1))
  }
}
