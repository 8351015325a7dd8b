import CCurl
import Messaging
import Platform
import TextFormats

/// Performs HTTP requests for one thread, many at a time: libcurl in the program, a fake in tests of its callers.
public protocol HTTPExchanging: AnyObject {
  /// Starts an exchange without blocking. `id`, chosen by the caller and returned with the result, must not be in use.
  ///
  /// With a gate, the connection is made, but no byte of the request is sent before the gate opens. A transport that
  /// can't wait at that point waits before it connects, in `start`.
  func start(_ request: WireRequest, id: Int, gate: SendGate?)

  /// Blocks until an exchange has ended, time is up, or `descriptor` is readable; returns what has ended.
  ///
  /// Nil means no time limit; if there is nothing to wait for, it returns immediately.
  func wait(atMost time: Duration?, wakingOn descriptor: FileDescriptor?) -> [FinishedExchange]

  /// The number of exchanges started and not yet returned by `wait`.
  var inFlight: Int { get }
}

/// Blocks until it is known whether a request may leave. If false, it must not, and its exchange ends as not sent.
///
/// Called at most once, on the thread of the transport's caller, whose other exchanges wait meanwhile. Not called for
/// a request that doesn't get that far.
public typealias SendGate = () -> Bool

/// A request as sent.
public struct WireRequest: Sendable {
  public var method: String
  /// `http` or `https`, without user information.
  public var url: String
  /// Sent in addition to Host, User-Agent, Accept, Content-Length, and Content-Type (a form's unless given).
  public var headers: [HeaderField]
  /// Sent unchanged.
  public var body: [UInt8]
  /// For the entire exchange, from name resolution to the last byte of the reply; over a millisecond.
  public var timeout: Duration

  public init(
    method: String = "POST", url: String, headers: [HeaderField] = [], body: [UInt8], timeout: Duration
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
  }
}

/// An exchange that has ended.
public struct FinishedExchange: Hashable, Sendable {
  /// The id passed to `start`.
  public var id: Int
  /// A complete reply, or why there is none.
  public var result: Result<HTTPResponse, ProviderError>

  public init(id: Int, result: Result<HTTPResponse, ProviderError>) {
    self.id = id
    self.result = result
  }
}

extension HTTPExchanging {
  public func start(_ request: WireRequest, id: Int) {
    start(request, id: id, gate: nil)
  }

  /// Performs a single request and waits for its end; nil if `descriptor` became readable first.
  ///
  /// Must not be used while other exchanges are in flight.
  public func perform(
    _ request: WireRequest, wakingOn descriptor: FileDescriptor? = nil
  ) -> Result<HTTPResponse, ProviderError>? {
    start(request, id: 0)
    return wait(atMost: nil, wakingOn: descriptor).first?.result
  }
}

/// Options common to all requests of a transport.
public struct TransportOptions: Sendable {
  /// A file of certificates (PEM) to trust instead of the system's.
  public var caFile: String?
  /// The system's certificates according to the user, by `SSL_CERT_FILE` and `SSL_CERT_DIR`; nil if neither is set.
  public var certificates: CertificatePaths?
  /// Whether requests go to `https` URLs, which requires certificates.
  public var usesTLS: Bool
  /// URL of a proxy; empty for none. Nil leaves it to `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`.
  public var proxy: String?
  /// In bytes, including headers; a longer reply is not trusted.
  public var responseCap: Int
  /// For name resolution, connecting and TLS, in addition to a request's own timeout; nil for only the latter.
  public var connectTimeout: Duration?
  /// Value of the `User-Agent` header.
  public var userAgent: String
  /// For tests: act like a libcurl before 7.80, which doesn't report that a request is about to leave.
  var isSilentBeforeSending: Bool

  public init(
    caFile: String? = nil, certificates: CertificatePaths? = nil, usesTLS: Bool = false, proxy: String? = nil,
    responseCap: Int = 10_000_000, connectTimeout: Duration? = nil, userAgent: String = "sms"
  ) {
    self.caFile = caFile
    self.certificates = certificates
    self.usesTLS = usesTLS
    self.proxy = proxy
    self.responseCap = responseCap
    self.connectTimeout = connectTimeout
    self.userAgent = userAgent
    isSilentBeforeSending = false
  }

  /// The options with the locations of certificates that exist; loads libcurl.
  ///
  /// Throws if libcurl can't be loaded, if `caFile` can't be read, or if requests would fail for lack of certificates.
  func prepared() throws(TransportSetupError) -> TransportOptions {
    BrokenPipe.isAnError()
    if let caFile {
      do { try Files.openForReading(caFile).close() } catch { throw .caFile(error) }
    }
    let library = try TransportLibrary.loaded()
    guard caFile == nil, usesTLS else { return self }
    var options = self
    options.certificates = try CertificatePaths.found(certificates, library) { Files.status($0) != nil }
    return options
  }
}

/// Why a transport could not be set up.
public enum TransportSetupError: UserError, Hashable, Sendable {
  /// The file of certificates can't be read.
  case caFile(SystemError)
  /// libcurl can't be loaded or is too old.
  case noLibrary(reason: String)
  /// There are no certificates at any of these paths.
  case noCertificates(at: [String])
  /// libcurl rejects the proxy or another option, or lacks HTTPS; its own words.
  case library(reason: String)

  private var words: (message: String, hint: String?, missing: SystemDependency?) {
    switch self {
    case .caFile(let error): ("ca_file: \(error.message)", "correct the path, or remove the setting", nil)
    // How to install missing parts is explained elsewhere.
    case .noLibrary(let reason): ("libcurl can't be used: \(reason)", nil, .libcurl)
    case .noCertificates(let paths):
      (
        "no certificates to check servers with: \(paths.joined(separator: ", ")): No such file or directory",
        "set SSL_CERT_FILE or ca_file to a file of certificates", .certificates
      )
    case .library(let reason):
      ("libcurl: \(reason)", "check proxy and the other settings of the profile: sms config show", nil)
    }
  }

  package var message: String { words.message }
  package var hint: String? { words.hint }
  package var missingPart: SystemDependency? { words.missing }
  package var kind: String { "config" }
  package var exitCode: ExitCode { .configuration }
}

extension TransportSetupError {
  /// One example of each case.
  package static var examples: [ExampleMessage] {
    let errors: [TransportSetupError] = [
      .caFile(SystemError(code: 2, operation: "open", path: "ca.pem")), .noLibrary(reason: "libcurl.so.4: not found"),
      .noCertificates(at: ["/etc/ssl/certs/ca-certificates.crt"]), .library(reason: "unsupported proxy scheme"),
    ]
    return errors.map { ExampleMessage($0) } + [.result(ReplySize.tooLarge(10_000_000))]
  }
}
