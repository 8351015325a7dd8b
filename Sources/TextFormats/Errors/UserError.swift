/// An error that a person sees: what went wrong, where, and what to do about it.
///
/// The words stand beside each case, in the module that throws it; whoever catches one only prints it.
package protocol UserError: Error {
  /// What went wrong and where, on one line; empty where the user has seen it already.
  var message: String { get }
  /// What to do about it, ideally a command to run.
  var hint: String? { get }
  /// One word for scripts, such as `usage` or `credentials`.
  var kind: String { get }
  var exitCode: ExitCode { get }
  /// What a provider said about it.
  var details: ErrorDetails { get }
}

extension UserError {
  package var hint: String? { nil }
  package var details: ErrorDetails { ErrorDetails() }
}

/// The provider's part in an error.
package struct ErrorDetails: Hashable, Sendable {
  /// The name that scripts know it by.
  package var provider: String?
  /// The provider's own code.
  package var code: String?
  package var httpStatus: Int?

  package init(provider: String? = nil, code: String? = nil, httpStatus: Int? = nil) {
    self.provider = provider
    self.code = code
    self.httpStatus = httpStatus
  }
}
