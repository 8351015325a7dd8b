/// How much a provider bears, told by requests that surely were not processed ("come back later", or not reached).
///
/// Each of them halves the number of requests under way and each reply adds one, as TCP does (RFC 5681). Several in a
/// row, and only the first request in line is tried, one attempt after the other: a dead provider sees about ten
/// attempts and not every row's retries.
struct ProviderHealth {
  private static let suspicious = 5
  private static let hopeless = 10

  private let limit: Int
  private var window: Int
  private var failuresInARow = 0

  /// `limit` is the most requests under way that the user wants, 1 or more.
  init(limit: Int) {
    self.limit = limit
    window = limit
  }

  /// The most requests that may be under way now.
  var slots: Int { isProbing ? 1 : window }

  /// Whether the provider may be gone, so that one request has to find out.
  var isProbing: Bool { failuresInARow >= Self.suspicious }

  /// Whether nothing is to be hoped for any more, once a request has used its retries up.
  var isHopeless: Bool { failuresInARow >= Self.hopeless }

  /// A reply came, whatever it says.
  mutating func noteReply() {
    failuresInARow = 0
    window = min(limit, window + 1)
  }

  /// A request surely was not processed.
  mutating func noteFailure() {
    failuresInARow += 1
    window = max(1, window / 2)
  }
}
