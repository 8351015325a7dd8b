import Application
import Configuration
import Messaging
import TextFormats

/// Follows messages until nothing more will be heard of them.
struct MessageWatch {
  /// What is known by now.
  private(set) var records: [MessageRecord]
  private let session: ProviderSession
  private let provider: any MessageReading
  /// For providers that search by time: nothing was sent before.
  private let since: Timestamp?
  /// Places in `records` of what the provider called unknown from the first: that is its last word as far as is known.
  private let abandoned: Set<Int>

  init(_ records: [MessageRecord], _ session: ProviderSession, _ provider: any MessageReading, since: Timestamp?) {
    self.records = records
    self.session = session
    self.provider = provider
    self.since = provider.lookupDays == nil ? nil : since
    abandoned = Set(records.indices.filter { records[$0].status == .unknown && records[$0].isKnownToProvider })
  }

  /// Places in `records` of what is not final yet, as far as the provider knows of it.
  private var pending: [Int] {
    records.indices.filter {
      !provider.isFinal(records[$0]) && records[$0].isKnownToProvider && !abandoned.contains($0)
    }
  }

  /// Asks again and again; what is known when it throws is in `records`.
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

  /// The command that goes on waiting; nil where no single command names these messages.
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
      // By number only where the provider's messages have no ids.
      guard let identity = record.identities.first else { continue }
      for place in places[identity] ?? [] { records[place] = record.filled(from: records[place]) }
    }
  }

  /// The fewest questions that tell what became of these: by group, else by ids, else by number.
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

  /// As it is typed; nil where that is too long for a line.
  fileprivate var words: [String]? {
    guard ids.count <= Self.mostIDs else { return nil }
    return (groupID.map { ["--group", $0] } ?? []) + (to.map { ["--to", $0.e164] } ?? []) + ids
  }
}

extension MessageRecord {
  /// Whether the provider took it. `unknown` in its own words only means that it can't tell about the delivery.
  var isKnownToProvider: Bool {
    switch self.status {
    case .planned, .sending, .skipped: false
    case .unknown: self.providerStatus != nil
    default: true
    }
  }

  /// What tells which message it is, the best first.
  fileprivate var identities: [Identity] {
    [self.id.map(Identity.id), self.to.map(Identity.number)].compactMap(\.self)
  }

  /// With what an earlier record says where this one says nothing.
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

/// What a message is known by.
private enum Identity: Hashable {
  case id(String)
  case number(String)
}
