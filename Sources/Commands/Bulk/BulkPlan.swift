import Application
import Delivery
import Ledger
import Messaging

/// The rows of a job after the whole input was read and checked.
struct BulkPlan {
  var rows: JobPlan
  var counts: JobCounts { rows.counts }
  /// What was made of characters that GSM 03.38 lacks, where that was wanted.
  var changes: GSMChanges

  /// The records of all rows, or those of one status, in the order of the input.
  func forEach(
    _ status: MessageStatus? = nil, _ body: (consuming MessageRecord) throws -> Void
  ) throws {
    let records = try rows.records(status)
    while let record = try records.next() { try body(record) }
  }

  /// The cost of the rows to send.
  func cost(at price: SegmentPrice?) throws -> SendingCost {
    var cost = SendingCost(price: price)
    try forEach(.planned) { (record) throws in cost.add(record) }
    return cost
  }
}
