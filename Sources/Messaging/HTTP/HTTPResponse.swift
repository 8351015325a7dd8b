/// A whole HTTP reply: one that was cut off is a `TransportFailure` instead.
public struct HTTPResponse: Hashable, Sendable {
  public var status: Int
  /// Seconds of a `Retry-After` header (RFC 9110, 10.2.3), a date in it already turned into seconds.
  public var retryAfter: Int?
  public var body: [UInt8]

  public init(status: Int, retryAfter: Int? = nil, body: [UInt8]) {
    self.status = status
    self.retryAfter = retryAfter
    self.body = body
  }
}

/// Why there is no whole reply.
public enum TransportFailure: Error, Hashable, Sendable {
  /// No byte of the request left: name not resolved, no connection, no TLS. Safe to try again.
  case notSent(reason: String)
  /// The request, or a part of it, left; what the server made of it is not known.
  case noReply(reason: String, timedOut: Bool)
}
