import Messaging

/// Finds out from a provider's history which messages of unknown outcome were taken.
///
/// A message is taken for one of the history with the same number and text that belongs to no other message we know
/// of. Where the history tells no text, the number alone has to do; where it names no message either, but only what
/// became of the last to a number, that counts as long as we know of no other to it.
public struct HistoryMatch {
  /// What the history says of a message.
  public enum Finding: Hashable, Sendable {
    /// It was taken; the record is the history's.
    case taken(MessageRecord)
    /// The provider surely does not have it.
    case missing
    /// Something is there that may be it.
    case unclear
  }

  private var unclaimed: [String: [MessageRecord]]

  /// `history` is all that went out since shortly before the messages left; `isKnown` tells ids that belong to others.
  public init(_ history: [MessageRecord], isKnown: (String) throws -> Bool) rethrows {
    let foreign = try history.filter { record in
      guard record.direction == .out, record.to != nil else { return false }
      return try record.id.map { try !isKnown($0) } ?? true
    }
    unclaimed = Dictionary(grouping: foreign) { Self.key(of: $0.to ?? "") }
  }

  /// What is to be found of a message; each of the history is found once. `isOnlyOne` tells whether we know of no other
  /// message to the number.
  public mutating func finding(to number: PhoneNumber, body: String, isOnlyOne: Bool) -> Finding {
    let key = Self.key(of: number.e164)
    let candidates = unclaimed[key] ?? []
    if let index = candidates.firstIndex(where: { Self.isMessage($0, number, body) }) {
      guard candidates[index].id != nil || isOnlyOne else { return .unclear }
      return .taken(unclaimed[key]?.remove(at: index) ?? candidates[index])
    }
    // The provider may write numbers and texts in a way of its own.
    return candidates.contains { Self.mayBeMessage($0, body) } ? .unclear : .missing
  }

  private static func isMessage(_ record: MessageRecord, _ number: PhoneNumber, _ body: String) -> Bool {
    let sameText = record.body.map { Array($0.utf8) == Array(body.utf8) } ?? true
    return digits(of: record.to ?? "") == digits(of: number.e164) && sameText
  }

  private static func mayBeMessage(_ record: MessageRecord, _ body: String) -> Bool {
    record.body.map { visible($0) == visible(body) } ?? true
  }

  /// Numbers that may be the same, however they are written, have the same last seven digits.
  private static func key(of number: String) -> String { String(digits(of: number).suffix(7)) }

  private static func digits(of number: String) -> String { number.filter { $0.isASCII && $0.isNumber } }

  private static func visible(_ text: String) -> String { text.filter { !$0.isWhitespace } }
}
