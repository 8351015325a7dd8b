import HTTPTransport
import Testing

/// Where certificates are looked for, on whatever system this runs.
@Suite struct CertificatePlacesTests {
  private static let debian = "/etc/ssl/certs/ca-certificates.crt"
  private static let fedora = "/etc/pki/tls/certs/ca-bundle.crt"
  private static let named = CertificatePaths(file: "/my.pem", folder: "/my")

  private static let bundled = TransportLibrary(version: "8", tls: "x", isBundled: true)
  private static let silent = TransportLibrary(version: "8", tls: "x")
  private static let system = TransportLibrary(
    version: "8", tls: "x", certificates: CertificatePaths(file: debian, folder: "/etc/ssl/certs"))

  static let cases: [(named: CertificatePaths?, TransportLibrary, there: Set<String>, found: [String])] = [
    (nil, bundled, [debian, fedora], [debian]), (nil, bundled, [fedora], [fedora]),
    (nil, bundled, ["/etc/ssl/ca-bundle.pem"], ["/etc/ssl/ca-bundle.pem"]),
    (nil, bundled, ["/etc/ssl/cert.pem"], ["/etc/ssl/cert.pem"]),
    // Its own are left to libcurl, and so is all where it doesn't say.
    (nil, system, [debian, fedora], []), (nil, silent, [], []),
    // Built on another system than this one. The folder is of no use to it without the file.
    (nil, system, [fedora, "/etc/ssl/certs"], [fedora]),
    (named, system, [debian, "/my.pem", "/my"], ["/my.pem", "/my"]), (named, bundled, ["/my"], ["/my"]),
  ]

  @Test("The first place that is there is taken, and the user's before all others", arguments: cases)
  func found(_ named: CertificatePaths?, _ library: TransportLibrary, _ there: Set<String>, _ found: [String]) throws {
    #expect(try CertificatePaths.found(named, library, isThere: there.contains)?.paths ?? [] == found)
  }

  @Test("Without any, it is said which were looked for")
  func none() {
    #expect(throws: TransportSetupError.noCertificates(at: [Self.debian])) {
      try CertificatePaths.found(nil, Self.system) { _ in false }
    }
    #expect(throws: TransportSetupError.noCertificates(at: ["/my.pem", "/my"])) {
      try CertificatePaths.found(Self.named, Self.bundled) { $0 == Self.debian }
    }
  }
}
