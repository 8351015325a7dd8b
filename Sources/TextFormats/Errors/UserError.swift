/// An error shown to people: what went wrong, where, and what to do about it.
///
/// The words are next to each case, in the module that throws it; code that catches it only prints it.
package protocol UserError: Error {
  /// What went wrong and where, on one line; empty if the user has already seen it.
  var message: String { get }
  /// What to do about it, ideally a command to run.
  var hint: String? { get }
  /// One word for scripts, such as `usage` or `credentials`.
  var kind: String { get }
  var exitCode: ExitCode { get }
  /// What scripts need in addition to the words.
  var details: ErrorDetails { get }
  /// What the system lacks; installing it is suggested before the hint.
  var missingPart: SystemPart? { get }
}

extension UserError {
  package var hint: String? { nil }
  package var details: ErrorDetails { ErrorDetails() }
  package var missingPart: SystemPart? { nil }
}

/// An error that nobody has to tell from others: its words are all there is to it.
public struct Failure: UserError, Hashable, Sendable {
  package var kind: String
  package var exitCode: ExitCode
  package var message: String
  package var hint: String?
  package var details: ErrorDetails
  package var missingPart: SystemPart?

  package init(
    _ kind: String, _ exitCode: ExitCode, _ message: String, hint: String? = nil,
    details: ErrorDetails = ErrorDetails(), missing part: SystemPart? = nil
  ) {
    self.kind = kind
    self.exitCode = exitCode
    self.message = message
    self.hint = hint
    self.details = details
    missingPart = part
  }
}

/// What scripts need to know about an error in addition to its words.
package struct ErrorDetails: Hashable, Sendable {
  /// A bad row of the input.
  package struct BadRow: Hashable, Sendable {
    /// From 1, for the first row of data.
    package var row: Int?
    /// The line of the file, if known.
    package var line: Int?
    package var message: String

    package init(row: Int?, line: Int?, message: String) {
      self.row = row
      self.line = line
      self.message = message
    }
  }

  /// A mistake in a file, which may have several.
  package struct Mistake: Hashable, Sendable {
    package var file: String?
    /// From 1.
    package var line: Int?
    /// From 1, in characters.
    package var column: Int?
    package var message: String
    package var hint: String?
    /// The line itself, in a form that may be shown; nil if there is none.
    package var text: String?
    /// The number of Unicode scalars in the text before the mistake.
    package var offset = 0

    package init(_ message: String, hint: String?) {
      self.message = message
      self.hint = hint
    }
  }

  /// The name of the provider for scripts.
  package var provider: String?
  /// The provider's own code.
  package var code: String?
  package var httpStatus: Int?
  /// The job concerned.
  package var job: String?
  /// The user's profiles that support what this one doesn't.
  package var profiles: [String] = []
  /// The bad rows of the input.
  package var rows: [BadRow] = []
  /// All mistakes in a file.
  package var mistakes: [Mistake] = []

  package init(provider: String? = nil, code: String? = nil, httpStatus: Int? = nil, job: String? = nil) {
    self.provider = provider
    self.code = code
    self.httpStatus = httpStatus
    self.job = job
  }
}
