import Messaging
import TextFormats

extension SMSGateway {
  static var balances: Set<BalanceSubject> { [.messages] }

  /// `send.php` with nothing but the key sends nothing, and answers with the credits left.
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
  /// Labels by slot: an object, or an array where the slots are 0, 1 and so on; nothing for anything else.
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
