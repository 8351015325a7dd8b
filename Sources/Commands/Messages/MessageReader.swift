import Application
import Configuration
import Messaging
import TextFormats

/// Reads all pages of the answer to a question about messages.
struct MessageReader {
  let session: ProviderSession
  let provider: any MessageReading
  /// Whether the limit of the question cut something off.
  private(set) var hasMore = false
  /// The ids asked for that the provider has no message of.
  private(set) var missing: [String] = []
  /// What the provider said to ids that it has no message of.
  private(set) var refusal: ProviderError?
  /// How many days back ids were looked for, where no time was given.
  private var days: Int?
  /// What the ledger is still to hear of.
  private var news: [MessageRecord] = []
  private static let mostNews = 5000

  init(_ session: ProviderSession, _ provider: any MessageReading) {
    self.session = session
    self.provider = provider
  }

  /// Asks; `report` sees each message as its page arrives.
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

  /// Asks, and waits for the whole answer.
  mutating func records(_ query: MessageQuery) throws -> [MessageRecord] {
    var records: [MessageRecord] = []
    try read(query) { records.append($0) }
    return records
  }

  /// Fails where the provider has no message of an id that was asked for.
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
  /// The provider has no messages of these ids, as far as it was searched: so many days, nil for all.
  static func noMessage(_ ids: [String], _ cause: String = "", days: Int?, _ provider: ProviderLabel) -> Failure {
    Failure(
      "not-found", .refused,
      "\(provider.title) has no \(ids.count == 1 ? "message" : "messages") \(ids.joined(separator: ", "))\(cause)",
      hint: days.map { "searched \(counted($0, "day")) back; use --since to search further back" }
        ?? "'sms log' lists messages sent from this machine",
      details: ErrorDetails(provider: provider.name))
  }
}
