import Application
import Configuration
import Messaging
import TextFormats

/// Polls messages until their statuses are final.
struct MessageWatch {
  /// The latest records.
  private(set) var records: [MessageRecord]
  private let session: ProviderSession
  private let provider: any MessageReading
  /// No message was sent before this time; for providers that search by time.
  private let since: Timestamp?
  /// Indices in `records` of messages whose status was unknown to the provider from the start: as far as is known,
  /// that won't change.
  private let abandoned: Set<Int>

  init(_ records: [MessageRecord], _ session: ProviderSession, _ provider: any MessageReading, since: Timestamp?) {
    self.records = records
    self.session = session
    self.provider = provider
    self.since = provider.lookupDays == nil ? nil : since
    abandoned = Set(records.indices.filter { records[$0].status == .unknown && records[$0].isKnownToProvider })
  }

  /// Indices in `records` of messages that aren't final yet, if the provider knows them.
  private var pending: [Int] {
    records.indices.filter {
      !provider.isFinal(records[$0]) && records[$0].isKnownToProvider && !abandoned.contains($0)
    }
  }

  /// Polls until all are final. If it throws, `records` contains what is known so far.
  mutating func wait(_ patience: Duration) throws {
    do {
      try waitForAll(patience)
    } catch let stop as Interruption {
      throw Interruption(stop.signal, stillPending, hint: waitingOn)
    }
  }

  private var stillPending: String { "\(counted(pending.count, "message")) still pending" }

  private var waitingOn: String? { continuation.map { "\($0) keeps waiting" } }

  private mutating func waitForAll(_ patience: Duration) throws {
    let label = session.settings.label
    if !abandoned.isEmpty { session.context.note(Notes.abandoned(abandoned.count, by: label)) }
    guard !pending.isEmpty else { return }
    session.context.note(Notes.waiting(for: pending.count))
    var schedule = session.schedule(patience)
    while !pending.isEmpty {
      guard try session.waits(&schedule) else {
        throw Failure.waitedTooLong(patience, stillPending, hint: waitingOn)
      }
      for query in queries(for: pending.map { records[$0] }) {
        let news = try session.look { () throws in
          var reader = MessageReader(session, provider)
          return try reader.records(query)
        }
        take(news ?? [])
      }
    }
  }

  /// The command that continues waiting; nil if no single command covers these messages.
  var continuation: String? {
    let queries = queries(for: pending.map { records[$0] })
    guard queries.count == 1, let query = queries.first, let words = query.words else { return nil }
    return session.context.command(["status"] + words + ["--wait"])
  }

  private mutating func take(_ news: [MessageRecord]) {
    var places: [Identity: [Int]] = [:]
    for place in pending {
      for identity in records[place].identities { places[identity, default: []].append(place) }
    }
    for record in news {
      // By number only if the provider's messages have no IDs.
      guard let identity = record.identities.first else { continue }
      for place in places[identity] ?? [] { records[place] = record.filled(from: records[place]) }
    }
  }

  /// The fewest queries that cover these messages: by group, or else by IDs, or else by number.
  private func queries(for records: [MessageRecord]) -> [MessageQuery] {
    if let group = query(forGroupOf: records) { return [group] }
    if let ids = query(forIDsOf: records) { return [ids] }
    return Set(records.compactMap(\.to)).sorted().compactMap(query(forNumber:))
  }

  private func query(forGroupOf records: [MessageRecord]) -> MessageQuery? {
    guard records.count > 1, let group = records[0].groupID, records.allSatisfy({ $0.groupID == group && $0.id != nil })
    else { return nil }
    var query = MessageQuery()
    query.groupID = group
    return allowed(query)
  }

  private func query(forIDsOf records: [MessageRecord]) -> MessageQuery? {
    var query = MessageQuery()
    query.ids = records.compactMap(\.id)
    return query.ids.isEmpty ? nil : allowed(query)
  }

  private func query(forNumber number: String) -> MessageQuery? {
    var query = MessageQuery()
    query.to = PhoneNumber(stored: number)
    return query.to == nil ? nil : allowed(query)
  }

  private func allowed(_ query: MessageQuery) -> MessageQuery? {
    var query = query
    query.since = since
    return provider.objection(to: query) == nil ? query : nil
  }
}

extension MessageQuery {
  private static let mostIDs = 20

  /// The arguments for `status`; nil if they would be too long.
  fileprivate var words: [String]? {
    guard ids.count <= Self.mostIDs else { return nil }
    return (groupID.map { ["--group", $0] } ?? []) + (to.map { ["--to", $0.e164] } ?? []) + ids
  }
}

extension MessageRecord {
  /// Whether the provider accepted it. `unknown` in the provider's own words only means that it doesn't know about
  /// the delivery.
  var isKnownToProvider: Bool {
    switch self.status {
    case .planned, .sending, .skipped: false
    case .unknown: self.providerStatus != nil
    default: true
    }
  }

  /// What identifies the message, the most specific first.
  fileprivate var identities: [Identity] {
    [self.id.map(Identity.id), self.to.map(Identity.number)].compactMap(\.self)
  }

  /// Fills in fields that this record lacks from an earlier one.
  func filled(from earlier: MessageRecord) -> MessageRecord {
    var record = self
    for field in MessageRecord.fields where !field.traits.contains(.progress) && self[field: field] == .null {
      record[field: field] = earlier[field: field]
    }
    // Some providers leave out the scheduled time in later records.
    if record.status == .queued, record.scheduledAt != nil { record.status = .scheduled }
    return record
  }
}

/// What identifies a message.
private enum Identity: Hashable {
  case id(String)
  case number(String)
}
