import Messaging
import TextFormats

extension [OutgoingMessage] {
  /// Matches a reply to the messages of its request; returns a record for each, in the order of the messages.
  ///
  /// Rows are matched by key, never by position. A message is settled by the only row with its key. If there is none,
  /// or if there are several that differ, its outcome is unknown. Rows with other keys are ignored.
  func settled<Key: Hashable, Row: Equatable>(
    by rows: [(key: Key?, row: Row)], key: (OutgoingMessage) -> Key,
    record: (OutgoingMessage, Row) -> MessageRecord
  ) -> [MessageRecord] {
    var found = [Key: Row](minimumCapacity: rows.count)
    var contradicted: Set<Key> = []
    for case (let key?, let row) in rows {
      if let other = found.updateValue(row, forKey: key), other != row { contradicted.insert(key) }
    }
    return map { message in
      let key = key(message)
      guard let row = found[key] else { return .unknown(message, MessageError.notMentioned) }
      guard !contradicted.contains(key) else {
        return .unknown(message, MessageError.contradicted)
      }
      return record(message, row)
    }
  }
}

extension MessageRecord {
  /// The record of a message that may or may not have been accepted.
  static func unknown(_ message: OutgoingMessage, _ reason: String) -> MessageRecord {
    var record = MessageRecord(message, status: .unknown)
    record.error = MessageError(message: reason)
    return record
  }

  /// The record of a message that a refusal lists without an id.
  static func unnamed(_ message: OutgoingMessage) -> MessageRecord {
    .unknown(message, MessageError.listedInRefusal)
  }
}

extension MessageStatus {
  /// The meaning of a provider's word for the status of `message`; without a word, it is just accepted.
  ///
  /// A queued message that was to be sent later is `scheduled`.
  init(reported word: String?, for message: OutgoingMessage) {
    self.init(reported: word, isForLater: message.scheduledAt != nil)
  }

  /// The meaning of a provider's word for the status of a message, which may be one to be sent later.
  init(reported word: String?, isForLater: Bool) {
    guard let word else {
      self = isForLater ? .scheduled : .accepted
      return
    }
    let status = MessageStatus(providerWord: word) ?? .accepted
    self = status == .queued && isForLater ? .scheduled : status
  }

  /// Nil for a word that no provider documents or has been seen to use.
  private init?(providerWord word: String) {
    switch word.lowercased() {
    case "pending", "queued": self = .queued
    case "scheduled": self = .scheduled
    case "sent", "dispatched": self = .sent
    case "delivered": self = .delivered
    case "failed", "rejected", "expired", "undelivered": self = .failed
    case "canceled", "cancelled", "aborted": self = .canceled
    case "received": self = .received
    default: return nil
    }
  }
}

extension APICall where Value == [MessageRecord] {
  /// A call that sends messages, each of which must be sent only once.
  ///
  /// Some statuses mean by themselves that nothing was done: 401, 429, and 503 with Retry-After. But if `lists`,
  /// given the reply and its HTTP status, finds messages in the reply, `decode` judges what is clear, as with any
  /// other status from 400 to 499, and the rest is unknown. Nor is anything sent again if the reply contains one of
  /// the `recipients` in another place.
  init(
    sending request: HTTPRequest, to recipients: [PhoneNumber] = [],
    lists: @escaping @Sendable (JSONValue, Int) -> Bool,
    decode: @escaping @Sendable (HTTPResponse) throws(ProviderError) -> [MessageRecord]
  ) {
    self.init(request: request, judgesStatus: { _ in true }) { response throws(ProviderError) in
      do throws(ProviderError) {
        return try response.records(listing: lists, decode: decode)
      } catch {
        // A list in another place may be of messages accepted before the refusal.
        throw error.kind.sendsAgain && response.names(recipients) ? response.unexpectedForm : error
      }
    }
  }
}

extension HTTPResponse {
  fileprivate func records(
    listing lists: (JSONValue, Int) -> Bool, decode: (HTTPResponse) throws(ProviderError) -> [MessageRecord]
  ) throws(ProviderError) -> [MessageRecord] {
    if isSuccess { return try decode(self) }
    guard isRefusal(listing: lists) else { throw error }
    do {
      return try decode(self)
    } catch {
      // Whatever the reply says about the request as a whole, it lists messages, so sending again might send them
      // twice.
      throw unexpectedForm
    }
  }

  /// Whether one of these numbers is a value somewhere in its body.
  fileprivate func names(_ numbers: [PhoneNumber]) -> Bool {
    (try? json())?.names(Set(numbers)) ?? false
  }

  /// Whether its status says that nothing was done, or that the request was invalid, but its body lists messages.
  fileprivate func isRefusal(listing lists: (JSONValue, Int) -> Bool) -> Bool {
    guard 400..<500 ~= status || !error.leavesOutcomeUnknown, let reply = try? json() else { return false }
    return lists(reply, status)
  }
}

extension JSONValue {
  fileprivate func names(_ numbers: Set<PhoneNumber>) -> Bool {
    switch self {
    case .array(let elements): return elements.contains { $0.names(numbers) }
    case .object(let object): return object.members.contains { $0.value.names(numbers) }
    case .string(let text) where text.hasPrefix("{") || text.hasPrefix("["):
      return (try? JSONValue(parsing: text.utf8))?.names(numbers) ?? false
    default: return phoneNumber.map(numbers.contains) ?? false
    }
  }
}

extension ProviderError.Kind {
  /// Whether the messages concerned are sent again.
  fileprivate var sendsAgain: Bool {
    switch self {
    case .credentials, .noCredit, .busy: true
    default: false
    }
  }
}
