import Platform
import TextFormats

extension ConfigurationError {
  /// One for each case.
  package static var examples: [ExampleMessage] {
    let path = "/home/ada/.config/sms/config.toml"
    let sets = [["account_id", "api_key"], ["service_account"]]
    let problems: [Problem] = [
      .syntax(reason: "expected `=` after the key"),
      .wrongType(setting: "timeout", expected: "a string", found: "integer"),
      .invalidValue(setting: "rate", reason: "not a rate", hint: "use a count and a unit, such as 10/s"),
      .baseURL(setting: "base_url", .malformed), .baseURL(setting: "base_url", .userInformation),
      .baseURL(setting: "base_url", .queryOrFragment), .baseURL(setting: "base_url", .insecure(host: "example.com")),
      .fileUnusable(setting: "ca_file", path: "ca.pem", reason: "No such file or directory"),
      .secretFormsTogether(["key", "key_env"]),
      .secretUnavailable(setting: "key_env", reason: "variable KEY is not set"),
      .secretUnsafe(setting: "key"), .secretWrapped(setting: "key", in: "are quotes"), .readableByOthers(path: path),
      .untrustedFile(path: path, .writableByOthers, isSecret: false),
      .untrustedFile(path: path, .anotherUsers(owner: 1001), isSecret: true),
      .untrustedFile(path: path, .inOpenFolder("/srv/shared"), isSecret: true),
      .unknownProvider("sendap", known: ["sendapp", "smsit"]), .unknownProfile("offce", known: ["office", "home"]),
      .unknownProfile("office", known: []), .noProfileChosen(known: ["office", "home"]), .noProfileChosen(known: []),
      .nothingConfigured(path: path), .providerMissing(profile: "office"),
      .settingsMissing(sets: sets, provider: "Voximplant", profile: "office"),
      .settingsMissing(sets: sets, provider: "Voximplant", profile: nil),
      .credentialsTogether(sets: sets, provider: "Voximplant"), .providerContradicted(profile: "office"),
      .notUTF8(offset: 14), .fileExists(path: path), .noHome, .inputIsTerminal,
    ]
    return problems.map { ExampleMessage(ConfigurationError($0)) }
  }
}
