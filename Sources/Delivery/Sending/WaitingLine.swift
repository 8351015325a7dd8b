/// Requests that surely were not processed, each waiting for its next attempt; in the order of their rows.
struct WaitingLine {
  private static let capacity = 256

  private var shipments: [Shipment] = []

  var isEmpty: Bool { shipments.isEmpty }

  /// Whether it has no place for the next request that fails.
  var isFull: Bool { shipments.count >= Self.capacity }

  /// When the next may leave, or the first in line when only that one is to be tried; nil when none waits.
  func nextDue(onlyFirst: Bool) -> Duration? {
    onlyFirst ? shipments.first?.due : shipments.map(\.due).min()
  }

  /// Takes out one whose time has come.
  mutating func popDue(at now: Duration, onlyFirst: Bool) -> Shipment? {
    let candidates = onlyFirst ? shipments.prefix(1) : shipments[...]
    return candidates.firstIndex { $0.due <= now }.map { shipments.remove(at: $0) }
  }

  mutating func add(_ shipment: Shipment) {
    let place = shipments.firstIndex { $0.firstRow > shipment.firstRow } ?? shipments.endIndex
    shipments.insert(shipment, at: place)
  }
}
