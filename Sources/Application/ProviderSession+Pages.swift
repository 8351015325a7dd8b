import Messaging
import Output

extension ProviderSession {
  /// Prints the pages of a list as they arrive.
  ///
  /// If one of them fails, completes the document with what was already printed, and throws the error.
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
