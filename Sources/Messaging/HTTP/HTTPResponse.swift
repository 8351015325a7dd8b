/// A whole HTTP reply: where it was cut off, there is a `ProviderError` instead.
public struct HTTPResponse: Hashable, Sendable {
  public var status: Int
  /// Seconds of a `Retry-After` header (RFC 9110, 10.2.3), a date in it already turned into seconds.
  public var retryAfter: Int?
  /// The server's own time, from a `Date` header (RFC 9110, 6.6.1); nil without one that can be read.
  public var date: Timestamp?
  public var body: [UInt8]

  public init(status: Int, retryAfter: Int? = nil, date: Timestamp? = nil, body: [UInt8]) {
    self.status = status
    self.retryAfter = retryAfter
    self.date = date
    self.body = body
  }

  /// Whether the status says that the request was carried out: 2xx.
  public var isSuccess: Bool { 200..<300 ~= status }

  /// What the status amounts to where the adapter doesn't judge it: no answer, whatever the body says.
  ///
  /// 401 is about the credentials. 429, and 503 with Retry-After, ask to come back later. No other can be trusted: a
  /// gateway on the way may have written it after the provider did its work.
  public var error: ProviderError {
    switch status {
    case 401: error(.credentials, "the provider refused the credentials")
    case 429: error(.busy(retryAfter: retryAfter), "too many requests")
    case 503 where retryAfter != nil: error(.busy(retryAfter: retryAfter), "temporarily unavailable")
    case 300..<400: error(.untrusted, "redirected; redirects are never followed")
    default: error(.untrusted, "unexpected HTTP status \(status)")
    }
  }

  private func error(_ kind: ProviderError.Kind, _ message: String) -> ProviderError {
    ProviderError(kind, message: message, httpStatus: status)
  }
}

// Why there is no whole reply.
extension ProviderError {
  /// No byte of the request left: name not resolved, no connection, no TLS. Safe to try again.
  public static func notSent(reason: String) -> ProviderError { ProviderError(.unreachable, message: reason) }

  /// The request, or a part of it, left; what the server made of it is not known.
  public static func noReply(reason: String, timedOut: Bool) -> ProviderError {
    ProviderError(timedOut ? .timedOut : .untrusted, message: reason)
  }
}
