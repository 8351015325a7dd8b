import Application
import Delivery
import Ledger
import Messaging
import TextFormats

/// The overall result of a run.
struct DeliveryReport {
  var result: DispatchResult
  /// The outcomes of all messages, including earlier runs.
  var counts: JobCounts
  /// The error of the first message that was refused individually.
  var firstRefusal: MessageError?
  /// Makes the provider's label, which only errors need.
  var makeProvider: () -> ProviderLabel
  /// How to continue with unknown or unsent messages; nil if that isn't possible.
  var continuation: NextStep?
  /// The command that continues waiting; nil if there was no waiting.
  var waiting: String?

  /// Throws if not everything was done.
  func check() throws {
    for stop in result.stops {
      // Once messages of the job have outcomes, those matter more.
      if case .signing(let error) = stop, counts.settled == 0 { throw error }
      if case .ledger(let error) = stop {
        if result.unrecorded.isEmpty { throw error }
        throw Failure(error, unrecorded: result.unrecorded)
      }
    }
    let code = ExitCode.worst(of: codes)
    guard code != .success else { return }
    throw failure(code)
  }

  private var provider: ProviderLabel { makeProvider() }

  private var codes: [ExitCode] {
    var codes = result.stops.compactMap(\.exitCode)
    if counts.unknown > 0 { codes.append(.unknown) }
    if counts.failed > 0 { codes.append(.refused) }
    if let error = result.givenUp { codes.append(error.exitCode) }
    return codes
  }

  private var cause: ProviderError? {
    for stop in result.stops {
      switch stop {
      case .refused(let error), .unavailable(let error): return error
      default: continue
      }
    }
    return result.givenUp ?? result.firstDoubt
      ?? firstRefusal.map { ProviderError(.refused, code: $0.code, message: $0.message) }
  }
}

extension StopReason {
  fileprivate var exitCode: ExitCode? {
    switch self {
    case .signal(let number): .signal(number)
    case .refused(let error), .unavailable(let error): error.exitCode
    case .tooManyFailures: .refused
    case .signing: .credentials
    case .reportingEnded, .ledger: nil
    }
  }
}

extension DeliveryReport {
  private func failure(_ code: ExitCode) -> Failure {
    Failure(
      kind(code), code, message(code), hint: hint,
      details: ErrorDetails(
        provider: provider.name, code: cause?.code, httpStatus: cause?.httpStatus,
        job: continuation?.job?.reference.name))
  }

  private func message(_ code: ExitCode) -> String {
    // The signal is the reason, not the provider.
    if case .signal(let number) = code {
      let reason = cause.map { "; \(provider.title): \($0.message)" } ?? ""
      return "\(Notes.signalWord(number)); \(counts.outcome(namesSent: true))\(reason)"
    }
    return
      "\(provider.title): \(counts.outcome(namesSent: false))\(cause.map { ": \($0.message)" } ?? "")"
  }

  private func kind(_ code: ExitCode) -> String {
    switch code {
    case .unknown: "unknown"
    case .signal: "interrupted"
    default: cause?.kindWord ?? "refused"
    }
  }

  private var hint: String? {
    let hints = [unknownHint, causeHint, pendingHint, waiting.map { "\($0) keeps waiting" }]
      .compactMap(\.self)
    return hints.isEmpty ? nil : hints.joined(separator: "; ")
  }

  /// General advice is left out if there is a way to continue.
  private var causeHint: String? {
    guard let cause else { return nil }
    switch cause.kind {
    case .busy, .timedOut, .untrusted: return unknownHint == nil && pendingHint == nil ? provider.hint(for: cause) : nil
    default: return provider.hint(for: cause)
    }
  }

  private var unknownHint: String? {
    guard counts.unknown > 0 else { return nil }
    return continuation?.unknownHint
      ?? "check with the provider before sending again; unknown messages may have arrived"
  }

  private var pendingHint: String? {
    guard counts.pending > 0 else { return nil }
    if counts.unknown > 0, let job = continuation?.job, job.canReconcile { return "either sends the rest" }
    let isRefused = result.stops.contains { $0.exitCode == .credentials }
    return continuation?.pendingHint(keepsCredentials: isRefused && counts.settled > 0)
  }
}

extension Failure {
  /// Outcomes that couldn't be written to the ledger: lists them, because otherwise only the provider would know.
  init(_ error: LedgerError, unrecorded records: [MessageRecord]) {
    let list = records.map { record in
      let row = record.row.map { "row \($0) " } ?? ""
      return "\(row)to \(record.to ?? "?") \(record.status.rawValue)\(record.id.map { ", id \($0)" } ?? "")"
    }
    self.init(
      "io", .io, "\(error.message); not recorded: \(list.joined(separator: "; "))",
      hint: "keep this line: 'sms log' will show these messages as unknown")
  }
}

extension DeliveryReport {
  /// One for each way in which a run can be incomplete, and for each way to continue.
  static func examples(_ provider: ProviderLabel, _ job: JobReference) -> [ExampleMessage] {
    let ways: [NextStep?] = [
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
    _ counts: JobCounts, _ way: NextStep?, _ provider: ProviderLabel, _ refusal: MessageError? = nil,
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
