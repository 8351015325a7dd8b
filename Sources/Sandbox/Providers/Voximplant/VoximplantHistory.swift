import Messaging
import TextFormats

/// A sent or received message.
struct VoximplantMessage: Hashable, Sendable {
  var source: String
  var destination: String
  var text: String
  /// Whether the history may show the text.
  var isTextStored = true
  /// Whether it was sent with A2PSendSms, which has its own history.
  var isA2P = false
  /// Whether it was sent to one of the customer's numbers.
  var isReceived = false
  var takenAt: Timestamp
  /// Its final status from before the sandbox started; nil for a message whose status changes with time.
  var ending: DeliveryStatus?

  /// In tenths of a cent: half a cent for each fragment sent.
  var cost: Int { isReceived ? 0 : 5 * fragments }

  var fragments: Int { Segmentation(of: text).segments }

  /// Its status at a time.
  func deliveryStatus(at now: Timestamp) -> DeliveryStatus {
    if let ending { return ending }
    return switch Lifecycle(to: destination, acceptedAt: takenAt).stage(at: now) {
    case .scheduled, .pending: .queued
    case .sent: .dispatched
    case .delivered: .delivered
    case .failed: .failed
    }
  }
}

/// The delivery status of an A2P message, with its number in the documents.
enum DeliveryStatus: Int, CaseIterable, Sendable {
  case queued = 1
  case dispatched, aborted, rejected, delivered, failed, expired, unknown

  /// The word in the history: `QUEUED`.
  var word: String { "\(self)".uppercased() }

  /// Whether it wasn't delivered.
  var isFailure: Bool { [.aborted, .rejected, .failed, .expired].contains(self) }
}

extension VoximplantMessage {
  /// The initial content of the histories: three received messages and one that failed, then one A2P message for
  /// each final delivery status.
  static func earlier(than start: Timestamp) -> [VoximplantMessage] {
    let own = SampleData.voximplantSender
    let friends = SampleData.friends
    let received = ["Hi", "STOP", "See you at 8 😀"].enumerated().map { index, text in
      VoximplantMessage(
        source: friends[index], destination: own, text: text, isReceived: true,
        takenAt: start.adding(seconds: Int64(3600 * (index - 24))), ending: .delivered)
    }
    let failed = VoximplantMessage(
      source: own, destination: "15550109999", text: "Hello", takenAt: start.adding(seconds: -7200), ending: .failed)
    let endings = DeliveryStatus.allCases.filter { ![.queued, .dispatched].contains($0) }
    let campaign = endings.enumerated().map { index, status in
      VoximplantMessage(
        source: own, destination: friends[index % friends.count], text: "Hello", isTextStored: false, isA2P: true,
        takenAt: start.adding(seconds: Int64(60 * (index - 60))), ending: status)
    }
    return received + [failed] + campaign
  }
}

extension VoximplantAccount {
  /// `GetSmsHistory`, or with `a2p`, `A2PGetSmsHistory`: the matching messages, oldest first, in pages.
  func history(_ fields: FormFields, a2p: Bool, at now: Timestamp) throws(Refusal) -> SandboxReply {
    let query = try VoximplantQuery(fields, a2p: a2p)
    let page = try VoximplantPage(fields)
    let found = messages.indices.filter { query.admits(messages[$0], id: $0 + 1, at: now) }
    let rows = page.cut(found).map { a2p ? a2pRow($0, at: now) : row($0, at: now) }
    return page.isCSV
      ? .csv(rows, header: a2p ? Self.a2pColumns : Self.columns)
      : .json(["result": .array(rows.map { .object($0) }), "total_count": .int(found.count)])
  }

  private static let columns = [
    "message_id", "source_number", "destination_number", "direction", "fragments", "cost", "status_id",
    "error_message", "processed_date", "transaction_id", "text",
  ]

  private static let a2pColumns = [
    "message_id", "source_number", "destination_number", "fragments", "cost", "status_id", "error_message",
    "processing_date", "transaction_id", "delivery_status", "text",
  ]

  /// Clients have seen `status_id` as a string and as a number: here, each history has one of the two.
  private func row(_ index: Int, at now: Timestamp) -> JSONObject {
    let message = messages[index]
    let isFailed = message.deliveryStatus(at: now).isFailure
    return JSONObject(
      shared(index, at: now) + [
        .init("direction", message.isReceived ? "IN" : "OUT"), .init("status_id", isFailed ? "2" : "1"),
        .init("processed_date", .string(CivilTime(message.takenAt).dateText)),
      ])
  }

  private func a2pRow(_ index: Int, at now: Timestamp) -> JSONObject {
    let message = messages[index]
    let status = message.deliveryStatus(at: now)
    return JSONObject(
      shared(index, at: now) + [
        .init("status_id", status.isFailure ? 2 : 1), .init("delivery_status", .string(status.word)),
        .init("processing_date", .string(CivilTime(message.takenAt).dateText)),
      ])
  }

  private func shared(_ index: Int, at now: Timestamp) -> [JSONObject.Member] {
    let message = messages[index]
    let isFailed = message.deliveryStatus(at: now).isFailure
    return [
      .init("message_id", .int(index + 1)), .init("source_number", .string(message.source)),
      .init("destination_number", .string(message.destination)), .init("fragments", .int(message.fragments)),
      .init("cost", .money(message.cost)), .init("error_message", isFailed ? "SMS gateway error." : nil),
      .init("transaction_id", .int(900_000 + index)), .init("text", message.isTextStored ? .string(message.text) : nil),
    ]
  }
}

/// Selects the messages of a history.
private struct VoximplantQuery {
  private let isA2P: Bool
  private let ids: Set<String>?
  private let source: String?
  private let destination: String?
  private let isReceived: Bool?
  private let start: Timestamp?
  private let end: Timestamp?
  private let status: DeliveryStatus?

  /// One of the histories reads the direction, the other the delivery status.
  init(_ fields: FormFields, a2p: Bool) throws(VoximplantAccount.Refusal) {
    isA2P = a2p
    // Not documented, but sent by today's clients.
    ids = fields["message_id"].map { Set($0.split(separator: ";").map(String.init)) }
    source = fields["source_number"]
    destination = fields["destination_number"]
    isReceived = a2p ? nil : try fields.direction()
    start = try fields.date("from_date")
    end = try fields.date("to_date")
    status = a2p ? try fields.deliveryStatus() : nil
  }

  /// Both ends of the period are included.
  func admits(_ message: VoximplantMessage, id: Int, at now: Timestamp) -> Bool {
    message.isA2P == isA2P && (isReceived ?? message.isReceived) == message.isReceived
      && (source ?? message.source) == message.source && (destination ?? message.destination) == message.destination
      && (start ?? message.takenAt) <= message.takenAt && message.takenAt <= (end ?? message.takenAt)
      && (ids?.contains(String(id)) ?? true) && (status.map { $0 == message.deliveryStatus(at: now) } ?? true)
  }
}

/// The requested page of a history, and its format.
private struct VoximplantPage {
  /// The maximum number of rows, 0 to 1000.
  private let count: Int
  private let offset: Int
  let isCSV: Bool

  init(_ fields: FormFields) throws(VoximplantAccount.Refusal) {
    count = try fields.number("count") ?? 1000
    guard count <= 1000 else { throw .invalid("count", "is bigger than 1000") }
    offset = try fields.number("offset") ?? 0
    switch fields["output"] {
    case nil, "json": isCSV = false
    case "csv": isCSV = true
    default: throw .invalid("output", "is neither json nor csv")
    }
  }

  func cut(_ found: [Int]) -> ArraySlice<Int> {
    found.dropFirst(offset).prefix(count)
  }
}

extension FormFields {
  fileprivate func number(_ name: String) throws(VoximplantAccount.Refusal) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = wholeNumber(text) else { throw .invalid(name, "is not a whole number") }
    return number
  }

  /// Whether the client wants received messages (true) or sent ones (false); nil for both.
  fileprivate func direction() throws(VoximplantAccount.Refusal) -> Bool? {
    switch self["direction"] {
    case nil: return nil
    case "IN", "in": return true
    case "OUT", "out": return false
    default: throw .invalid("direction", "is neither IN nor OUT")
    }
  }

  /// A time in the format `yyyy-MM-dd HH:mm:ss`, in UTC.
  fileprivate func date(_ name: String) throws(VoximplantAccount.Refusal) -> Timestamp? {
    guard let text = self[name] else { return nil }
    guard text.utf8.count == 19, let time = CivilTime(text) else { throw .invalidDate(name) }
    return Timestamp(unixSeconds: time.secondsSinceEpoch)
  }

  fileprivate func deliveryStatus() throws(VoximplantAccount.Refusal) -> DeliveryStatus? {
    guard let number = try number("delivery_status") else { return nil }
    guard let status = DeliveryStatus(rawValue: number) else { throw .invalid("delivery_status", "is not 1 to 8") }
    return status
  }
}

extension SandboxReply {
  /// Rows under their header. The official client accepts only `application/octet-stream` for a file.
  fileprivate static func csv(_ rows: [JSONObject], header: [String]) -> SandboxReply {
    var body: [UInt8] = []
    let writer = CSVWriter()
    writer.write(header, to: &body)
    for row in rows { writer.write(header.map { row[$0]?.text ?? "" }, to: &body) }
    let type = HeaderField("Content-Type", "application/octet-stream")
    return SandboxReply(headers: [type], body: body)
  }
}
