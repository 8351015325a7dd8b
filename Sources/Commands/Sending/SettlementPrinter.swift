import Application
import Delivery
import Messaging

/// Prints messages as they are settled, and keeps what the end of the command needs to know of them.
final class SettlementPrinter {
  /// The error of the first message that failed.
  private(set) var firstRefusal: MessageError?
  private let printer: RecordPrinter<MessageRecord>
  /// Whether rows are numbers that the user knows, as those of a file are.
  private let showsRows: Bool
  private var failure: (any Error)?

  /// `showsRows` is for jobs of a file.
  init(_ context: Context, showsRows: Bool = false) throws {
    printer = try context.printer(of: MessageRecord.self)
    self.showsRows = showsRows
  }

  /// Prints settled messages; no further ones are to be started when they can't be printed.
  func report(_ records: [MessageRecord]) -> ReportVerdict {
    if firstRefusal == nil { firstRefusal = records.first { $0.status == .failed }?.error }
    print(records)
    return failure == nil ? .goOn : .stop
  }

  /// Prints messages; a failure shows in `finish`.
  func print(_ records: [MessageRecord]) {
    guard failure == nil else { return }
    var records = records
    if !showsRows { for index in records.indices { records[index].row = nil } }
    do {
      try printer.print(records)
    } catch {
      failure = error
    }
  }

  /// Completes the document.
  func finish() throws {
    if let failure { throw failure }
    try printer.finish()
  }
}
