import Ledger
import Messaging

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
