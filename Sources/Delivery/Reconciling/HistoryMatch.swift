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

  /// `history` is all that went out since shortly before the messages left, a message that came up more than once as it
  /// was last; `isKnown` tells ids that belong to others.
  public init(_ history: [MessageRecord], isKnown: (String) throws -> Bool) rethrows {
    let latest = Dictionary(history.enumerated().map { ($1.id, $0) }, uniquingKeysWith: max)
    let foreign = try history.enumerated().filter { index, record in
      guard record.direction == .out, record.to != nil else { return false }
      return try record.id.map { try latest[$0] == index && !isKnown($0) } ?? true
    }
    unclaimed = Dictionary(grouping: foreign.map(\.element)) { Self.key(of: $0.to ?? "") }
  }

  /// What is found of messages, in their order; each of the history is found once.
  public mutating func findings(of messages: [Sought]) -> [Finding] {
    // What is found as it was sent can't be mistaken for another one any more.
    let certain = messages.map { take($0) }
    return zip(messages, certain).map { message, finding in
      finding ?? (mayHold(message) ? .unclear : .missing)
    }
  }

  /// Nil where nothing is just like it.
  private mutating func take(_ message: Sought) -> Finding? {
    let key = Self.key(of: message.number.e164)
    guard let candidates = unclaimed[key], let index = candidates.firstIndex(where: message.isSame) else { return nil }
    guard candidates[index].id != nil || message.isOnlyOne else { return .unclear }
    unclaimed[key]?.remove(at: index)
    return .taken(candidates[index])
  }

  /// Whether something is left that may be the message: the provider may write numbers and texts in a way of its own.
  private func mayHold(_ message: Sought) -> Bool {
    unclaimed[Self.key(of: message.number.e164), default: []].contains(where: message.mayBe)
  }

  /// Numbers that may be the same, however they are written, have the same last seven digits.
  private static func key(of number: String) -> String { String(digits(of: number).suffix(7)) }
}

extension HistoryMatch {
  /// A message of unknown outcome.
  public struct Sought: Sendable {
    var number: PhoneNumber
    var body: String
    /// Whether we know of no other message to the number.
    var isOnlyOne: Bool

    public init(number: PhoneNumber, body: String, isOnlyOne: Bool) {
      self.number = number
      self.body = body
      self.isOnlyOne = isOnlyOne
    }

    fileprivate func isSame(_ record: MessageRecord) -> Bool {
      hasNumber(of: record) && record.body.map { Array($0.utf8) == Array(body.utf8) } ?? true
    }

    /// Something else to the same number may be it with a text that was changed, such as one without its emoji.
    fileprivate func mayBe(_ record: MessageRecord) -> Bool {
      hasNumber(of: record) || record.body.map { visible($0) == visible(body) } ?? true
    }

    private func hasNumber(of record: MessageRecord) -> Bool {
      digits(of: record.to ?? "") == digits(of: number.e164)
    }
  }
}

private func digits(of number: String) -> String { number.filter { $0.isASCII && $0.isNumber } }

private func visible(_ text: String) -> String { text.filter { !$0.isWhitespace } }
