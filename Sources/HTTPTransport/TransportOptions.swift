import CCurl
import Platform
import TextFormats

/// What is the same for all requests of a transport.
public struct TransportOptions: Sendable {
  /// File of certificates (PEM) to trust instead of the system's.
  public var caFile: String?
  /// Where the user says that the system's certificates are, by `SSL_CERT_FILE` and `SSL_CERT_DIR`; nil for nothing.
  public var certificates: CertificatePlaces?
  /// Whether requests go to `https` addresses: then there must be certificates.
  public var usesTLS: Bool
  /// URL of a proxy; empty for none. Nil leaves it to `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`.
  public var proxy: String?
  /// A reply of more bytes than this, headers included, is not trusted.
  public var responseCap: Int
  /// For looking up the name, connecting and TLS; a request's own timeout counts as well. Nil: that one alone.
  public var connectTimeout: Duration?
  /// Value of the `User-Agent` header.
  public var userAgent: String
  /// For tests: as with libcurl before 7.80, which doesn't say when a request is about to leave.
  var isSilentBeforeSending: Bool

  public init(
    caFile: String? = nil, certificates: CertificatePlaces? = nil, usesTLS: Bool = false, proxy: String? = nil,
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

  /// The options with the places of certificates that are there; loads libcurl.
  ///
  /// Throws where it can't be loaded, where `caFile` can't be read, and where a request would fail without certificates.
  func prepared() throws(TransportSetupError) -> TransportOptions {
    BrokenPipe.isAnError()
    if let caFile {
      do { try Files.openForReading(caFile).close() } catch { throw .caFile(error) }
    }
    let library = try TransportLibrary.loaded()
    guard caFile == nil, usesTLS else { return self }
    var options = self
    options.certificates = try CertificatePlaces.found(certificates, library) { Files.status($0) != nil }
    return options
  }
}

/// Why a transport could not be set up.
public enum TransportSetupError: UserError, Hashable, Sendable {
  /// The file of certificates cannot be read.
  case caFile(SystemError)
  /// libcurl can't be loaded, or is too old.
  case noLibrary(reason: String)
  /// There are no certificates at any of these paths.
  case noCertificates(at: [String])
  /// libcurl refuses the proxy or another option, or lacks HTTPS; in its own words.
  case library(reason: String)

  private var words: (message: String, hint: String?, missing: SystemPart?) {
    switch self {
    case .caFile(let error): ("ca_file: \(error.message)", "correct the path, or remove the setting", nil)
    // How to install it is said for all that is missing.
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
  package var missingPart: SystemPart? { words.missing }
  package var kind: String { "config" }
  package var exitCode: ExitCode { .configuration }
}

extension TransportSetupError {
  /// One for each case.
  package static var examples: [ExampleMessage] {
    let errors: [TransportSetupError] = [
      .caFile(SystemError(code: 2, operation: "open", path: "ca.pem")), .noLibrary(reason: "libcurl.so.4: not found"),
      .noCertificates(at: ["/etc/ssl/certs/ca-certificates.crt"]), .library(reason: "unsupported proxy scheme"),
    ]
    return errors.map { ExampleMessage($0) } + [.result(ReplySize.tooLarge(10_000_000))]
  }
}
