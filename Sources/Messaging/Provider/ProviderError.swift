import TextFormats

/// What a provider's reply, or the lack of one, amounts to when it is not the answer.
public struct ProviderError: Error, Hashable, Sendable {
  /// What follows from it; exit codes and retries hang on this alone.
  public enum Kind: Hashable, Sendable {
    /// It said no to this request, and surely did nothing.
    case refused
    /// It does not accept the credentials.
    case credentials
    /// The account has no credit left.
    case noCredit
    /// It asks to come back later: 429, or 503 with Retry-After (seconds, where given). Nothing was done.
    case busy(retryAfter: Int?)
    /// No byte of the request left.
    case unreachable
    /// No whole reply came before the deadline; the request may have been carried out.
    case timedOut
    /// The reply cannot be trusted, or was cut off: empty, not JSON, an unexpected status. It may have been carried out.
    case untrusted
  }

  public var kind: Kind
  /// The provider's own code, as it wrote it.
  public var code: String?
  /// The provider's words where it gave some, else ours; never empty.
  public var message: String
  public var httpStatus: Int?

  public init(_ kind: Kind, code: String? = nil, message: String, httpStatus: Int? = nil) {
    self.kind = kind
    self.code = code
    self.message = message
    self.httpStatus = httpStatus
  }

  /// Whether the request may have been carried out although no answer to it can be trusted.
  public var leavesOutcomeUnknown: Bool {
    kind == .untrusted || kind == .timedOut
  }
}

extension ProviderError {
  /// What a question that ended like this exits with.
  package var exitCode: ExitCode {
    switch kind {
    case .refused, .untrusted: .refused
    case .credentials: .credentials
    case .noCredit, .busy, .unreachable, .timedOut: .unavailable
    }
  }

  /// In one word, for scripts.
  package var kindWord: String {
    switch kind {
    case .refused: "refused"
    case .credentials: "credentials"
    case .noCredit: "no-credit"
    case .busy: "busy"
    case .unreachable: "unreachable"
    case .timedOut: "timeout"
    case .untrusted: "untrusted"
    }
  }
}
