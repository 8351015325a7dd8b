import CCurl

/// What libcurl on this machine was built as.
public struct TransportLibrary: Hashable, Sendable {
  /// Such as `7.88.1`.
  public var version: String
  /// The TLS library and its version, such as `OpenSSL/3.0.15`; nil without TLS.
  public var tls: String?
  /// File and folder of the certificates that are trusted; empty where they are built in, or not known.
  public var certificatePaths: [String]

  public init(version: String, tls: String?, certificatePaths: [String]) {
    self.version = version
    self.tls = tls
    self.certificatePaths = certificatePaths
  }

  /// Loads libcurl, and asks it.
  public static func loaded() throws(TransportSetupError) -> TransportLibrary {
    if let obstacle = CurlLibrary.obstacle { throw .library(reason: obstacle) }
    let build = ccurl_get_build()
    return TransportLibrary(
      version: text(build.version) ?? "", tls: text(build.tls),
      certificatePaths: [build.certificate_file, build.certificate_folder].compactMap(text))
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
    pointer.map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
