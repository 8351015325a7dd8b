/// Can be asked for messages and their statuses.
public protocol MessageReading: Provider {
  /// Whether a message that was sent may still be reported as delivered; if not, `sent` is the last that is heard of it.
  var reportsDelivery: Bool { get }

  /// Whether it can be asked for a message that it is to send later; else the answer may be about another message.
  static var reportsScheduled: Bool { get }

  /// How many days back messages are looked up by id where no time is given; nil if the provider finds ids by itself.
  var lookupDays: Int? { get }

  /// What keeps the provider from answering exactly this; nil if nothing.
  func objection(to query: MessageQuery) -> CallObjection?

  /// One page of an answer to a query without objections, from its beginning for nil. `pages` follows them.
  func messages(_ query: MessageQuery, page: PageCursor?) -> APICall<Page<MessageRecord>>
}

extension MessageReading {
  public static var reportsScheduled: Bool { true }

  public var lookupDays: Int? { nil }

  /// Whether nothing more will be heard of the message.
  public func isFinal(_ record: MessageRecord) -> Bool {
    record.status.isFinal || (record.status == .sent && !reportsDelivery)
  }

  /// All pages of an answer. A look-up by id without a time goes back `lookupDays` from `now`, or from the query's end,
  /// and finds all of the ids, whatever the limit.
  public func pages(of query: MessageQuery, now: Timestamp) -> Pager<MessageRecord> {
    var query = query
    if !query.ids.isEmpty, query.since == nil, let lookupDays {
      query.since = (query.until ?? now).adding(seconds: -Int64(lookupDays) * 86_400)
    }
    return Pager(limit: query.ids.isEmpty ? query.limit : nil, ids: query.ids, id: \.id) { [query] page in
      messages(query, page: page)
    }
  }
}

/// Sends messages once more that are with the provider already.
public protocol Resending: Provider {
  /// What keeps the provider from resending exactly these; nil if nothing.
  func objection(toResending query: MessageQuery) -> CallObjection?

  /// What to call to resend messages chosen by ids, by group, or by status: once for each different id, else once.
  func resends(of query: MessageQuery) -> [Resend]
}

/// One call that resends.
public struct Resend: Sendable {
  /// The one message it is about; nil where it is about all that match.
  public var id: String?
  /// Sends: without a trustworthy answer it may have been carried out. Records are those of the messages sent again.
  public var call: APICall<[MessageRecord]>

  public init(id: String? = nil, call: APICall<[MessageRecord]>) {
    self.id = id
    self.call = call
  }
}

/// Sends one text to everybody on a list, or in a group, that the provider keeps.
public protocol ListSending: Provider {
  /// What a list send can do beyond `descriptor.features`.
  static var listFeatures: Set<ListFeature> { get }

  /// Whether the answer names each message that went to the list, so that it can be asked for.
  static var namesMessages: Bool { get }

  /// What keeps this message from ever being taken, as far as it can be told without asking; nil if nothing.
  func objection(to message: ListMessage) -> CallObjection?

  /// Sends it. One record for each message where the provider names them, else a single one without `to`.
  func send(_ message: ListMessage) -> APICall<[MessageRecord]>
}

/// What may be asked of a list send only.
public enum ListFeature: String, CaseIterable, Hashable, Sendable {
  case rotate, throttle
}

/// A text for everybody on a list.
public struct ListMessage: Hashable, Sendable {
  /// ID of the list, or name of the group.
  public var list: String
  public var body: String
  /// Sender number, as the user gave it; nil for the profile's.
  public var from: String?
  /// When the provider shall send it; nil for now.
  public var scheduledAt: Timestamp?
  public var options: SendOptions
  /// Take turns among all numbers of the account.
  public var rotates = false
  /// Seconds between two messages of one sending number, 1 to 6; nil for the provider's default.
  public var throttle: Int?

  public init(
    list: String, body: String, from: String? = nil, scheduledAt: Timestamp? = nil, options: SendOptions = SendOptions()
  ) {
    self.list = list
    self.body = body
    self.from = from
    self.scheduledAt = scheduledAt
    self.options = options
  }
}

extension MessageRecord {
  /// The record of a message to a list, before any provider has seen it; whom it goes to is not known.
  public init(_ message: ListMessage, status: MessageStatus = .planned) {
    let segmentation = Segmentation(of: message.body)
    var fields = Fields(status: status)
    fields.body = message.body
    fields.from = message.from
    fields.type = message.options.isMMS ? .mms : .sms
    fields.encoding = segmentation.encoding
    fields.segments = segmentation.segments
    fields.scheduledAt = message.scheduledAt
    storage = [fields]
  }
}

/// Counts what became of the messages of a group send.
public protocol GroupReporting: Provider {
  /// The counts for the group of that ID, which its send returned.
  func report(ofGroup id: String) -> APICall<GroupReport>
}
