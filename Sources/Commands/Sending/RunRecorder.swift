import Application
import Configuration
import Delivery
import Ledger
import Messaging

/// Records in the ledger what a command other than `bulk` sends. Where that can't be done the command goes on, and says
/// so once.
final class RunRecorder {
  private let context: Context
  private let log: Result<RunLog, LedgerError>
  private var hasFailed = false

  /// Opens the ledger, for which there is time while libcurl is loading; what is wrong with it is said once it matters.
  init(_ context: Context, _ settings: Settings, _ capability: Capability) {
    self.context = context
    do throws(LedgerError) {
      let (provider, profile) = (settings.descriptor.name, settings.profile?.name)
      log = .success(
        RunLog(try context.ledger(), command: capability.command, provider: provider, profile: profile))
    } catch {
      log = .failure(error)
    }
  }

  /// Notes messages that are about to leave; each has its `row`.
  func claim(_ records: [MessageRecord]) {
    record(records) { (log) throws(LedgerError) in try log.claim(records) }
  }

  /// Notes what became of them.
  func settle(_ records: [MessageRecord]) {
    record(records) { (log) throws(LedgerError) in try log.settle(records) }
  }

  /// Notes that the requests of these rows surely were not processed.
  func release(_ rows: [Int]) {
    record(rows) { (log) throws(LedgerError) in try log.release(rows) }
  }

  private func record(_ changes: [some Any], _ body: (RunLog) throws(LedgerError) -> Void) {
    guard !changes.isEmpty, !hasFailed else { return }
    do throws(LedgerError) {
      try body(try log.get())
    } catch {
      hasFailed = true
      context.note("warning: this run is not recorded: \(error.message)")
    }
  }
}

/// A few messages in memory, recorded as they leave and are settled: rows 1, 2, 3…
final class RecordedMessages: MessageQueue {
  private let messages: [OutgoingMessage]
  private let list: MessageList
  private let recorder: RunRecorder

  init(_ messages: [OutgoingMessage], _ recorder: RunRecorder) {
    self.messages = messages
    self.recorder = recorder
    list = MessageList(messages)
  }

  func planned(after row: Int, limit: Int) -> [PlannedMessage] {
    list.planned(after: row, limit: limit)
  }

  func apply(_ changes: RowChanges) {
    recorder.settle(changes.settled)
    recorder.release(changes.released)
    recorder.claim(
      changes.claimed.map { row in
        var record = MessageRecord(messages[row - 1])
        record.row = row
        return record
      })
  }
}
