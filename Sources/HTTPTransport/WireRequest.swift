/// A request as it goes over the wire.
public struct WireRequest: Sendable {
  public var method: String
  /// `http` or `https`, without user information.
  public var url: String
  /// Beyond those that every request has: Host, User-Agent, Accept, Content-Type (a form's, unless given), Content-Length.
  public var headers: [HeaderField]
  /// Sent as it is.
  public var body: [UInt8]
  /// For the whole exchange, from looking up the name to the last byte of the reply; over a millisecond.
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

/// One header line of a request.
public struct HeaderField: Hashable, Sendable {
  /// A token (RFC 9110, 5.6.2); a request with another is not sent.
  public var name: String
  /// One line; a request with CR, LF or NUL in it is not sent.
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
