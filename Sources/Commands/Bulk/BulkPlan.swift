import Application
import Delivery
import Ledger
import Messaging

/// The rows of a job after the whole input was read and checked.
struct BulkPlan {
  var rows: JobPlan
  var counts: JobCounts { rows.counts }
  /// The replacements of characters that GSM 03.38 lacks, if requested.
  var changes: GSMChanges

  /// Calls `body` for the records of all rows, or of those with one status, in input order.
  func forEach(
    _ status: MessageStatus? = nil, _ body: (consuming MessageRecord) throws -> Void
  ) throws {
    let records = try rows.records(status)
    while let record = try records.next() { try body(record) }
  }

  /// The cost of the planned rows.
  func cost(at price: SegmentPrice?) throws -> SendingCost {
    var cost = SendingCost(price: price)
    try forEach(.planned) { (record) throws in cost.add(record) }
    return cost
  }
}
