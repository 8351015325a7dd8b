extension HTTPResponse {
  /// Throws for every status that is not 2xx: the reply is then no answer, whatever its body says.
  ///
  /// 401 is about the credentials. 429, and 503 with Retry-After, ask to come back later. All others cannot be trusted:
  /// a gateway on the way may have written them after the provider did its work.
  public func requireSuccess() throws(ProviderError) {
    switch status {
    case 200..<300: return
    case 401: throw error(.credentials, "the provider refused the credentials")
    case 429: throw error(.busy(retryAfter: retryAfter), "too many requests")
    case 503 where retryAfter != nil: throw error(.busy(retryAfter: retryAfter), "temporarily unavailable")
    case 300..<400: throw error(.untrusted, "redirected, which is never followed")
    default: throw error(.untrusted, "unexpected HTTP status \(status)")
    }
  }

  private func error(_ kind: ProviderError.Kind, _ message: String) -> ProviderError {
    ProviderError(kind, message: message, httpStatus: status)
  }
}

extension ProviderError {
  /// What a missing reply amounts to.
  public init(_ failure: TransportFailure) {
    switch failure {
    case .notSent(let reason): self.init(.unreachable, message: reason)
    case .noReply(let reason, let timedOut): self.init(timedOut ? .timedOut : .untrusted, message: reason)
    }
  }
}

extension APICall {
  /// The value that a finished exchange amounts to; no secret of the request shows in the error.
  public func value(of result: Result<HTTPResponse, TransportFailure>) throws(ProviderError) -> Value {
    do {
      return try read(result)
    } catch {
      throw error.masking(request.secrets)
    }
  }

  private func read(_ result: Result<HTTPResponse, TransportFailure>) throws(ProviderError) -> Value {
    switch result {
    case .failure(let failure): throw ProviderError(failure)
    case .success(let response):
      try response.requireSuccess()
      return try decode(response)
    }
  }
}
