import Messaging

extension SMSGateway {
  /// The script can't be asked for a number: everything since then is read, status by status.
  func historyQuestions(about numbers: [PhoneNumber], since: Timestamp) -> [HistoryQuestion] {
    statuses.map { HistoryQuestion(.gateway($0, since)) }
      + perhapsStatuses.map { HistoryQuestion(.gateway($0, since), refusalMeansNone: true) }
  }
}

/// The words for what went out that are seen in use.
private let statuses = ["Pending", "Sent", "Delivered", "Failed"]

/// Words of which it is not known whether the script has them; to one that it hasn't, it may say anything.
private let perhapsStatuses = ["Queued", "Scheduled", "Canceled"]

extension MessageQuery {
  fileprivate static func gateway(_ status: String, _ since: Timestamp) -> MessageQuery {
    var query = MessageQuery()
    query.status = .provider(status)
    query.since = since
    return query
  }
}
