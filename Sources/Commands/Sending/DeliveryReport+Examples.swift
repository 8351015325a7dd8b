import Application
import Delivery
import Ledger
import Messaging
import TextFormats

extension DeliveryReport {
  /// One for each way in which a run can be incomplete, and for each way to continue.
  static func examples(_ provider: ProviderLabel, _ job: JobReference) -> [ExampleMessage] {
    let ways: [Continuation?] = [
      nil, .job(JobLabel(reference: job, canReconcile: true)), .job(JobLabel(reference: job, canReconcile: false)),
      .sameCommand(canReconcile: true), .sameCommand(canReconcile: false),
    ]
    let refusal = MessageError(code: "7", message: "invalid number")
    let mixed = ways.map { DeliveryReport(counts(4, 2, 1, 3), $0, provider, refusal) }
    let alone = (1...3).flatMap { [counts(0, $0, 0, 0), counts(0, 0, $0, 0)] }.map {
      DeliveryReport($0, nil, provider)
    }
    let interrupted = (1...3).map { DeliveryReport(counts(0, 0, 0, $0), ways[1], provider, stop: .signal(2)) }
    var waited = DeliveryReport(counts(2, 0, 0, 0), nil, provider, stop: .signal(15))
    waited.waiting = "'sms status 4 5 --wait'"
    let credentials = ProviderError(.credentials, message: "the provider refused the credentials")
    let refused = DeliveryReport(counts(4, 0, 0, 3), ways[1], provider, stop: .refused(credentials))
    return (mixed + alone + interrupted + [waited, refused]).compactMap(\.example) + [unrecorded]
  }

  private var example: ExampleMessage? { caught { try check() }.map { ExampleMessage($0) } }

  private init(
    _ counts: JobCounts, _ way: Continuation?, _ provider: ProviderLabel, _ refusal: MessageError? = nil,
    stop: StopReason? = nil
  ) {
    var result = DispatchResult()
    if let stop { result.stops = [stop] }
    self.init(result: result, counts: counts, firstRefusal: refusal, makeProvider: { provider }, continuation: way)
  }

  private static func counts(_ sent: Int, _ failed: Int, _ unknown: Int, _ pending: Int) -> JobCounts {
    var counts = JobCounts()
    (counts.accepted, counts.failed, counts.unknown, counts.planned) = (sent, failed, unknown, pending)
    return counts
  }

  private static var unrecorded: ExampleMessage {
    var record = MessageRecord(status: .sent)
    (record.row, record.to, record.id) = (7, "+15550100001", "4")
    let path = "/home/ada/.local/state/sms/ledger.db"
    let error = LedgerError(.write, code: 13, reason: "database or disk is full", path: path)
    return ExampleMessage(Failure(error, unrecorded: [record]))
  }
}
