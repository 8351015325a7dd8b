import Platform
import TextFormats

/// What is the same for all requests of a transport.
public struct TransportOptions: Sendable {
  /// File of certificates (PEM) to trust besides the system's.
  public var caFile: String?
  /// URL of a proxy; empty for none. Nil leaves it to `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`.
  public var proxy: String?
  /// Bytes of a reply, headers included, over which it is not trusted.
  public var responseCap: Int
  /// For looking up the name, connecting and TLS; a request's own timeout counts as well.
  public var connectTimeout: Duration
  /// Value of the `User-Agent` header.
  public var userAgent: String
  /// As with a libcurl before 7.80, which does not say when a request is about to leave; for tests.
  var isSilentBeforeSending = false

  public init(
    caFile: String? = nil, proxy: String? = nil, responseCap: Int = 10_000_000,
    connectTimeout: Duration = .seconds(30), userAgent: String = "sms"
  ) {
    self.caFile = caFile
    self.proxy = proxy
    self.responseCap = responseCap
    self.connectTimeout = connectTimeout
    self.userAgent = userAgent
  }
}

/// Why a transport could not be set up.
public enum TransportSetupError: UserError, Hashable, Sendable {
  /// The file of certificates cannot be read.
  case caFile(SystemError)
  /// libcurl refuses the proxy or another option, or lacks HTTPS; in its own words.
  case library(reason: String)

  package var message: String {
    switch self {
    case .caFile(let error): "ca_file: \(error.message)"
    case .library(let reason): "libcurl: \(reason)"
    }
  }

  package var kind: String { "config" }
  package var exitCode: ExitCode { .configuration }
}
