import CommandLineKit
import Messaging
import Platform
import TextFormats

extension ConfigurationError {
  /// One for each case.
  package static var examples: [ExampleMessage] {
    let path = "/home/ada/.config/sms/config.toml"
    let sets = [["account_id", "api_key"], ["service_account"]]
    let inFile: [Problem] = [
      .wrongType(setting: "devices", expected: "an array such as [\"1\", \"2:0\"]", found: "a string"),
      .fileUnusable(setting: "service_account", path: "key.json", reason: "not a service account key file"),
      .wrongType(setting: "timeout", expected: "a string", found: "an integer"),
      .invalidValue(setting: "state_dir", reason: "not a path", hint: "use the path of a folder"),
      .invalidValue(
        setting: "time_zone", reason: "unknown time zone 'Mars'",
        hint: "use a name such as Europe/London; 'timedatectl list-timezones' lists them"),
      .baseURL(setting: "base_url", .malformed), .baseURL(setting: "base_url", .userInformation),
      .baseURL(setting: "base_url", .queryOrFragment), .baseURL(setting: "base_url", .insecure(host: "example.com")),
      .fileUnusable(setting: "ca_file", path: "ca.pem", reason: "No such file or directory"),
      .secretFormsTogether(["key", "key_env"]),
      .secretUnavailable(setting: "key", reason: "missing"), .secretUnavailable(setting: "key", reason: "empty"),
      .secretUnavailable(setting: "key_env", reason: "variable KEY is not set"),
      .secretUnavailable(setting: "key_env", reason: "no such variable is set"),
      .secretUnavailable(setting: "key_command", reason: "the command exited with code 1: no such entry"),
      .secretUnavailable(setting: "key_command", reason: "the command was killed by signal 9"),
      .secretUnavailable(setting: "key_command", reason: SubprocessError.timedOut.reason),
      .secretUnavailable(setting: "key_command", reason: SubprocessError.stopped.reason),
      .secretUnavailable(setting: "key_command", reason: SubprocessError.outputTooLarge(limit: 0).reason),
      .secretUnavailable(
        setting: "key_command",
        reason: SubprocessError.notStarted(SystemError(code: 13, operation: "exec")).reason),
      .secretUnsafe(setting: "key"), .secretWrapped(setting: "key", in: "are quotes"),
      .secretWrapped(setting: "key", in: "are spaces"),
      .secretWrapped(setting: "key", in: "are invisible characters (U+200B)"),
      .secretWrapped(setting: "key", in: "is a byte order mark (U+FEFF)"),
      .unknownName("timout", nearest: "timeout"), .unknownProvider("sendap", known: ["sendapp", "smsit"]),
      .unknownProvider("twilio", known: ["sendapp", "smsit"]),
      .settingsMissing(sets: sets, provider: "Voximplant", profile: "office"),
      .credentialsTogether(sets: sets, provider: "Voximplant"),
    ]
    let others: [Problem] = [
      .readableByOthers(path: path), .unreadable(path: path, SystemError(code: 2, operation: "open")),
      .unreadable(path: path, SystemError(code: 13, operation: "open")),
      .unwritable(path: path, SystemError(code: 28, operation: "write")),
      .untrustedFile(path: path, .writableByOthers, isSecret: false),
      .untrustedFile(path: path, .anotherUsers(owner: 1001), isSecret: true),
      .untrustedFile(path: path, .inOpenFolder("/srv/shared"), isSecret: true),
      .unknownProfile("offce", known: ["office", "home"]), .unknownProfile("work", known: ["office", "home"]),
      .unknownProfile("office", known: []), .noProfileChosen(known: ["office", "home"]), .noProfileChosen(known: []),
      .nothingConfigured(path: path), .providerMissing(profile: "office"),
      .settingsMissing(sets: sets, provider: "Voximplant", profile: nil),
      .providerContradicted(profile: "office", named: "smsit", provider: "sendapp"),
      .notUTF8(offset: 14), .fileExists(path: path), .noHome, .inputIsTerminal,
    ]
    return syntax(path) + inFile.map { ExampleMessage(ConfigurationError($0, at: place(path))) }
      + others.map { ExampleMessage(ConfigurationError($0)) } + values + warnings(path)
  }

  private static func place(_ path: String, line: String = "") -> Place {
    .file(path: path, position: TextPosition(line: 9, column: 1), line: ShownLine(text: line, offset: 0))
  }

  /// Each TOML error, with the message for a line that can be shown, and for one that can't.
  private static func syntax(_ path: String) -> [ExampleMessage] {
    let errors = TOMLError.examples
    let reasons = errors.map(\.reason)
    let general = errors.map(\.generalReason).filter { !reasons.contains($0) }
    return (reasons + general).map { ExampleMessage(ConfigurationError(.syntax(reason: $0), at: place(path))) }
  }

  /// Invalid values of variables.
  private static var values: [ExampleMessage] {
    let written: [(SettingSpec, String)] = [
      (CommonSettings.countryCode, "44"), (CommonSettings.rate, "5"), (CommonSettings.allowHTTP, "maybe"),
      (CommonSettings.output.spec, "jsn"), (CommonSettings.proxy, ""),
      (SettingSpec("devices", .devices, help: ""), "x"),
    ]
    return written.compactMap { spec, text -> ExampleMessage? in
      do throws(ValueProblem) {
        _ = try spec.value(ofText: text)
        return nil
      } catch {
        let problem = Problem.invalidValue(setting: spec.name, reason: error.message(for: text), hint: error.hint)
        return ExampleMessage(ConfigurationError(problem, at: .variable("SMS_\(spec.name.uppercased())")))
      }
    }
  }

  private static func warnings(_ path: String) -> [ExampleMessage] {
    let place = place(path)
    return [
      ConfigurationFile.UnknownName(name: "timout", place: place, nearest: "timeout").message,
      ConfigurationFile.Unfilled(name: "from", profile: "office", place: place).message,
      UnknownVariable(name: "SMS_TIMOUT", nearest: "SMS_TIMEOUT").message,
    ].map { .note("warning: \($0)") }
  }
}
