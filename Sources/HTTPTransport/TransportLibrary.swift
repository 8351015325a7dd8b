import CCurl

/// The libcurl that is built in, or that was found on this machine, and how it was built.
public struct TransportLibrary: Hashable, Sendable {
  /// Such as `7.88.1`.
  public var version: String
  /// The TLS library and its version, such as `OpenSSL/3.0.15`; nil without TLS.
  public var tls: String?
  /// Where it looks for trusted certificates; nil if they are built in, or it doesn't tell (before 7.70).
  public var certificates: CertificatePaths?
  /// Whether it is part of this program, and thus doesn't know the system.
  public var isBundled: Bool

  public init(version: String, tls: String?, certificates: CertificatePaths? = nil, isBundled: Bool = false) {
    self.version = version
    self.tls = tls
    self.certificates = certificates
    self.isBundled = isBundled
  }

  /// Such as `libcurl 7.88.1 with OpenSSL/3.0.15`.
  package var title: String { "libcurl \(version)\(tls.map { " with \($0)" } ?? "")\(isBundled ? ", built in" : "")" }

  /// Loads libcurl, unless already loaded in this process, and returns its properties.
  public static func loaded() throws(TransportSetupError) -> TransportLibrary {
    if let obstacle = ccurl_load() { throw .noLibrary(reason: String(cString: obstacle)) }
    let build = ccurl_get_build()
    return TransportLibrary(
      version: text(build.version) ?? "", tls: text(build.tls),
      certificates: CertificatePaths(file: text(build.certificate_file), folder: text(build.certificate_folder)),
      isBundled: build.is_linked)
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
    pointer.map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// The locations of the certificates for verifying servers.
public struct CertificatePaths: Hashable, Sendable {
  /// A file of certificates (PEM).
  public var file: String?
  /// A directory of files named by a hash of the subject, as created by `openssl rehash`.
  public var folder: String?

  /// Nil if both are nil.
  public init?(file: String?, folder: String?) {
    if file == nil && folder == nil { return nil }
    self.file = file
    self.folder = folder
  }

  /// The certificate files of systems that have them elsewhere than the one this was built on.
  static let usualFiles = [
    // Debian, Ubuntu, Arch; Alpine
    "/etc/ssl/certs/ca-certificates.crt",
    // Fedora, Red Hat
    "/etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    // SUSE
    "/etc/ssl/ca-bundle.pem",
    // Alpine, macOS, BSD
    "/etc/ssl/cert.pem",
  ]

  /// The first locations that exist and must be set; nil to leave it to libcurl.
  ///
  /// Locations named by the user come first, and exclude all others; then libcurl's own, then the usual files.
  public static func found(
    _ named: CertificatePaths?, _ library: TransportLibrary, isThere: (String) -> Bool
  ) throws(TransportSetupError) -> CertificatePaths? {
    if let named {
      guard named.paths.contains(where: isThere) else { throw .noCertificates(at: named.paths) }
      return named.filtered(isThere)
    }
    // Judging by its properties, it doesn't need a file.
    guard library.isBundled || library.certificates != nil else { return nil }
    // If the file doesn't exist, libcurl doesn't use the directory either.
    if let own = library.certificates, isThere(own.paths[0]) { return nil }
    guard let file = usualFiles.first(where: isThere) else {
      throw .noCertificates(at: library.certificates.map { [$0.paths[0]] } ?? usualFiles)
    }
    return CertificatePaths(file: file, folder: nil)
  }

  /// The file comes first.
  public var paths: [String] { [file, folder].compactMap(\.self) }

  private func filtered(_ isThere: (String) -> Bool) -> CertificatePaths? {
    CertificatePaths(file: file.flatMap { isThere($0) ? $0 : nil }, folder: folder.flatMap { isThere($0) ? $0 : nil })
  }
}
