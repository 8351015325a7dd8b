import Configuration
import Delivery
import HTTPTransport
import Messaging
import Platform

extension Context {
  /// What calls need from outside: the network, the user's wish to end, and how patient to be.
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

  /// Where the user says that certificates are, by the variables of OpenSSL, which `curl` knows as well.
  package var namedCertificates: CertificatePlaces? {
    CertificatePlaces(file: inputs.variable("SSL_CERT_FILE"), folder: inputs.variable("SSL_CERT_DIR"))
  }

  /// How to connect to the provider of a profile.
  package func transportOptions(_ settings: Settings, caFile: String?) -> TransportOptions {
    TransportOptions(
      caFile: caFile, certificates: namedCertificates, usesTLS: settings.baseURL.lowercased().hasPrefix("https:"),
      proxy: settings.string(CommonSettings.proxy.name), connectTimeout: settings[CommonSettings.connectTimeout],
      userAgent: "sms/\(Version.current)")
  }
}

/// Says that requests are tried again: once for those that fail together.
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
