import CCurl
import Messaging
import Platform
import TextFormats

/// The result of connecting without sending a request, to check that the connection works.
public struct ConnectionAttempt: Hashable, Sendable {
  /// How far it got.
  public enum Ending: Hashable, Sendable {
    /// As far as sending a request, including TLS.
    case connected
    /// The name of the host, or of the proxy, could not be resolved.
    case nameUnknown, proxyUnknown
    /// Refused, no route, or cut off.
    case notConnected
    /// The certificate was rejected, or TLS failed.
    case insecure
    case timedOut
    /// Anything else, such as a proxy that requires a password.
    case failed
  }

  public var ending: Ending
  /// The remote address, such as `192.0.2.1:443`, or that of a proxy if there is one; nil without a connection.
  public var address: String?
  /// Whether a proxy was asked for a tunnel.
  public var isTunnel: Bool
  /// libcurl's words for what went wrong; empty if nothing did.
  public var reason: String

  public init(_ ending: Ending, address: String? = nil, isTunnel: Bool = false, reason: String = "") {
    self.ending = ending
    self.address = address
    self.isTunnel = isTunnel
    self.reason = reason
  }

  /// Connects to the host of a URL as a request would, then disconnects.
  public static func run(
    _ url: String, timeout: Duration, _ options: TransportOptions
  ) throws(TransportSetupError) -> ConnectionAttempt {
    let options = try options.prepared()
    do throws(ProviderError) {
      let handle = try CurlHandle(options)
      defer { ccurl_easy_cleanup(handle.pointer) }
      return try handle.connect(to: url, timeout: timeout)
    } catch {
      throw .library(reason: error.message)
    }
  }
}

extension CurlHandle {
  fileprivate func connect(to url: String, timeout: Duration) throws(ProviderError) -> ConnectionAttempt {
    try set(CURLOPT_CONNECT_ONLY, 1)
    // Anything that a proxy sends would have nowhere to go.
    try set(CURLOPT_NOBODY, 1)
    try set(CURLOPT_URL, url)
    try set(CURLOPT_TIMEOUT_MS, Int(max(1, timeout.wholeMilliseconds)))
    try set(CURLOPT_CONNECTTIMEOUT_MS, Int(max(1, timeout.wholeMilliseconds)))
    let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    defer { words.deallocate() }
    words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    try set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(words))
    let code = ccurl_easy_perform(pointer)
    // The buffer is freed before the handle.
    try set(CURLOPT_ERRORBUFFER, nil as UnsafeMutableRawPointer?)
    let detail = String(cString: words).hidingUserInformation
    let reason = code == CURLE_OK ? "" : detail.isEmpty ? code.reason : detail
    return ConnectionAttempt(
      ConnectionAttempt.Ending(code), address: address, isTunnel: information(CURLINFO_HTTP_CONNECTCODE) > 0,
      reason: reason)
  }

  private var address: String? {
    guard let host = ccurl_get_string(pointer, CURLINFO_PRIMARY_IP).map({ String(cString: $0) }), !host.isEmpty
    else { return nil }
    let port = information(CURLINFO_PRIMARY_PORT)
    return host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}

extension ConnectionAttempt.Ending {
  fileprivate init(_ code: CURLcode) {
    switch code {
    case CURLE_OK: self = .connected
    case CURLE_COULDNT_RESOLVE_HOST: self = .nameUnknown
    case CURLE_COULDNT_RESOLVE_PROXY: self = .proxyUnknown
    case CURLE_COULDNT_CONNECT: self = .notConnected
    case CURLE_OPERATION_TIMEDOUT: self = .timedOut
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER:
      self = .insecure
    default: self = .failed
    }
  }
}
