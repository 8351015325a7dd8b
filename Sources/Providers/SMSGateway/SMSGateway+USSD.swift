import Messaging
import TextFormats

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
  /// A request as the gateway script writes it, in replies and webhooks.
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
