import Ledger
import Messaging

/// Takes planned messages off a queue, those that may share a request together.
struct BatchReader {
  private let queue: any MessageQueue
  private let provider: any Provider
  private let limit: Int
  private var page: ArraySlice<PlannedMessage> = []
  private var lastRow = 0

  /// `limit` is the most messages of a batch, 1 or more.
  init(_ queue: any MessageQueue, provider: any Provider, limit: Int) {
    self.queue = queue
    self.provider = provider
    self.limit = limit
  }

  /// Whether nothing is left to be sent.
  mutating func isAtEnd() throws(LedgerError) -> Bool {
    try peek() == nil
  }

  /// Consecutive messages with equal batch keys, no two of them with the same number and text; empty at the end.
  mutating func next() throws(LedgerError) -> [PlannedMessage] {
    guard let first = try take() else { return [] }
    var batch = [first]
    guard limit > 1 else { return batch }
    let key = provider.batchKey(of: first.message)
    var identities = Set<MessageIdentity>(minimumCapacity: limit)
    identities.insert(MessageIdentity(first.message))
    while batch.count < limit, let next = try peek(), provider.batchKey(of: next.message) == key,
      identities.insert(MessageIdentity(next.message)).inserted, let message = try take()
    {
      batch.append(message)
    }
    return batch
  }

  private mutating func peek() throws(LedgerError) -> PlannedMessage? {
    if page.isEmpty {
      page = try queue.planned(after: lastRow, limit: 256)[...]
      lastRow = page.last?.row ?? lastRow
    }
    return page.first
  }

  private mutating func take() throws(LedgerError) -> PlannedMessage? {
    _ = try peek()
    return page.popFirst()
  }
}
