import CCurl
import Platform
import TextFormats

/// What is the same for all requests of a transport.
public struct TransportOptions: Sendable {
  /// File of certificates (PEM) to trust instead of the system's.
  public var caFile: String?
  /// URL of a proxy; empty for none. Nil leaves it to `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`.
  public var proxy: String?
  /// A reply of more bytes than this, headers included, is not trusted.
  public var responseCap: Int
  /// For looking up the name, connecting and TLS; a request's own timeout counts as well.
  public var connectTimeout: Duration
  /// Value of the `User-Agent` header.
  public var userAgent: String
  /// For tests: as with libcurl before 7.80, which doesn't say when a request is about to leave.
  var isSilentBeforeSending: Bool

  public init(
    caFile: String? = nil, proxy: String? = nil, responseCap: Int = 10_000_000,
    connectTimeout: Duration = .seconds(30), userAgent: String = "sms"
  ) {
    self.caFile = caFile
    self.proxy = proxy
    self.responseCap = responseCap
    self.connectTimeout = connectTimeout
    self.userAgent = userAgent
    isSilentBeforeSending = false
  }

  /// Checks that the file of certificates can be read, and loads libcurl.
  func prepare() throws(TransportSetupError) {
    BrokenPipe.isAnError()
    if let caFile {
      do { try Files.openForReading(caFile).close() } catch { throw .caFile(error) }
    }
    try TransportLibrary.load()
  }
}

/// Why a transport could not be set up.
public enum TransportSetupError: UserError, Hashable, Sendable {
  /// The file of certificates cannot be read.
  case caFile(SystemError)
  /// libcurl can't be loaded, refuses the proxy or another option, or lacks HTTPS; in its own words.
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

/// How this machine's libcurl was built.
public struct TransportLibrary: Hashable, Sendable {
  /// Such as `7.88.1`.
  public var version: String
  /// The TLS library and its version, such as `OpenSSL/3.0.15`; nil without TLS.
  public var tls: String?
  /// File and folder of the trusted certificates; empty if they are built in or not known.
  public var certificatePaths: [String]

  public init(version: String, tls: String?, certificatePaths: [String]) {
    self.version = version
    self.tls = tls
    self.certificatePaths = certificatePaths
  }

  /// Loads libcurl and asks it.
  public static func loaded() throws(TransportSetupError) -> TransportLibrary {
    try load()
    let build = ccurl_get_build()
    return TransportLibrary(
      version: text(build.version) ?? "", tls: text(build.tls),
      certificatePaths: [build.certificate_file, build.certificate_folder].compactMap(text))
  }

  /// Loads libcurl and sets it up, unless that was done before in this process.
  static func load() throws(TransportSetupError) {
    if let obstacle = ccurl_load() { throw .library(reason: String(cString: obstacle)) }
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
    pointer.map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
