import Messaging
import TextFormats

extension SMSGateway {
  /// The script can't be asked about a number, so everything since then is read, status by status.
  func historyQuestions(
    about numbers: [PhoneNumber], since: Timestamp, statuses: Set<String>
  ) -> [HistoryQuestion] {
    let known = Set(gatewayStatuses.map { $0.lowercased() })
    let others = statuses.filter { !known.contains($0.lowercased()) && $0.lowercased() != "received" }
    return (gatewayStatuses + others.sorted()).map { history(of: $0, since: since) }
  }

  private func history(of status: String, since: Timestamp) -> HistoryQuestion {
    var query = MessageQuery()
    (query.status, query.since) = (.provider(status), since)
    let (request, zone) = (request("read-messages.php", query.statusFields), settings.timeZone)
    return HistoryQuestion(status) { _ in
      APICall(request: request) { response throws(ProviderError) in
        let rows = try SMSGatewayReply.history(in: response)
        let messages = rows.map { SMSGatewayMessage(row: $0, zone: zone) }
        let entries = messages.filter { !$0.isReceived }.map(\.historyEntry)
        let rest = try SMSGatewayReply.rest(beyond: rows.count, in: response)
        return HistoryPage(entries, total: rest == 0 ? .onePage : .rows(rest.map { entries.count + $0 }))
      }
    }
  }
}

/// The words for outgoing messages, in the order in which a message goes through them: asked in this order, a message
/// that changes status in the meantime is not missed. It is unknown whether the script has most of them, and where
/// "Queued" belongs.
private let gatewayStatuses = [
  "Scheduled", "Queued", "Pending", "Queued", "Processing", "Sending", "Sent", "Delivered", "Undelivered", "Failed",
  "Rejected", "Expired", "Canceled", "Cancelled",
]

extension SMSGatewayMessage {
  /// Whether it is an incoming message.
  fileprivate var isReceived: Bool { record().status == .received }

  fileprivate var historyEntry: HistoryEntry {
    HistoryEntry(record(), number: row["number"]?.text, time: date.map { $0...$0 })
  }
}
