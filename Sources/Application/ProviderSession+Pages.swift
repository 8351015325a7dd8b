import Messaging
import Output

extension ProviderSession {
  /// Prints the pages of an answer as they come.
  ///
  /// Where one of them fails, the document is completed with what came before, and the failure is thrown.
  package func print<Printed: Record>(
    _ pager: inout Pager<Printed>, to printer: RecordPrinter<Printed>
  ) throws {
    do {
      while let call = pager.next {
        for record in pager.take(try ask(call)) { try printer.print(record) }
      }
    } catch {
      try printer.finishWhatBegan()
      throw error
    }
    try printer.finish()
  }
}
