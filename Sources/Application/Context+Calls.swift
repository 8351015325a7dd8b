import Configuration
import Delivery
import HTTPTransport
import Messaging
import Platform

extension Context {
  /// What calls need from outside: the network, the user's wish to end, and how patient to be.
  package func calls(_ settings: Settings, _ credentials: Credentials) throws -> CallContext {
    let environment = environment
    let caFile = try settings.caFile(environment.configurationInputs)
    let signals = try environment.watchSignals()
    let options = TransportOptions(
      caFile: caFile, proxy: settings.string(CommonSettings.proxy.name), userAgent: "sms/\(Version.current)")
    let stop = StopSignal(descriptor: signals.descriptor, received: signals.received)
    let transport = try environment.makeTransport(options)
    var calls = CallContext(
      transport: transport, credentials: credentials, signer: RequestSigner(), stop: stop, timeout: settings.timeout,
      retries: settings.retries)
    if globals[GlobalOptions.verbose] {
      calls.trace = { [self, calls] event in ExchangeTrace(self, hiding: calls.mask).show(event) }
    }
    return calls
  }
}
