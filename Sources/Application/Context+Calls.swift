import Configuration
import Delivery
import HTTPTransport
import Messaging
import Platform

extension Context {
  /// What provider calls need from outside: the transport, the stop signal, time limits, and notes about retries.
  package func calls(_ settings: Settings, _ credentials: Credentials) throws -> CallContext {
    let environment = environment
    let caFile = try settings.caFile(inputs)
    let stop = try environment.watchSignals()
    let options = transportOptions(settings, caFile: caFile)
    let transport = try environment.makeTransport(options)
    var calls = CallContext(
      transport: transport, credentials: credentials, signer: RequestSigner(), stop: stop,
      timeout: settings[CommonSettings.timeout], retries: settings[CommonSettings.retries])
    calls.noticeStop = { note(Notes.awaitingAnswer($0, of: settings.label)) }
    if globals[GlobalOptions.verbose] {
      calls.trace = { [self, calls] event in ExchangeTrace(self, hiding: calls.mask).show(event) }
    }
    let retries = RetryNotes(self)
    calls.noticeRetry = retries.note
    return calls
  }

  /// The CA certificates that the user configured with OpenSSL's variables, which `curl` reads too.
  package var namedCertificates: CertificatePlaces? {
    CertificatePlaces(file: inputs.variable("SSL_CERT_FILE"), folder: inputs.variable("SSL_CERT_DIR"))
  }

  /// How to connect to the profile's provider.
  package func transportOptions(_ settings: Settings, caFile: String?) -> TransportOptions {
    TransportOptions(
      caFile: caFile, certificates: namedCertificates, usesTLS: settings.baseURL.lowercased().hasPrefix("https:"),
      proxy: settings.string(CommonSettings.proxy.name), connectTimeout: settings[CommonSettings.connectTimeout],
      userAgent: "sms/\(Version.current)")
  }
}

/// Prints a note when a request is retried, but only one for requests that fail at the same time.
private final class RetryNotes {
  private static let shortestGap: Duration = .seconds(1)

  private let context: Context
  private var saidAt: Duration?

  init(_ context: Context) {
    self.context = context
  }

  func note(_ error: ProviderError, _ pause: Duration) {
    let now = context.environment.clock()
    if let saidAt, now - saidAt < Self.shortestGap { return }
    saidAt = now
    context.note(Notes.retrying(error, after: pause))
  }
}
