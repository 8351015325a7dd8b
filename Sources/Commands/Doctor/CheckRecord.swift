import Application
import Configuration
import Messaging
import Output
import TextFormats

/// The result of one check, and how to fix the problem, if any.
struct CheckRecord: Hashable, Record {
  /// The result in one word.
  enum Status: String, FieldConvertible {
    case ok
    /// It works, and could be better.
    case warning
    case failed
    /// It couldn't be checked.
    case unchecked
  }

  /// The kind of check, such as `secret`.
  var check: String
  /// The profile that was checked; nil for checks of the whole configuration or machine.
  var profile: String?
  /// The name of that profile's provider.
  var provider: String?
  /// What was checked, such as a path or a setting.
  var subject: String?
  var status: Status
  var message: String
  /// How to fix the problem, preferably a command.
  var hint: String?
  /// The exit code that results from this check.
  var exitCode: ExitCode = .success

  static let fields: [RecordField<CheckRecord>] = [
    RecordField("status", \.status, [.inTable, .status], meaning: "ok, warning, failed, or unchecked"),
    RecordField("check", \.check, .inTable, meaning: "what kind of check it is"),
    RecordField("profile", \.profile, .inTable, meaning: "the profile that it is about; null for all"),
    RecordField("provider", \.provider, meaning: "the provider of that profile"),
    RecordField("subject", \.subject, .inTable, meaning: "what was checked, such as a path or a setting"),
    RecordField("message", \.message, [.inTable, .detail], meaning: "the result in words"),
    RecordField("hint", \.hint, .inTable, meaning: "what to do about it"),
  ]
}

extension CheckRecord {
  init(
    _ check: String, profile: String? = nil, provider: String? = nil, subject: String? = nil, ok message: String
  ) {
    self.init(
      check: check, profile: profile, provider: provider, subject: subject, status: .ok, message: message)
  }

  /// This check with another result.
  func warning(_ message: String, hint: String?) -> CheckRecord {
    var record = self
    (record.status, record.message, record.hint) = (.warning, message, hint)
    return record
  }

  func failed(_ message: String, hint: String?, _ exitCode: ExitCode) -> CheckRecord {
    var record = warning(message, hint: hint)
    (record.status, record.exitCode) = (.failed, exitCode)
    return record
  }

  func unchecked(_ message: String) -> CheckRecord {
    var record = self
    (record.status, record.message) = (.unchecked, message)
    return record
  }

  func warning(_ finding: CheckFinding) -> CheckRecord { warning(finding.message, hint: finding.hint) }

  func failed(_ finding: CheckFinding, _ exitCode: ExitCode) -> CheckRecord {
    failed(finding.message, hint: finding.hint, exitCode)
  }

  func failed(_ error: ConfigurationError) -> CheckRecord {
    failed(error.placedMessage, hint: error.hint ?? "'sms help config' explains all settings", .configuration)
  }

  /// This check, failed once for each error.
  func failures(_ error: ConfigurationError) -> [CheckRecord] {
    (error.withoutWarnings ?? error).all.map(failed)
  }
}
