/// How much a provider bears, told by requests that surely were not processed ("come back later", or not reached).
///
/// Each of them halves the number of requests under way and each reply adds one, as TCP does (RFC 5681). Several in a
/// row, and only the first request in line is tried, one attempt after the other: a dead provider sees about ten
/// attempts and not every row's retries.
struct ProviderHealth {
  private static let suspicious = 5
  private static let hopeless = 10

  private let limit: Int
  /// The most requests that may be under way now.
  private(set) var slots: Int
  private var failuresInARow = 0

  /// `limit` is the most requests under way that the user wants, 1 or more.
  init(limit: Int) {
    self.limit = limit
    slots = limit
  }

  /// Whether the provider may be gone, so that one request has to find out.
  var isProbing: Bool { failuresInARow >= Self.suspicious }

  /// Whether nothing is to be hoped for any more, once a request has used its retries up.
  var isHopeless: Bool { failuresInARow >= Self.hopeless }

  /// A reply came, whatever it says.
  mutating func noteReply() {
    failuresInARow = 0
    slots = min(limit, slots + 1)
  }

  /// A request surely was not processed.
  mutating func noteFailure() {
    failuresInARow += 1
    slots = max(1, slots / 2)
  }
}
