import Ledger
import Messaging

/// Goes through the requests that planned messages would leave with, in the batches of a run.
public struct RequestPreview {
  private let provider: any Provider
  private var source: RequestSource

  /// `next` gives the messages in their order, nil at the end; `credentials` are what the requests are shown with.
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

/// Messages that are only looked at.
private final class PlannedQueue: MessageQueue {
  private let next: () throws(LedgerError) -> JobMessage?
  /// Nobody may be asked again who has said that there are no more.
  private var isAtEnd = false

  init(_ next: @escaping () throws(LedgerError) -> JobMessage?) {
    self.next = next
  }

  /// Whatever the row: they are asked for one page after the other.
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
  /// The most messages of one request, 1 or more.
  func batchLimit(of provider: any Provider) -> Int {
    max(1, [batch, rate?.worthOfASecond, provider.batchLimit].compactMap(\.self).min() ?? 1)
  }
}
