/// A question to a provider as values: the request, and what its reply means.
public struct APICall<Value: Sendable>: Sendable {
  public var request: HTTPRequest
  /// Which statuses `decode` judges. All others are judged by `HTTPResponse.error`: most of them leave open whether the
  /// request was carried out. An API that refuses with 400 and JSON of its own says so here.
  public var judgesStatus: @Sendable (Int) -> Bool
  /// Reads a reply whose status it judges.
  public var decode: @Sendable (HTTPResponse) throws(ProviderError) -> Value

  public init(
    request: HTTPRequest, judgesStatus: @escaping @Sendable (Int) -> Bool = { 200..<300 ~= $0 },
    decode: @escaping @Sendable (HTTPResponse) throws(ProviderError) -> Value
  ) {
    self.request = request
    self.judgesStatus = judgesStatus
    self.decode = decode
  }

  /// The value that a finished exchange amounts to. What the reply repeats of a secret is masked before it is read.
  ///
  /// Without a mask, one is made for the secrets of the request, which takes longer than to use it.
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
  /// The same call, whose value comes with the server's own time, where its reply tells one.
  public var dated: APICall<(value: Value, date: Timestamp?)> {
    APICall<(value: Value, date: Timestamp?)>(request: request, judgesStatus: judgesStatus) {
      [decode] response throws(ProviderError) in (try decode(response), response.date)
    }
  }
}
