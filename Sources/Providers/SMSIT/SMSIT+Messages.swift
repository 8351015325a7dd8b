import Messaging
import TextFormats

extension SMSIT {
  static var listFeatures: Set<ListFeature> { [.rotate, .throttle] }
  static var namesMessages: Bool { false }

  func objection(to message: ListMessage) -> CallObjection? {
    if message.list.unlessBlank == nil { return .needsOneOf([.list]) }
    return objection(to: SMSITText(message)).map(CallObjection.message)
  }

  /// The provider assigns a group number to what it sends right away, but none to what it schedules.
  func send(_ message: ListMessage) -> APICall<[MessageRecord]> {
    let fields =
      [FormField("to", message.list)] + fields(of: SMSITText(message))
      + FormField.optional("rotate", message.rotates ? "1" : nil)
      + FormField.optional("throttle", message.throttle.map(String.init))
    return APICall(sending: request(.sendToGroup, fields), lists: SMSITReply.saysDone) {
      response throws(ProviderError) in
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

extension SMSIT {
  var reportsDelivery: Bool { true }

  /// A scheduled message isn't the last one yet: the answer would be about the one before it.
  static var reportsScheduled: Bool { false }

  /// The only possible query is the status of the last message to a number.
  func objection(to query: MessageQuery) -> CallObjection? {
    let others: [(CallParameter, Bool)] = [
      (.ids, !query.ids.isEmpty), (.group, query.groupID != nil), (.from, query.from != nil),
      (.device, query.device != nil), (.sim, query.sim != nil), (.direction, query.direction == .in),
      (.since, query.since != nil), (.until, query.until != nil),
    ]
    if let other = others.first(where: \.1)?.0 { return .unsupported(other) }
    return query.to == nil ? .needsOneOf([.to]) : nil
  }

  func messages(_ query: MessageQuery, page: PageCursor?) -> APICall<Page<MessageRecord>> {
    let fields = FormField.optional("number", query.to?.digits)
    return APICall(request: request(.contactReport, fields)) { response throws(ProviderError) in
      let reply = try SMSITReply.answer(to: .contactReport, in: response)
      guard case .string(let word) = reply["smsstatus"] else { throw response.unexpectedForm }
      var record = MessageRecord(status: MessageStatus(reported: word.unlessBlank, isForLater: false))
      record.to = query.to?.e164
      record.providerStatus = word.unlessBlank
      if record.status == .failed {
        record.error = MessageError(message: reply["errormsg"]?.words ?? MessageError.reportedFailed)
      }
      record.raw = reply
      return Page([record].filter { query.status?.matches($0) != false })
    }
  }
}

extension SMSIT {
  /// Only the last message to a number can be queried, whenever it was sent.
  static var historyHasWindow: Bool { false }

  /// One question for each number.
  func historyQuestions(
    about numbers: [PhoneNumber], since: Timestamp, statuses: Set<String>
  ) -> [HistoryQuestion] {
    numbers.map { number in HistoryQuestion(number.e164, number: number) { _ in lastMessage(to: number) } }
  }

  /// Only one particular refusal says that nothing was ever sent to a number.
  private func lastMessage(to number: PhoneNumber) -> APICall<HistoryPage> {
    var query = MessageQuery()
    query.to = number
    let call = messages(query, page: nil)
    return APICall(request: call.request) { response throws(ProviderError) in
      do throws(ProviderError) {
        let records = try call.decode(response).records
        return HistoryPage(records.map { HistoryEntry($0, number: number.e164, time: nil) })
      } catch {
        let reply = try response.historyJSON()
        guard error.kind == .refused, reply["status"]?.text == "-3", reply["smsstatus"] == nil else { throw error }
        return HistoryPage([])
      }
    }
  }
}
