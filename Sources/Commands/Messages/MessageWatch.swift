import Messaging

/// Follows messages until nothing more will be heard of them.
struct MessageWatch {
  /// What is known by now.
  private(set) var records: [MessageRecord]
  private let session: ProviderSession
  private let provider: any MessageReading
  /// For providers that search by time: nothing was sent before.
  private let since: Timestamp?

  init(_ records: [MessageRecord], _ session: ProviderSession, _ provider: any MessageReading, since: Timestamp?) {
    self.records = records
    self.session = session
    self.provider = provider
    self.since = provider.lookupDays == nil ? nil : since
  }

  /// Places in `records` of what is not final yet, as far as the provider knows of it.
  private var pending: [Int] {
    records.indices.filter { !provider.isFinal(records[$0]) && records[$0].isKnownToProvider }
  }

  /// Asks again and again; what is known when it throws is in `records`.
  ///
  /// That a look fails is no news of the messages, so it doesn't end the waiting, unless the credentials are refused.
  mutating func wait(_ patience: Duration) throws(CommandError) {
    guard !pending.isEmpty else { return }
    session.context.note("waiting for \(counted(pending.count, "message"))")
    var schedule = session.schedule(patience)
    while !pending.isEmpty {
      guard try session.waits(&schedule) else { throw .waitedTooLong(patience, for: .messages(pending.count)) }
      do {
        try look()
      } catch {
        guard case .provider(let cause, _) = error, cause.kind != .credentials else { throw error }
      }
    }
  }

  private mutating func look() throws(CommandError) {
    let pending = pending
    for query in queries(for: pending.map { records[$0] }) {
      var reader = MessageReader(session, provider)
      for news in try reader.records(query) {
        for place in pending where records[place].isSameMessage(as: news) {
          records[place] = news.filled(from: records[place])
        }
      }
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
    query.to = try? PhoneNumber(parsing: number)
    return query.to == nil ? nil : allowed(query)
  }

  private func allowed(_ query: MessageQuery) -> MessageQuery? {
    var query = query
    query.since = since
    return provider.objection(to: query) == nil ? query : nil
  }
}

extension MessageRecord {
  /// Whether the provider took it. `unknown` in its own words only means that it can't tell about the delivery.
  var isKnownToProvider: Bool {
    switch status {
    case .planned, .sending, .skipped: false
    case .unknown: providerStatus != nil
    default: true
    }
  }

  /// Whether news is of this message: by id, or by number from a provider whose messages have none.
  fileprivate func isSameMessage(as news: MessageRecord) -> Bool {
    if let id, let other = news.id { return id == other }
    return news.id == nil && to != nil && to == news.to
  }

  /// With what an earlier record says where this one says nothing.
  func filled(from earlier: MessageRecord) -> MessageRecord {
    var record = self
    record.id = id ?? earlier.id
    record.groupID = groupID ?? earlier.groupID
    record.row = row ?? earlier.row
    record.from = from ?? earlier.from
    record.to = to ?? earlier.to
    record.body = body ?? earlier.body
    record.encoding = encoding ?? earlier.encoding
    record.segments = segments ?? earlier.segments
    record.device = device ?? earlier.device
    record.sim = sim ?? earlier.sim
    record.price = price ?? earlier.price
    record.currency = currency ?? earlier.currency
    record.scheduledAt = scheduledAt ?? earlier.scheduledAt
    record.sentAt = sentAt ?? earlier.sentAt
    return record
  }
}
