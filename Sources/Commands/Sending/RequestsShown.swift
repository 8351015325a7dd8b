import Application
import Configuration
import Delivery
import Ledger
import Messaging

extension SendingContext {
  /// Prints the requests for messages, for `--dry-run --verbose`. Makes no connection and reads no secrets: they
  /// are shown masked. `next` returns the messages, and nil at the end.
  func showRequests(
    _ options: DispatchOptions, next: @escaping () throws(LedgerError) -> JobMessage?
  ) throws {
    guard context.isVerbose else { return }
    let trace = ExchangeTrace(context, hiding: .none)
    var preview = RequestPreview(
      try settings.makeProvider(context.inputs), options, try settings.maskedCredentials(context.inputs), next: next)
    while let request = try preview.next() { trace.show(.request(request, attempt: 1)) }
  }

  /// Prints the request of a single call, with `--verbose`.
  func showRequest<Value>(_ call: APICall<Value>) throws {
    guard context.isVerbose else { return }
    let call = call.authorized(by: try settings.maskedCredentials(context.inputs))
    ExchangeTrace(context, hiding: .none).show(.request(call.request, attempt: 1))
  }
}
