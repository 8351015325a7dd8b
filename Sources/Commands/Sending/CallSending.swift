import Application
import Delivery
import Messaging

/// Sends by calls that may be about many messages each, one after the other, and keeps what became of them.
struct CallSending {
  private let session: ProviderSession
  private let report: Dispatcher.Report
  private(set) var result = DispatchResult()
  /// What stands for calls that were not carried out.
  private(set) var unsent: [MessageRecord] = []
  private let recorder: RunRecorder
  private var lastRow = 0

  /// `report` sees the messages that each answer names.
  init(_ session: ProviderSession, report: @escaping Dispatcher.Report) {
    self.session = session
    self.report = report
    recorder = RunRecorder(session.context, session.settings, session.capability)
  }

  /// Carries out a call, unless there was a reason to stop; `placeholder` stands for its messages where no answer
  /// names them.
  mutating func send(_ call: APICall<[MessageRecord]>, about placeholder: MessageRecord) {
    stopIfAsked()
    guard result.stops.isEmpty else { return unsent.append(session.settings.completed(placeholder)) }
    var placeholder = placeholder
    placeholder.row = newRow()
    recorder.claim([placeholder])
    do {
      settle(try session.send(call), of: placeholder)
      stopIfAsked()
    } catch {
      stopIfAsked()
      settle(placeholder, error)
    }
  }

  private mutating func newRow() -> Int {
    lastRow += 1
    return lastRow
  }

  /// The first of the messages that an answer names takes the placeholder's place.
  private mutating func settle(_ records: [MessageRecord], of placeholder: MessageRecord) {
    var records = records
    for index in records.indices { records[index].row = index == 0 ? placeholder.row : newRow() }
    if records.isEmpty { recorder.release([placeholder.row ?? 0]) }
    recorder.settle(records)
    for record in records { result.tally.count(record.status) }
    if report(records.map { session.settings.completed($0) }) == .stop { result.stops.append(.reportingEnded) }
  }

  private mutating func settle(_ placeholder: MessageRecord, _ error: CallError) {
    switch error {
    case .signing(let error): leave(placeholder, .signing(error))
    case .provider(let error):
      switch error.kind {
      case .refused: settle([placeholder.settled(.failed, error)], of: placeholder)
      case .timedOut, .untrusted: settle([placeholder.settled(.unknown, error)], of: placeholder)
      case .credentials, .noCredit: leave(placeholder, .refused(error))
      case .unreachable, .busy: leave(placeholder, .unavailable(error))
      }
    }
  }

  private mutating func leave(_ placeholder: MessageRecord, _ reason: StopReason) {
    recorder.release([placeholder.row ?? 0])
    unsent.append(session.settings.completed(placeholder))
    result.stops.append(reason)
  }

  private mutating func stopIfAsked() {
    if let signal = session.signal, result.stops.isEmpty { result.stops.append(.signal(signal)) }
  }
}

extension MessageRecord {
  fileprivate func settled(_ status: MessageStatus, _ error: ProviderError) -> MessageRecord {
    var record = self
    record.status = status
    record.error = MessageError(code: error.code, message: error.message)
    return record
  }
}
