import Application
import TextFormats

/// The standard exit codes of programs that accept mail (`sysexits.h` of 4.3BSD).
///
/// Only `temporaryFailure` makes a caller try again, so it is used only if nothing can have been accepted.
enum SystemExitCode: Int32 {
  case ok = 0
  /// Wrong options.
  case usage = 64
  /// The mail can't be converted to a text.
  case badData = 65
  /// A recipient has no phone number.
  case noUser = 67
  /// The provider refused the message, or its outcome is unknown; trying again won't help.
  case unavailable = 69
  /// Reading, writing or recording failed here.
  case io = 74
  /// Nothing was accepted, but may be later.
  case temporaryFailure = 75
  /// The provider refused the credentials.
  case noPermission = 77
  case configuration = 78

  init(of error: any UserError) {
    self = error.kind == "usage" ? .usage : Self(of: error.exitCode)
  }

  private init(of code: ExitCode) {
    switch code {
    case .success: self = .ok
    case .usage: self = .badData
    case .configuration: self = .configuration
    case .credentials: self = .noPermission
    case .unavailable, .busy: self = .temporaryFailure
    case .io: self = .io
    case .refused, .unknown, .unsupported, .waitedTooLong, .signal: self = .unavailable
    case .other(let number): self = SystemExitCode(rawValue: number) ?? .unavailable
    }
  }
}

extension Failure {
  /// The error for a mail that wasn't sent, or not to every recipient.
  init(_ code: SystemExitCode, _ message: String, hint: String?) {
    self.init(code == .usage ? "usage" : "input", .other(code.rawValue), message, hint: hint)
  }

  /// The same error with a standard exit code of programs that accept mail.
  init(_ error: any UserError, as code: SystemExitCode) {
    self.init(error.kind, .other(code.rawValue), error.message, hint: error.hint, details: error.details)
  }
}

extension Failure {
  static let noRecipient = Failure(
    .usage, "no recipient", hint: "add a number, or set one with --to or sendmail_to")

  static func notANumber(_ address: String) -> Failure {
    Failure(
      .noUser, "not a phone number: '\(address)'",
      hint: "say who gets this mail: --to NUMBER, or sendmail_to = \"NUMBER\" in the configuration")
  }

  static let emptyMail = Failure(
    .badData, "the email has no subject and no text", hint: "check the program that writes it")

  static func tooMany(_ recipients: Int, limit: Int) -> Failure {
    Failure(.badData, "\(recipients) recipients, but --max-messages allows \(limit)", hint: "raise --max-messages")
  }

  static let inputIsTerminal = Failure(
    .usage, "no email on standard input, which is a terminal", hint: "pipe it in: sms sendmail < FILE")

  static var mailExamples: [ExampleMessage] {
    [noRecipient, notANumber("root"), emptyMail, tooMany(25, limit: 20), inputIsTerminal].map { ExampleMessage($0) }
  }
}
