import Application
import Configuration
import Delivery
import Ledger
import Messaging

extension SendingContext {
  /// Shows the requests that messages would leave with, where the user wants to see requests (`--dry-run --verbose`).
  /// Nothing is connected, and no secret is fetched: each is shown masked. `next` gives the messages, nil at the end.
  func showRequests(
    _ options: DispatchOptions, next: @escaping () throws(LedgerError) -> JobMessage?
  ) throws {
    guard context.isVerbose else { return }
    let trace = ExchangeTrace(context, hiding: .none)
    var preview = RequestPreview(
      try settings.makeProvider(context.inputs), options, try settings.maskedCredentials(context.inputs), next: next)
    while let request = try preview.next() { trace.show(.request(request, attempt: 1)) }
  }

  /// The same for a single call.
  func showRequest<Value>(_ call: APICall<Value>) throws {
    guard context.isVerbose else { return }
    let call = call.authorized(by: try settings.maskedCredentials(context.inputs))
    ExchangeTrace(context, hiding: .none).show(.request(call.request, attempt: 1))
  }
}
