import Messaging

extension SMSGateway {
  /// The script can't be asked for a number: everything since then is read, status by status.
  func historyQuestions(about numbers: [PhoneNumber], since: Timestamp) -> [HistoryQuestion] {
    statuses.map { HistoryQuestion(.gateway($0.word, since), refusalMeansNone: !$0.isSeen) }
  }
}

/// The words for what goes out, in the order in which a message has them: asked in it, one that gets its next word
/// meanwhile is not missed.
///
/// Of those that were never seen it is not known whether the script has them, nor where "Queued" has its place; to a word
/// that it hasn't, it may say anything.
private let statuses: [(word: String, isSeen: Bool)] = [
  ("Scheduled", false), ("Queued", false), ("Pending", true), ("Queued", false), ("Sent", true), ("Delivered", true),
  ("Failed", true), ("Canceled", false),
]

extension MessageQuery {
  fileprivate static func gateway(_ status: String, _ since: Timestamp) -> MessageQuery {
    var query = MessageQuery()
    query.status = .provider(status)
    query.since = since
    return query
  }
}
