import Messaging
import TextFormats

/// The two methods for sending: their names, limits and replies.
enum VoximplantSending {
  /// `SendSmsMessage`: from a number of the account to one recipient.
  case single
  /// `A2PSendSms`: from a sender ID to up to 100 numbers.
  case a2p

  var name: String { self == .single ? "SendSmsMessage" : "A2PSendSms" }
  var senderField: String { self == .single ? "source" : "src_number" }
  var recipientField: String { self == .single ? "destination" : "dst_numbers" }
  var textField: String { self == .single ? "sms_body" : "text" }
  var textLimit: Int { self == .single ? 765 : 1600 }
  var batchLimit: Int { self == .single ? 1 : 100 }

  /// Both require a sender; only A2P accepts one that is not a number.
  func objection(toSender sender: String?) -> SendObjection? {
    switch self {
    case .single: .senderNumber(sender)
    case .a2p: sender == nil ? .senderMissing : nil
    }
  }

  func records(of batch: [OutgoingMessage], in response: HTTPResponse) throws(ProviderError) -> [MessageRecord] {
    let reply = try response.json()
    // Listed messages say more than an error next to them, as they show which messages it is about.
    if !Self.namesMessages(reply), let refusal = VoximplantReply.refusal(reply, of: response) { throw refusal }
    switch self {
    case .single: return try batch.map { message throws(ProviderError) in try single(message, reply, response) }
    case .a2p: return try settled(batch, reply, response)
    }
  }

  /// Whether it reports the outcomes of messages.
  static func namesMessages(_ reply: JSONValue) -> Bool {
    reply["message_id"]?.words != nil || reply["result"]?.int == 1 || reply["result"] == true
      || [reply["result"], reply["failed"]].contains { $0?.isFilled == true }
  }

  private func single(
    _ message: OutgoingMessage, _ reply: JSONValue, _ response: HTTPResponse
  ) throws(ProviderError) -> MessageRecord {
    let isTaken = reply["result"]?.int == 1
    guard isTaken || reply["message_id"]?.words != nil else { throw response.unexpectedForm }
    guard isTaken, reply["message_id"]?.words != nil else {
      var record = MessageRecord.unknown(message, isTaken ? MessageError.unnamed : MessageError.named)
      record.id = reply["message_id"]?.words
      return record
    }
    return accepted(message, reply, fragments: reply)
  }

  /// `result` lists the numbers that were accepted, `failed` the others.
  private func settled(
    _ batch: [OutgoingMessage], _ reply: JSONValue, _ response: HTTPResponse
  ) throws(ProviderError) -> [MessageRecord] {
    let (taken, failed) = (reply["result"]?.array, reply["failed"]?.array)
    guard taken != nil || failed != nil else { throw response.unexpectedForm }
    let rows =
      (taken ?? []).map { A2PRow(isTaken: true, object: $0) }
      + (failed ?? []).map { A2PRow(isTaken: false, object: $0) }
    let isRefusal = !response.isSuccess || VoximplantReply.refusal(reply, of: response) != nil
    return batch.settled(by: rows.map { ($0.number, $0) }, key: \.to) { message, row in
      if !row.isTaken { return refused(message, row.object) }
      if isRefusal, row.object["message_id"]?.words == nil { return .unnamed(message) }
      return accepted(message, row.object, fragments: reply)
    }
  }

  private func accepted(_ message: OutgoingMessage, _ row: JSONValue, fragments reply: JSONValue) -> MessageRecord {
    var record = MessageRecord(message, status: .accepted)
    record.id = row["message_id"]?.words
    if let fragments = reply["fragments_count"]?.int, fragments > 0 { record.segments = fragments }
    record.raw = row
    return record
  }

  private func refused(_ message: OutgoingMessage, _ row: JSONValue) -> MessageRecord {
    var record = MessageRecord(message, status: .failed)
    let words = row["error_description"]?.words ?? MessageError.refusedWithoutReason
    record.error = MessageError(code: row["error_code"]?.words, message: words)
    record.raw = row
    return record
  }
}

/// The row of a number in either list of a reply to `A2PSendSms`.
private struct A2PRow: Hashable {
  var isTaken: Bool
  var object: JSONValue

  /// Nil for a row that may be about more than one number.
  var number: PhoneNumber? { object.repeatsMembers ? nil : object["destination_number"]?.phoneNumber }
}

/// Reads the replies of Voximplant to all methods.
enum VoximplantReply {
  /// A complete answer without an error.
  static func answer(of response: HTTPResponse) throws(ProviderError) -> JSONValue {
    let reply = try response.json()
    if let refusal = refusal(reply, of: response) { throw refusal }
    return reply
  }

  /// The error in an answer; nil if there is none.
  static func refusal(_ reply: JSONValue, of response: HTTPResponse) -> ProviderError? {
    guard let error = reply["error"], error.object != nil || error.words != nil else { return nil }
    let kind: ProviderError.Kind =
      switch error["code"]?.int {
      case 100, 104: .credentials  // "authorization failed", "forbidden"
      case 5: .noCredit  // "billing failed"
      default: .refused
      }
    return response.refusal(kind, code: error["code"]?.text, message: (error["msg"] ?? error).text, in: reply)
  }
}
