import Messaging
import TextFormats

extension SMSIT {
  static var listFeatures: Set<ListFeature> { [.rotate, .throttle] }
  static var namesMessages: Bool { false }

  func objection(to message: ListMessage) -> CallObjection? {
    if message.list.unlessBlank == nil { return .needsOneOf([.list]) }
    return objection(to: SMSITText(message)).map(CallObjection.message)
  }

  /// The provider numbers what it sends at once as a group; of what it schedules there is no number.
  func send(_ message: ListMessage) -> APICall<[MessageRecord]> {
    let fields =
      [FormField("to", message.list)] + fields(of: SMSITText(message))
      + FormField.optional("rotate", message.rotates ? "1" : nil)
      + FormField.optional("throttle", message.throttle.map(String.init))
    return APICall(request: request(.sendToGroup, fields)) { response throws(ProviderError) in
      let (reply, status) = try SMSITReply.success(of: .sendToGroup, in: response)
      let isForLater = message.scheduledAt != nil
      var record = MessageRecord(message, status: MessageStatus(reported: nil, isForLater: isForLater))
      record.groupID = status > 0 ? String(status) : nil
      record.raw = reply
      return [record]
    }
  }

  func report(ofGroup id: String) -> APICall<GroupReport> {
    APICall(request: request(.groupReport, [FormField("groupsmsid", id)])) { response throws(ProviderError) in
      let reply = try SMSITReply.answer(to: .groupReport, in: response)
      guard let successful = reply["successful"]?.count, let failed = reply["failed"]?.count
      else { throw response.unexpectedForm }
      var report = GroupReport(groupID: id, successful: successful, failed: failed)
      report.raw = reply
      return report
    }
  }
}
