import Ledger
import Messaging

/// A call that sends messages unknown until its answer names them, such as one to a list kept by the provider.
public struct SendOrder {
  var call: APICall<[MessageRecord]>
  var placeholder: MessageRecord

  /// `placeholder` stands for the messages if no answer names them. It has its own row, 1 or more.
  public init(_ call: APICall<[MessageRecord]>, placeholder: MessageRecord) {
    self.call = call
    self.placeholder = placeholder
  }
}

/// A request and its rows, from the first attempt to the last.
final class PendingRequest {
  private enum Subject {
    case batch([JobMessage])
    case order(MessageRecord)
  }

  /// What a reply means for the rows.
  struct Outcome {
    var settled: [MessageRecord] = []
    /// Messages beyond those requested; they have no row yet.
    var added: [MessageRecord] = []
    /// Rows for which there was nothing to send.
    var dropped: [Int] = []
  }

  let rows: [Int]
  let call: APICall<[MessageRecord]>
  /// The number of attempts made.
  var attempts = 0
  /// When the next attempt may start.
  var due: Duration = .zero
  private let subject: Subject

  /// `batch` is 1 or more messages that the provider takes together.
  init(_ batch: [JobMessage], of provider: any Provider, _ credentials: Credentials = .none) {
    subject = .batch(batch)
    rows = batch.map(\.row)
    call = provider.send(batch.map(\.message)).authorized(by: credentials)
  }

  init(_ order: SendOrder, _ credentials: Credentials) {
    subject = .order(order.placeholder)
    rows = [order.placeholder.row ?? 0]
    call = order.call.authorized(by: credentials)
  }

  /// The outcomes that an answer gives. If it doesn't have one for each message of a batch, all of them are `unknown`.
  func outcome(answered records: consuming [MessageRecord]) -> Outcome {
    var records = records
    switch subject {
    case .batch(let messages):
      guard records.count == messages.count else {
        return outcome(.unknown, MessageError(message: MessageError.notMatched))
      }
      for index in records.indices { records[index].row = messages[index].row }
      return Outcome(settled: records)
    case .order:
      guard !records.isEmpty else { return Outcome(dropped: rows) }
      records[0].row = rows[0]
      return Outcome(settled: [records[0]], added: Array(records.dropFirst()))
    }
  }

  /// The same outcome for all messages.
  func outcome(_ status: MessageStatus, _ error: MessageError) -> Outcome {
    switch subject {
    case .batch(let messages): Outcome(settled: messages.map { Self.record($0, status, error) })
    case .order(let placeholder): Outcome(settled: [Self.settled(placeholder, status, error)])
    }
  }

  private static func record(_ planned: JobMessage, _ status: MessageStatus, _ error: MessageError) -> MessageRecord {
    var record = MessageRecord(planned.message)
    record.row = planned.row
    return settled(record, status, error)
  }

  private static func settled(
    _ record: consuming MessageRecord, _ status: MessageStatus, _ error: MessageError
  ) -> MessageRecord {
    record.status = status
    record.error = error
    return record
  }
}

/// What has not been requested yet: batches of planned messages, or orders.
struct RequestSource {
  private static let pageSize = 256

  private let queue: any MessageQueue
  private let provider: any Provider
  private let credentials: Credentials
  private let batchLimit: Int
  private var orders: ArraySlice<SendOrder>?
  private var page: [JobMessage] = []
  /// The index of the next message in the page.
  private var position = 0
  private var lastRow = 0

  /// `batchLimit` is the maximum number of messages per request, 1 or more. With `orders`, the queue is not read.
  init(
    _ queue: any MessageQueue, provider: any Provider, _ credentials: Credentials, batchLimit: Int,
    orders: [SendOrder]?
  ) {
    self.queue = queue
    self.provider = provider
    self.credentials = credentials
    self.batchLimit = batchLimit
    self.orders = orders?[...]
  }

  mutating func isAtEnd() throws(LedgerError) -> Bool {
    if let orders { return orders.isEmpty }
    return try !hasNext()
  }

  /// The next request; nil at the end.
  mutating func next() throws(LedgerError) -> PendingRequest? {
    if orders != nil { return orders?.popFirst().map { PendingRequest($0, credentials) } }
    let batch = try nextBatch()
    return batch.isEmpty ? nil : PendingRequest(batch, of: provider, credentials)
  }

  /// Returns consecutive messages with equal batch keys, no two with the same number and text; none at the end.
  private mutating func nextBatch() throws(LedgerError) -> [JobMessage] {
    guard try hasNext() else { return [] }
    var batch = [take()]
    guard batchLimit > 1 else { return batch }
    let key = provider.batchKey(of: batch[0].message)
    var identities = Set<MessageIdentity>(minimumCapacity: batchLimit)
    identities.insert(MessageIdentity(batch[0].message))
    while batch.count < batchLimit, try hasNext(), provider.batchKey(of: page[position].message) == key,
      identities.insert(MessageIdentity(page[position].message)).inserted
    {
      batch.append(take())
    }
    return batch
  }

  /// Whether there is a next message; if so, it is in the page.
  private mutating func hasNext() throws(LedgerError) -> Bool {
    if position == page.count {
      page = try queue.planned(after: lastRow, limit: Self.pageSize)
      position = 0
      lastRow = page.last?.row ?? lastRow
    }
    return position < page.count
  }

  private mutating func take() -> JobMessage {
    position += 1
    return page[position - 1]
  }
}

/// Requests that certainly were not processed, waiting for their next attempt, in the order of their rows.
struct RetryQueue {
  private static let capacity = 256

  private var requests: [PendingRequest] = []

  var isEmpty: Bool { requests.isEmpty }

  /// Whether there is no room for another failed request.
  var isFull: Bool { requests.count >= Self.capacity }

  /// When the next may start, or the first in the queue if only that one may be tried; nil if none is waiting.
  func nextDue(onlyFirst: Bool) -> Duration? {
    onlyFirst ? requests.first?.due : requests.map(\.due).min()
  }

  /// Removes and returns a request that is due.
  mutating func popDue(at now: Duration, onlyFirst: Bool) -> PendingRequest? {
    let candidates = onlyFirst ? requests.prefix(1) : requests[...]
    return candidates.firstIndex { $0.due <= now }.map { requests.remove(at: $0) }
  }

  mutating func add(_ request: PendingRequest) {
    let place = requests.firstIndex { $0.rows[0] > request.rows[0] } ?? requests.endIndex
    requests.insert(request, at: place)
  }
}

/// Lists the requests that would send planned messages, batched as in a real run.
public struct RequestPreview {
  private let provider: any Provider
  private var source: RequestSource

  /// `next` returns the messages in order, nil at the end; the requests are shown with `credentials`.
  public init(
    _ provider: any Provider, _ options: DispatchOptions, _ credentials: Credentials,
    next: @escaping () throws(LedgerError) -> JobMessage?
  ) {
    self.provider = provider
    source = RequestSource(
      PlannedQueue(next), provider: provider, credentials, batchLimit: options.batchLimit(of: provider), orders: nil)
  }

  /// The next request; nil at the end.
  public mutating func next() throws(LedgerError) -> HTTPRequest? {
    try source.next()?.call.request
  }
}

/// Messages that are shown but not sent.
private final class PlannedQueue: MessageQueue {
  private let next: () throws(LedgerError) -> JobMessage?
  /// Set once `next` has returned nil, as it must not be called again.
  private var isAtEnd = false

  init(_ next: @escaping () throws(LedgerError) -> JobMessage?) {
    self.next = next
  }

  /// `row` is ignored, as pages are requested in order.
  func planned(after row: Int, limit: Int) throws(LedgerError) -> [JobMessage] {
    var page: [JobMessage] = []
    while page.count < limit, !isAtEnd {
      if let message = try next() { page.append(message) } else { isAtEnd = true }
    }
    return page
  }

  func apply(_ changes: RowChanges) {}
}

extension DispatchOptions {
  /// The maximum number of messages per request, 1 or more.
  func batchLimit(of provider: any Provider) -> Int {
    max(1, [batch, rate?.worthOfASecond, provider.batchLimit].compactMap(\.self).min() ?? 1)
  }
}
