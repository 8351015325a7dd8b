import Application
import Configuration
import Messaging
import TextFormats

/// Reads all pages of messages that match a query.
struct MessageReader {
  let session: ProviderSession
  let provider: any MessageReading
  /// Whether the query's limit left out messages.
  private(set) var hasMore = false
  /// The requested IDs that the provider has no message for.
  private(set) var missing: [String] = []
  /// The provider's first refusal of an ID that it has no message for.
  private(set) var refusal: ProviderError?
  /// How many days back IDs were searched for, if no time was given.
  private var days: Int?
  /// Records that haven't been written to the ledger yet.
  private var news: [MessageRecord] = []
  private static let mostNews = 5000

  init(_ session: ProviderSession, _ provider: any MessageReading) {
    self.session = session
    self.provider = provider
  }

  /// Reads all pages; calls `report` with each message when its page arrives.
  mutating func read(
    _ query: MessageQuery, report: (MessageRecord) throws -> Void
  ) throws {
    var pager = provider.pages(of: query, now: session.context.environment.now())
    defer { keepNews() }
    while let call = pager.next {
      let records = pager.take(try session.ask(call))
      news += records
      if news.count > Self.mostNews { keepNews() }
      for record in records { try report(session.settings.completed(record)) }
    }
    days = query.since == nil ? provider.lookupDays : nil
    hasMore = pager.hasMore
    missing = pager.missingIDs
    refusal = pager.refusals.first
  }

  private mutating func keepNews() {
    session.keepStatuses(news)
    news = []
  }

  /// Reads all pages and returns the messages.
  mutating func records(_ query: MessageQuery) throws -> [MessageRecord] {
    var records: [MessageRecord] = []
    try read(query) { records.append($0) }
    return records
  }

  /// Throws if the provider has no message for a requested ID.
  func check() throws {
    guard !missing.isEmpty else { return }
    let provider = session.settings.label
    let cause = refusal.map { ": \($0.message)" } ?? ""
    var failure = Failure.noMessage(missing, cause, days: days, provider)
    failure.details.code = refusal?.code
    failure.details.httpStatus = refusal?.httpStatus
    throw failure
  }
}

extension Failure {
  /// The provider has no messages with these IDs in the last `days` days; nil if all days were searched.
  static func noMessage(_ ids: [String], _ cause: String = "", days: Int?, _ provider: ProviderLabel) -> Failure {
    Failure(
      "not-found", .refused,
      "\(provider.title) has no \(ids.count == 1 ? "message" : "messages") \(ids.joined(separator: ", "))\(cause)",
      hint: days.map { "searched \(counted($0, "day")) back; use --since to search further back" }
        ?? "'sms log' lists messages sent from this machine",
      details: ErrorDetails(provider: provider.name))
  }
}
