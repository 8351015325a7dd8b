import Messaging

/// Some histories give only the day of a message. Queries for part of that day narrow it down.
extension History {
  /// The earliest second, by the provider's clock, at which a request that left at `leftAt` can have arrived.
  func earliestArrival(of leftAt: Timestamp) -> Timestamp {
    // Both sides truncate times to seconds.
    leftAt.adding(seconds: (clock?.seconds.lowerBound ?? 0) - 2)
  }

  /// Where to split the period, in order, so that its parts show whether an entry like one of these messages is older.
  public func cuts(for messages: [SoughtMessage]) -> [Timestamp] {
    let days = Dictionary(grouping: entries.filter(\.isOfADay)) { HistoryNumber($0.number).key }
    let cuts = messages.compactMap { message -> Timestamp? in
      guard let leftAt = message.leftAt else { return nil }
      let arrival = earliestArrival(of: leftAt)
      let entries = days[HistoryNumber.key(of: message.number)] ?? []
      return entries.contains { $0.isLike(message) && $0.mayBeBefore(arrival) } ? arrival : nil
    }
    return Set(cuts).sorted()
  }

  /// Adds what the parts of the period show; each part begins at its `since`. An entry in several parts is not
  /// narrowed down: the provider ignored the period asked for.
  public mutating func place(by parts: [History]) {
    var starts: [String: [Timestamp]] = [:]
    for part in parts {
      for id in Set(part.entries.compactMap(\.record.id)) {
        if let since = part.since { starts[id, default: []].append(since) }
      }
    }
    for index in entries.indices where entries[index].isOfADay {
      guard let id = entries[index].record.id, let time = entries[index].time, let start = starts[id],
        start.count == 1, time.contains(start[0])
      else { continue }
      // Believe only that an entry is not older: believing that it is would make messages count as missing.
      entries[index].time = start[0]...time.upperBound
    }
  }
}

extension HistoryEntry {
  fileprivate var isOfADay: Bool { time.map { $0.lowerBound < $0.upperBound } ?? false }

  fileprivate func mayBeBefore(_ moment: Timestamp) -> Bool {
    time.map { $0.lowerBound < moment && moment <= $0.upperBound } ?? false
  }

  fileprivate func isLike(_ message: SoughtMessage) -> Bool {
    NumberResemblance(number, to: message.number) == .same && TextResemblance(record.body, to: message.body) == .same
  }
}
