import Delivery
import Ledger
import Messaging

/// The rows of a job after the whole input was read and checked.
struct BulkPlan {
  var rows: JobRows
  var counts: PlanCounts

  /// The records of all rows, or those of one status, in the order of the input.
  func forEach(
    _ status: MessageStatus? = nil, _ body: (consuming MessageRecord) throws(CommandError) -> Void
  ) throws(CommandError) {
    var cursor = rows.cursor(status: status)
    while let row = try CommandError.wrap({ () throws(LedgerError) in try cursor.next() }) {
      try body(row.record)
    }
  }
}
