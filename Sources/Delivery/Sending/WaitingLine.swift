/// Requests that surely were not processed, each waiting for its next attempt.
///
/// While the provider is in trouble (the last thing heard was "later", or nothing could be reached) only the first of
/// them is tried, and nothing else: a dead provider sees one probe at a time, and the job learns of it by one row's
/// retries instead of by every row's.
struct WaitingLine {
  var isTroubled = false
  private var shipments: [Shipment] = []

  var count: Int { shipments.count }

  /// Whether only the first in line may leave.
  var isProbing: Bool { isTroubled && !shipments.isEmpty }

  /// When the next may leave; nil when none waits.
  var nextDue: Duration? {
    isTroubled ? shipments.first?.due : shipments.map(\.due).min()
  }

  /// Puts a request in its place: by rows.
  mutating func add(_ shipment: Shipment) {
    let place = shipments.firstIndex { $0.firstRow > shipment.firstRow } ?? shipments.endIndex
    shipments.insert(shipment, at: place)
  }

  /// Takes out one whose time has come.
  mutating func popDue(at now: Duration) -> Shipment? {
    let candidates = isTroubled ? shipments.prefix(1) : shipments[...]
    return candidates.firstIndex { $0.due <= now }.map { shipments.remove(at: $0) }
  }
}
