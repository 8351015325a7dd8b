/// A whole HTTP reply: where it was cut off, there is a `ProviderError` instead.
public struct HTTPResponse: Hashable, Sendable {
  public var status: Int
  /// The value of a `Retry-After` header (RFC 9110, 10.2.3) in seconds; a date is converted.
  public var retryAfter: Int?
  /// The server's time, from a `Date` header (RFC 9110, 6.6.1); nil if missing or unreadable.
  public var date: Timestamp?
  public var body: [UInt8]

  public init(status: Int, retryAfter: Int? = nil, date: Timestamp? = nil, body: [UInt8]) {
    self.status = status
    self.retryAfter = retryAfter
    self.date = date
    self.body = body
  }

  /// Whether the status says that the request was performed: 2xx.
  public var isSuccess: Bool { 200..<300 ~= status }

  /// The error for a status that the adapter doesn't handle, whatever the body says.
  ///
  /// 401 is about the credentials. 429, and 503 with Retry-After, ask to retry later. No others can be trusted: a
  /// gateway in between may have sent them after the provider did its work.
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
  /// No byte of the request was sent: name not resolved, no connection, or no TLS. Safe to retry.
  public static func notSent(reason: String) -> ProviderError { ProviderError(.unreachable, message: reason) }

  /// The request was sent, or a part of it; what the server did with it is unknown.
  public static func noReply(reason: String, timedOut: Bool) -> ProviderError {
    ProviderError(timedOut ? .timedOut : .untrusted, message: reason)
  }
}
