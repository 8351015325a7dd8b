import Messaging
import TextFormats

extension SMSIT {
  var reportsDelivery: Bool { true }

  /// What is scheduled is no last message yet: the answer would be about the one before.
  static var reportsScheduled: Bool { false }

  /// The one question is what became of the last message to a number.
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
        record.error = MessageError(
          message: reply["errormsg"]?.words ?? "the provider reports the message as failed")
      }
      record.raw = reply
      return Page([record].filter { query.status?.matches($0) != false })
    }
  }
}

extension SMSIT {
  /// One question for each number; to a number that nothing was sent to, the answer is a refusal (-3).
  func historyQuestions(about numbers: [PhoneNumber], since: Timestamp) -> [HistoryQuestion] {
    numbers.map { number in
      var query = MessageQuery()
      query.to = number
      return HistoryQuestion(query, refusalMeansNone: true)
    }
  }
}
