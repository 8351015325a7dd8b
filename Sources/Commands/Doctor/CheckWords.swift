import TextFormats

/// The messages of passed checks, and how to provide a missing secret.
enum CheckWords {
  static let noFileNeeded = "no file needed: SMS_PROVIDER is set"
  static let noProfileNeeded = "no profile needed: SMS_PROVIDER is set"
  static let inline = "in plain text in the configuration"
  static let byCommand = "printed by its command"
  static let notYet = "doesn't exist yet; the first run creates it"
  static let openSSL = "found (signs for service accounts)"
  static let viaProxy = "resolved by the proxy"
  static let nameFound = "resolved"
  static let isAddress = "IP address, no lookup needed"
  static let notTried = "not tried without libcurl"

  static func used(_ profile: String, _ origin: String) -> String { "'\(profile)' is used (\(origin))" }
  static func valid(_ provider: String) -> String { "valid for \(provider)" }
  static func inFile(_ path: String) -> String { "in the file \(path)" }
  static func inVariable(_ name: String) -> String { "in the variable \(name)" }
  static func writable(_ origin: String?) -> String { "writable\(origin.map { " (\($0))" } ?? "")" }
  static func sound(_ version: Int) -> String { "schema version \(version)" }
  static func unfinished(_ job: String, _ pending: Int) -> String { "'\(job)' (\(pending) to send)" }

  static func library(_ title: String, certificates: String?) -> String {
    title + (certificates.map { ", certificates at \($0)" } ?? "")
  }

  static func reached(_ address: String?, isProxy: Bool) -> String {
    "reached\(address.map { " at \($0)" } ?? "")\(isProxy ? ", a proxy" : "")"
  }

  // MARK: - Hints

  static func exporting(_ variable: String) -> String { "run: export \(variable)=…" }
  static let namingAVariable = "use the name of an environment variable, such as SMS_KEY"
  static func creating(_ path: String) -> String { "store the secret: (umask 077; cat > \(path.shellQuoted))" }
  static func trying(_ command: String) -> String { "run it yourself: /bin/sh -c \(command.shellQuoted)" }
}

extension CheckWords {
  static var examples: [ExampleMessage] {
    let results = [
      noFileNeeded, noProfileNeeded, used("office", "default_profile"), used("office", "the only profile"),
      valid("Sendapp"), inline, inFile("~/key"),
      inVariable("SENDAPP_KEY"), byCommand, writable(nil), writable("variable SMS_STATE_DIR"), notYet, sound(9),
      library("libcurl 7.88.1", certificates: "/etc/ssl/certs/ca-certificates.crt"), openSSL, viaProxy, nameFound,
      isAddress, notTried, reached("192.0.2.7", isProxy: false), reached("192.0.2.7", isProxy: true),
      CredentialTrial.noFreeCall("voip-communications.net"),
    ]
    return results.map { .result($0) } + [
      .result("key_env: variable KEY is not set", hint: exporting("KEY")),
      .result("key_env: not the name of a variable", hint: namingAVariable),
      .result("key_file: /home/ada/key: No such file or directory", hint: creating("/home/ada/key")),
      .result("key_command: the command exited with code 1", hint: trying("pass show sms/key")),
    ]
  }
}
