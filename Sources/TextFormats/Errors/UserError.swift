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
  /// What scripts want to know about it beyond its words.
  var details: ErrorDetails { get }
  /// What the system lacks; how to install it goes before the hint.
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

/// What scripts want to know about an error beyond its words.
package struct ErrorDetails: Hashable, Sendable {
  /// A row of the input that is wrong.
  package struct BadRow: Hashable, Sendable {
    /// 1 for the first row of data.
    package var row: Int?
    /// The line of the file, where it is known.
    package var line: Int?
    package var message: String

    package init(row: Int?, line: Int?, message: String) {
      self.row = row
      self.line = line
      self.message = message
    }
  }

  /// A mistake in a file, of which there may be several.
  package struct Mistake: Hashable, Sendable {
    package var file: String?
    /// 1 for the first line.
    package var line: Int?
    /// 1 for the first character.
    package var column: Int?
    package var message: String
    package var hint: String?
    /// The line itself as it may be shown; nil where it can't be.
    package var text: String?
    /// How many Unicode scalars of the text stand before the mistake.
    package var offset = 0

    package init(_ message: String, hint: String?) {
      self.message = message
      self.hint = hint
    }
  }

  /// The name that scripts know the provider by.
  package var provider: String?
  /// The provider's own code.
  package var code: String?
  package var httpStatus: Int?
  /// The job that it is about.
  package var job: String?
  /// The user's profiles that can do what this one can't.
  package var profiles: [String] = []
  /// The rows of the input that are wrong.
  package var rows: [BadRow] = []
  /// All that is wrong with a file.
  package var mistakes: [Mistake] = []

  package init(provider: String? = nil, code: String? = nil, httpStatus: Int? = nil, job: String? = nil) {
    self.provider = provider
    self.code = code
    self.httpStatus = httpStatus
    self.job = job
  }
}
