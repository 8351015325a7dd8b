import TextFormats

/// Why a call to a provider failed, according to its reply or the lack of one.
public struct ProviderError: Error, Hashable, Sendable {
  /// What the error means; exit codes and retries depend on this alone.
  public enum Kind: Hashable, Sendable {
    /// It rejected this request, and certainly did nothing.
    case refused
    /// It doesn't accept the credentials.
    case credentials
    /// The account is out of credit.
    case noCredit
    /// It asks to retry later: 429, or 503 with Retry-After (in seconds, if given). Nothing was done.
    case busy(retryAfter: Int?)
    /// No byte of the request was sent.
    case unreachable
    /// No complete reply arrived in time; the request may have been performed.
    case timedOut
    /// The reply is cut off or can't be trusted: empty, not JSON, unexpected status. The request may have been
    /// performed.
    case untrusted
  }

  public var kind: Kind
  /// The provider's own code, as it wrote it.
  public var code: String?
  /// The provider's words, or else ours; never empty.
  public var message: String
  public var httpStatus: Int?

  public init(_ kind: Kind, code: String? = nil, message: String, httpStatus: Int? = nil) {
    self.kind = kind
    self.code = code
    self.message = message
    self.httpStatus = httpStatus
  }

  /// Whether the request may have been performed, although no answer can be trusted.
  public var leavesOutcomeUnknown: Bool {
    kind == .untrusted || kind == .timedOut
  }
}

extension ProviderError {
  /// The exit code of a query that failed with this error.
  package var exitCode: ExitCode {
    switch kind {
    case .refused, .untrusted: .refused
    case .credentials: .credentials
    case .noCredit, .busy, .unreachable, .timedOut: .unavailable
    }
  }

  /// A single word, for scripts.
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
