import Delivery
import Messaging

/// Prints messages as they are settled, and keeps what the end of the command needs to know of them.
final class SettlementPrinter {
  /// The rows that were settled.
  private(set) var rows: Set<Int> = []
  /// The error of the first message that failed.
  private(set) var firstRefusal: MessageError?
  private let printer: RecordPrinter<MessageRecord>
  /// Whether rows are numbers that the user knows, as those of a file are.
  private let showsRows: Bool
  private let keepsRows: Bool
  private var failure: CommandError?

  /// `showsRows` is for jobs of a file, whose rows may be too many to keep in mind.
  init(_ context: Context, showsRows: Bool = false) throws(CommandError) {
    printer = try context.printer(of: MessageRecord.self)
    self.showsRows = showsRows
    keepsRows = !showsRows
  }

  /// Prints a settled message; no further ones are to be started when it can't be printed.
  func report(_ record: MessageRecord) -> ReportVerdict {
    if keepsRows, let row = record.row { rows.insert(row) }
    if record.status == .failed, firstRefusal == nil { firstRefusal = record.error }
    print(record)
    return failure == nil ? .goOn : .stop
  }

  /// Prints a message; a failure shows in `finish`.
  func print(_ record: MessageRecord) {
    guard failure == nil else { return }
    var record = record
    if !showsRows { record.row = nil }
    do {
      try printer.print(record)
    } catch {
      failure = error
    }
  }

  /// Completes the document.
  func finish() throws(CommandError) {
    if let failure { throw failure }
    try printer.finish()
  }
}
