import Messaging
import TextFormats

extension SMSGateway {
  static var listFeatures: Set<ListFeature> { [] }
  static var namesMessages: Bool { true }

  func objection(to message: ListMessage) -> CallObjection? {
    if message.rotates { return .unsupported(.rotate) }
    if message.throttle != nil { return .unsupported(.throttle) }
    return .number(message.list, .list)
  }

  func send(_ message: ListMessage) -> APICall<[MessageRecord]> {
    let fields =
      [FormField("listID", message.list), FormField("message", message.body)]
      + mmsMembers(of: message.options).map { FormField($0.name, $0.text) }
      + commonFields(message.options, scheduledAt: message.scheduledAt, isBatch: true)
    let zone = settings.timeZone
    return APICall(request: request("send.php", fields)) { response throws(ProviderError) in
      let rows = try SMSGatewayReply.rows("messages", in: response)
      return rows.map { SMSGatewayMessage(row: $0, zone: zone).record(of: message) }
    }
  }
}
