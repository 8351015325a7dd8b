import Messaging
import TextFormats

/// Reads the replies of the gateway script.
enum SMSGatewayReply {
  /// The `data` of an answer. Failures also have HTTP 200; `success` is what counts.
  static func data(of response: HTTPResponse) throws(ProviderError) -> JSONValue {
    try data(of: try response.json(), response)
  }

  private static func data(of reply: JSONValue, _ response: HTTPResponse) throws(ProviderError) -> JSONValue {
    switch reply["success"] {
    case true: return reply["data"] ?? .null
    case false: throw refusal(reply, of: response)
    default: throw response.unexpectedForm
    }
  }

  /// The objects of a list in the `data` of an answer.
  static func rows(_ name: String, in response: HTTPResponse) throws(ProviderError) -> [JSONValue] {
    guard let rows = try data(of: response)[name]?.objects else { throw response.unexpectedForm }
    return rows
  }

  /// All messages of an answer, which must report no error.
  static func history(in response: HTTPResponse) throws(ProviderError) -> [JSONValue] {
    let error = try response.historyJSON()["error"] ?? .null
    let rows = try rows("messages", in: response)
    guard error == .null || error == false || error.text?.isBlank == true || error == .array([]) else {
      throw response.unexpectedForm
    }
    return rows
  }

  /// The number of rows beyond the `count` listed, according to the answer; nil for some, of unknown number. The
  /// script has no pages, but a version modified by a host may.
  static func rest(beyond count: Int, in response: HTTPResponse) throws(ProviderError) -> Int? {
    let reply = try response.json()
    let outer = [reply, reply["data"] ?? .null]
    let places = outer + outer.flatMap { place in ["pagination", "paging", "meta", "links"].compactMap { place[$0] } }
    func values(_ names: [String]) -> [JSONValue] {
      places.flatMap { place in names.compactMap { place[$0] } }.filter { ![.null, false, ""].contains($0) }
    }
    let totals = values(["total", "totalCount", "total_count"]).map(\.int)
    if totals.contains(nil) { return nil }
    let rest = max(0, (totals.compactMap(\.self).max() ?? 0) - count)
    let next = values(["next", "nextPage", "next_page", "hasMore", "has_more"])
    return rest == 0 && !next.isEmpty ? nil : rest
  }

  /// One object in the `data` of an answer.
  static func object(_ name: String, in response: HTTPResponse) throws(ProviderError) -> JSONValue {
    guard let object = try data(of: response)[name], object.object != nil else { throw response.unexpectedForm }
    return object
  }

  /// `error` is an object with code and message, or a plain string.
  private static func refusal(_ reply: JSONValue, of response: HTTPResponse) -> ProviderError {
    let error = reply["error"] ?? .null
    let code = error["code"]?.text
    let message = (error["message"] ?? error).text
    return response.refusal(kind(code: code, message: message ?? ""), code: code, message: message, in: reply)
  }

  /// The code decides. Errors without one of their own, including lack of credit, come as 500 or without a code: then
  /// the words, which no document gives, must do.
  private static func kind(code: String?, message: String) -> ProviderError.Kind {
    switch code {
    case "401": .credentials
    case "402": .noCredit
    case nil, "500":
      message.lowercased() == "invalid api key" ? .credentials : message.saysNoCredit ? .noCredit : .refused
    default: .refused
    }
  }
}

extension String {
  /// Whether it says that there aren't enough credits, and not something else about them.
  fileprivate var saysNoCredit: Bool {
    let words = lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" }
    return words.indices.contains { index in
      guard words[index] == "credit" || words[index] == "credits" else { return false }
      let lacks = ["enough", "insufficient", "sufficient", "no", "0", "of"]
      return words[..<index].suffix(2).contains { lacks.contains(String($0)) }
        && words[index...].dropFirst().first != "card"
    }
  }
}

extension SMSGatewayReply {
  /// The records of sent messages, matched by number and text.
  ///
  /// A refusal may list messages: those with an ID were accepted before it, and the outcome of the others is unknown.
  static func records(
    of batch: [OutgoingMessage], in response: HTTPResponse, zone: TimeZoneRules
  ) throws(ProviderError) -> [MessageRecord] {
    let (rows, isRefusal) = try sentRows(in: response)
    return batch.settled(by: rows.map { (key: MessageIdentity($0), row: $0) }, key: MessageIdentity.init) {
      message, row in
      if isRefusal, row["ID"]?.words == nil { return .unnamed(message) }
      return SMSGatewayMessage(row: row, zone: zone).record(of: message)
    }
  }

  /// The records of messages to a list. A refusal that lists some says nothing about the rest of the list.
  static func records(
    of message: ListMessage, in response: HTTPResponse, zone: TimeZoneRules
  ) throws(ProviderError) -> [MessageRecord] {
    guard try !sentRows(in: response).isRefusal else { throw response.unexpectedForm }
    return try rows("messages", in: response).map { SMSGatewayMessage(row: $0, zone: zone).record(of: message) }
  }

  /// The rows that a reply lists, and whether it is a refusal. A refusal that lists none is an error.
  private static func sentRows(
    in response: HTTPResponse
  ) throws(ProviderError) -> (rows: [JSONValue], isRefusal: Bool) {
    let reply = try response.json()
    guard reply["success"] == false || !response.isSuccess else {
      return (try data(of: reply, response)["messages"]?.array ?? [], false)
    }
    let rows = reply["data"]?["messages"]?.array ?? []
    if !rows.isEmpty, [true, false].contains(reply["success"]) { return (rows, true) }
    throw listsMessages(reply, response.status) ? response.unexpectedForm : refusal(reply, of: response)
  }
}

extension SMSGatewayReply {
  /// Whether it contains messages, or something that might be.
  static func listsMessages(_ reply: JSONValue, _: Int) -> Bool {
    let data = reply["data"] ?? .null
    return data.array?.isEmpty == false || data.object?.members.contains(where: \.value.isFilled) == true
  }
}

extension MessageIdentity {
  /// Nil for a row without number and text.
  fileprivate init?(_ row: JSONValue) {
    guard !row.repeatsMembers, let number = row["number"]?.phoneNumber, case .string(let text) = row["message"]
    else { return nil }
    self.init(to: number, text: text)
  }
}

/// A message as the gateway script writes it in replies and webhooks.
struct SMSGatewayMessage {
  var row: JSONValue
  /// The zone in which dates without an offset are read.
  var zone: TimeZoneRules

  /// When the gateway accepted it or, once it is sent, when it was sent.
  var date: Timestamp? { time("sentDate") }

  /// Whether it says for when it is scheduled, or that it isn't; older hosts say neither.
  var tellsSchedule: Bool { row["schedule"] != nil }

  private var word: String? { row["status"]?.words }

  /// The record of a message that we sent.
  func record(of message: OutgoingMessage) -> MessageRecord {
    completed(MessageRecord(message, status: MessageStatus(reported: word, for: message)))
  }

  /// The record of one of the messages to a list.
  func record(of message: ListMessage) -> MessageRecord {
    let status = MessageStatus(reported: word, isForLater: message.scheduledAt != nil)
    var record = MessageRecord(message, status: status)
    record.to = row["number"]?.party
    return completed(record)
  }

  /// The record of a message about which nothing else is known.
  func record() -> MessageRecord {
    let schedule = time("schedule")
    var record = MessageRecord(status: MessageStatus(reported: word, isForLater: schedule != nil))
    record.direction = record.status == .received ? .in : .out
    let party = row["number"]?.party
    (record.from, record.to) = record.direction == .in ? (party, nil) : (nil, party)
    record.body = row["message"]?.text
    record.type = row["type"]?.text?.lowercased() == "mms" ? .mms : .sms
    record.scheduledAt = schedule
    if let segmentation = record.body.map(Segmentation.init) {
      record.encoding = segmentation.encoding
      record.segments = segmentation.segments
    }
    return completed(record)
  }

  private func completed(_ record: consuming MessageRecord) -> MessageRecord {
    record.id = row["ID"]?.words
    record.groupID = row["groupID"]?.words
    record.providerStatus = word
    record.device = row["deviceID"]?.words
    record.sim = row["simSlot"]?.words
    // Until a message is sent, `sentDate` is the time at which it was accepted.
    if [.sent, .delivered, .received].contains(record.status) {
      record.sentAt = date
      record.deliveredAt = time("deliveredDate")
    }
    if record.status == .failed { record.error = error }
    record.raw = row
    return record
  }

  private var error: MessageError {
    let code = row["errorCode"]?.words ?? row["resultCode"]?.words
    return MessageError(code: code, message: MessageError.reportedFailed)
  }

  /// A date, or Unix seconds, the form of `schedule` in requests.
  private func time(_ name: String) -> Timestamp? {
    guard let text = row[name]?.text else { return nil }
    return Timestamp(inAPI: text, zone: zone) ?? Timestamp(unixDigits: text)
  }
}

extension Timestamp {
  /// Reads Unix seconds: 1 to 10 digits, not starting with 0.
  fileprivate init?(unixDigits text: String) {
    guard (1...10).contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit), text.first != "0",
      let seconds = Int64(text)
    else { return nil }
    self.init(unixSeconds: seconds)
  }
}

extension SMSGatewayReply {
  static let noSuchMessage = "no such message"
}
