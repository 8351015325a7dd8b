import Messaging

/// Some histories tell the day of a message only. Asked for a part of that day, they tell more.
extension History {
  /// The first second, by the provider's clock, in which what left then can have arrived.
  func earliestArrival(of leftAt: Timestamp) -> Timestamp {
    // Times are cut to seconds on both sides.
    leftAt.adding(seconds: (clock?.seconds.lowerBound ?? 0) - 2)
  }

  /// Where to cut the time, so that its parts tell whether a message that may be one of these is older than it; in order.
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

  /// Takes in what the parts of the time hold, each from its `since` on. An entry in several of them isn't placed: who
  /// answered so doesn't heed what was asked.
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
      // Only that it isn't older is believed: that it is would make messages missing.
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
