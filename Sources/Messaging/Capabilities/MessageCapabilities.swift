/// Can be asked for messages and their statuses.
public protocol MessageReading: Provider {
  /// Whether a sent message may later be reported as delivered; if not, `sent` is the last status.
  var reportsDelivery: Bool { get }

  /// Whether it can be asked for a scheduled message. If not, the answer may be about another message.
  static var reportsScheduled: Bool { get }

  /// How many days back to look up messages by id if no time is given; nil if the provider can find ids without one.
  var lookupDays: Int? { get }

  /// Why the provider can't answer exactly this query; nil if it can.
  func objection(to query: MessageQuery) -> CallObjection?

  /// One page of the answer to a query without objections; nil for the first one. `pages` follows them.
  func messages(_ query: MessageQuery, page: PageCursor?) -> APICall<Page<MessageRecord>>
}

extension MessageReading {
  public static var reportsScheduled: Bool { true }

  public var lookupDays: Int? { nil }

  /// Whether the status of the message will not change anymore.
  public func isFinal(_ record: MessageRecord) -> Bool {
    record.status.isFinal || (record.status == .sent && !reportsDelivery)
  }

  /// All pages of an answer. A lookup by id without a time goes back `lookupDays` from `now`, or from the query's
  /// end, and finds all of the ids, whatever the limit.
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

/// Sends messages again that the provider already has.
public protocol Resending: Provider {
  /// Why the provider can't resend exactly these; nil if it can.
  func objection(toResending query: MessageQuery) -> CallObjection?

  /// The calls that resend messages chosen by ids, group or status: one for each distinct id, otherwise one in total.
  func resends(of query: MessageQuery) -> [Resend]
}

/// One call that resends.
public struct Resend: Sendable {
  /// The only message to resend; nil for all that match.
  public var id: String?
  /// Without a trustworthy answer, it may have been performed. The records are those of the messages sent again.
  public var call: APICall<[MessageRecord]>

  public init(id: String? = nil, call: APICall<[MessageRecord]>) {
    self.id = id
    self.call = call
  }
}

/// Sends a text to everyone on a list, or in a group, kept by the provider.
public protocol ListSending: Provider {
  /// What a list send supports beyond `descriptor.features`.
  static var listFeatures: Set<ListFeature> { get }

  /// Whether the answer lists each message sent to the list, so that its status can be looked up.
  static var namesMessages: Bool { get }

  /// Why the provider would never accept this message, as far as is known without asking; nil if it may.
  func objection(to message: ListMessage) -> CallObjection?

  /// Sends it. Returns a record for each message if the provider lists them, otherwise a single one without `to`.
  func send(_ message: ListMessage) -> APICall<[MessageRecord]>
}

/// A feature specific to list sends.
public enum ListFeature: String, CaseIterable, Hashable, Sendable {
  case rotate, throttle
}

/// A text for everyone on a list.
public struct ListMessage: Hashable, Sendable {
  /// ID of the list or name of the group.
  public var list: String
  public var body: String
  /// Sender number, as the user gave it; nil for the profile's.
  public var from: String?
  /// When the provider is to send it; nil for now.
  public var scheduledAt: Timestamp?
  public var options: SendOptions
  /// Whether to rotate through all numbers of the account.
  public var rotates = false
  /// Seconds between two messages from the same number, 1 to 6; nil for the provider's default.
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
  /// The record of a message to a list before the provider has received it; its recipients are unknown.
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

/// Counts the outcomes of a group send.
public protocol GroupReporting: Provider {
  /// The counts for the group with that id, which its send returned.
  func report(ofGroup id: String) -> APICall<GroupReport>
}

/// Which messages of an account to return; nil or empty matches any.
public struct MessageQuery: Hashable, Sendable {
  public var ids: [String] = []
  public var groupID: String?
  public var to: PhoneNumber?
  /// A number or a sender ID.
  public var from: String?
  public var status: StatusFilter?
  /// ID of a device, an integer.
  public var device: Int?
  /// SIM slot, counted from 0.
  public var sim: Int?
  public var direction: Direction?
  public var since: Timestamp?
  public var until: Timestamp?
  /// The maximum number of messages, 1 or more; nil for all.
  public var limit: Int?

  public init() {}
}

/// The status to filter by: one of our words, or one of the provider's.
public enum StatusFilter: Hashable, Sendable {
  case ours(MessageStatus)
  /// A word of the provider, as the user typed it.
  case provider(String)

  /// Reads one of our words in lowercase, such as `failed`; anything else is the provider's, such as `EXPIRED`.
  public init(_ text: String) {
    self = MessageStatus(rawValue: text).map(StatusFilter.ours) ?? .provider(text)
  }

  /// As the user typed it.
  public var text: String {
    switch self {
    case .ours(let status): status.rawValue
    case .provider(let word): word
    }
  }

  /// Whether a message has that status; case is ignored in the provider's words.
  public func matches(_ record: MessageRecord) -> Bool {
    switch self {
    case .ours(let status): record.status == status
    case .provider(let word): record.providerStatus?.lowercased() == word.lowercased()
    }
  }
}

/// Why a call can't be made as requested, known without asking the provider.
///
/// A parameter that a provider doesn't support is never silently dropped.
public enum CallObjection: Hashable, Sendable {
  /// The provider doesn't support this parameter in this call.
  case unsupported(CallParameter)
  /// The provider requires one of these, and it must not be blank.
  case needsOneOf([CallParameter])
  /// The provider accepts one or the other, but not both.
  case conflict(CallParameter, CallParameter)
  /// An unsigned integer is required; the provider might read anything else as a different number.
  case notANumber(CallParameter, String)
  /// A date such as `1990-01-31` is required.
  case notADate(CallParameter, String)
  /// The provider never reports this status, or can't be asked for exactly this one. `available` are the words it can
  /// be asked for.
  case statusUnavailable(StatusFilter, available: [String])
  /// The message itself can't be sent.
  case message(SendObjection)
}

/// A parameter of a call, named like the option or operand of the command line.
public enum CallParameter: String, CaseIterable, Hashable, Sendable {
  case ids, group, to, from, status, device, sim, direction, since, until, limit
  case list, name, email, birthday, resubscribe, rotate, throttle, at
}
