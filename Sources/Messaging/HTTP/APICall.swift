/// A question to a provider as values: the request, and what its reply means.
public struct APICall<Value: Sendable>: Sendable {
  public var request: HTTPRequest
  /// Reads a reply with a 2xx status; other statuses are judged before (`HTTPResponse.judged`).
  public var decode: @Sendable (HTTPResponse) throws(ProviderError) -> Value

  public init(
    request: HTTPRequest, decode: @escaping @Sendable (HTTPResponse) throws(ProviderError) -> Value
  ) {
    self.request = request
    self.decode = decode
  }
}
