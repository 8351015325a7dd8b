/// A call to a provider as plain values: the request, and how to read its reply.
public struct APICall<Value: Sendable>: Sendable {
  public var request: HTTPRequest
  /// The statuses that `decode` handles. `HTTPResponse.error` handles all others; with most of them, it is unknown
  /// whether the request was performed. An API that rejects requests with 400 and JSON of its own declares that here.
  public var judgesStatus: @Sendable (Int) -> Bool
  /// Reads a reply with a status that it handles.
  public var decode: @Sendable (HTTPResponse) throws(ProviderError) -> Value

  public init(
    request: HTTPRequest, judgesStatus: @escaping @Sendable (Int) -> Bool = { 200..<300 ~= $0 },
    decode: @escaping @Sendable (HTTPResponse) throws(ProviderError) -> Value
  ) {
    self.request = request
    self.judgesStatus = judgesStatus
    self.decode = decode
  }

  /// Returns the value of a finished exchange. Secrets that the reply repeats are masked before it is read.
  ///
  /// Without `mask`, one is made for the request's secrets, which takes longer than using it.
  public func value(
    of result: Result<HTTPResponse, ProviderError>, masking mask: SecretMask? = nil
  ) throws(ProviderError) -> Value {
    let mask = mask ?? SecretMask(request.secrets)
    switch result {
    case .failure(let error): throw error.masked(by: mask)
    case .success(let response):
      guard judgesStatus(response.status) else { throw response.error }
      do {
        return try decode(response.masked(by: mask, replyTo: request))
      } catch {
        throw error.masked(by: mask)
      }
    }
  }
}

extension APICall {
  /// The same call, whose value includes the server's time, if the reply gives it.
  public var dated: APICall<(value: Value, date: Timestamp?)> {
    APICall<(value: Value, date: Timestamp?)>(request: request, judgesStatus: judgesStatus) {
      [decode] response throws(ProviderError) in (try decode(response), response.date)
    }
  }
}
