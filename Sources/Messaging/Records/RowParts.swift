/// Which rows of an input have several numbers in one cell. Each number is a message of its own, so from the first
/// such row on, the position of a message in a job differs from its row number.
public struct RowParts: Hashable, Sendable {
  /// A row with several numbers.
  public struct Split: Hashable, Sendable {
    /// The position of its first message.
    public var first: Int
    public var row: Int
    /// 2 or more.
    public var count: Int
  }

  public private(set) var splits: [Split] = []
  /// How far positions are ahead of row numbers so far.
  public private(set) var surplus = 0

  public init() {}

  /// Adds a row with `count` numbers, 2 or more; rows are added in order.
  public mutating func note(row: Int, count: Int) {
    splits.append(Split(first: row + surplus, row: row, count: count))
    surplus += count - 1
  }

  /// The row of the message at a position, and which of several in its cell it is, from 1.
  public func origin(of place: Int) -> (row: Int, part: Int?) {
    guard let split = split(before: place) else { return (place, nil) }
    let index = place - split.first
    return index < split.count ? (split.row, index + 1) : (split.row + index - split.count + 1, nil)
  }

  /// The last split whose first message is at or before a position.
  private func split(before place: Int) -> Split? {
    var (lower, upper) = (0, splits.count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if splits[middle].first <= place { lower = middle + 1 } else { upper = middle }
    }
    return lower > 0 ? splits[lower - 1] : nil
  }

  /// The record to show, with the row of the input instead of the position.
  public func shown(_ record: consuming MessageRecord) -> MessageRecord {
    guard !splits.isEmpty, let place = record.row else { return record }
    (record.row, record.part) = origin(of: place)
    return record
  }
}

extension RowParts {
  /// As stored in the ledger, such as `3:2 7:4`: rows 3 and 7 have two and four numbers. Nil if no row has several.
  public var text: String? {
    splits.isEmpty ? nil : splits.map { "\($0.row):\($0.count)" }.joined(separator: " ")
  }

  /// Reads the output of `text`; nil for anything else.
  public init?(text: String) {
    for part in text.split(separator: " ") {
      let numbers = part.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 2, let row = numbers[0], let count = numbers[1], count > 1, row > splits.last?.row ?? 0
      else { return nil }
      note(row: row, count: count)
    }
  }
}
