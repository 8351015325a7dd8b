import Application
import Ledger
import Messaging

extension BulkRun {
  /// Has what is left of the job be within what the user allows and wants.
  func admit(_ control: CostControl) throws {
    let left = statusesToSend.reduce(0) { $0 + ($1 == .planned ? job.counts.planned : job.counts.unknown) }
    try control.admit(left, stop: session.calls.stop) { () throws in
      var cost = SendingCost(price: options.cost.price)
      for status in statusesToSend {
        try forEachPage(of: status) { page in
          for row in page { cost.add(row.record) }
        }
      }
      return cost
    }
  }

  /// Those of the rows that may be sent: unknown ones, too, where the user wants that.
  private var statusesToSend: [MessageStatus] {
    options.job.retriesUnknown || options.job.reconciles ? [.planned, .unknown] : [.planned]
  }
}
