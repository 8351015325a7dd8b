import Application
import Configuration
import Messaging
import TextFormats

/// A problem that a check found, with its message and how to fix it.
enum CheckFinding {
  // The configuration
  case fileMissing(String)
  case noConfiguration(String)
  case noProfile
  case changeable(mode: String, path: String)
  case unknownName(String, nearest: String?)
  case unfilled(String)
  case unknownVariable(nearest: String)
  case secretExposed(path: String)
  // The state directory and the ledger
  case noHome
  case notAFolder
  case folderLocked(String)
  case folderExposed(mode: String, String)
  case cannotCreate(in: String)
  case filesLocked(String)
  case damaged(String, setAside: String)
  case unsound(String, setAside: String)
  case rowsDamaged(Int, first: String)
  case readOnly(String)
  case ledgerExposed(mode: String, path: String)
  case noLog(path: String)
  case doubtful(String, jobs: [String])
  case unreadable(String, path: String)
  case fromNewerVersion(String)
  case tooOld(String, installation: String)
  // The machine
  case noTLS(library: String)
  case noOpenSSL(installation: String)
  case clockBehind(String)

  var message: String {
    switch self {
    case .fileMissing(let path), .noConfiguration(let path): "\(path) doesn't exist"
    case .noProfile: "the configuration has no profiles"
    case .changeable(let mode, _): "mode \(mode): other users can change it, including its commands"
    case .unknownName(let message, _): message
    case .unfilled(let message): message
    case .unknownVariable: "unknown variable"
    case .secretExposed(let path): "\(path) can be read by others"
    case .noHome: "no home folder to keep it in"
    case .notAFolder: "not a folder"
    case .folderLocked: "not writable"
    case .folderExposed(let mode, _), .ledgerExposed(let mode, _): "mode \(mode): other users can read it"
    case .cannotCreate(let folder): "can't be created: \(folder) isn't writable"
    case .filesLocked(let path): "\(path) isn't readable and writable"
    case .damaged(let reason, _): "damaged: \(reason)"
    case .unsound(let reason, _), .unreadable(let reason, _), .fromNewerVersion(let reason), .tooOld(let reason, _):
      reason
    case .rowsDamaged(let count, let first): "damage in \(counted(count, "place")): \(first)"
    case .readOnly: "not writable"
    case .noLog: "not in WAL mode, so commands wait for each other"
    case .doubtful(let reason, let jobs):
      jobs.isEmpty
        ? "\(reason); no job is unfinished, but later jobs may be missing"
        : "\(reason); unsent messages of these jobs may have been sent: \(jobs.joined(separator: ", "))"
    case .noTLS(let library): "\(library) has no TLS"
    case .noOpenSSL: "openssl is required for service_account, but isn't installed"
    case .clockBehind(let time): "the clock is wrong (it reads \(time)): certificates and signatures will be rejected"
    }
  }

  var hint: String? {
    switch self {
    case .fileMissing(let path):
      "check the path, or create it: sms -c \(path.shellQuoted) config init"
    case .noConfiguration: "run: sms config init"
    case .noProfile: "add one: sms config add NAME --provider PROVIDER"
    case .changeable(_, let path): "run: chmod go-w \(path.shellQuoted)"
    case .unknownName(_, let nearest):
      nearest.map { "did you mean '\($0)'?" } ?? "remove it; 'sms help config' explains all settings"
    case .unfilled: "replace \(ConfigurationFile.placeholder) with the value"
    case .unknownVariable(let nearest): "did you mean '\(nearest)'?"
    case .secretExposed(let path), .ledgerExposed(_, let path): "run: chmod 600 \(path.shellQuoted)"
    case .noHome, .notAFolder, .cannotCreate: "set SMS_STATE_DIR to a writable folder"
    case .folderLocked(let folder):
      "run: chmod u+rwx \(folder.shellQuoted), or set SMS_STATE_DIR to another folder"
    case .folderExposed(_, let folder): "run: chmod 700 \(folder.shellQuoted)"
    case .filesLocked(let path):
      "run: chmod u+rw \(path.shellQuoted), or, if you ran sms as root: sudo chown \"$USER\" \(path.shellQuoted)"
    case .damaged(_, let setAside), .unsound(_, let setAside):
      "restore the files, or start a new ledger: \(setAside)"
    case .rowsDamaged: "run: sms doctor --repair (marks these rows as failed or unknown, and cancels their jobs)"
    case .readOnly(let path): "run: chmod u+w \(path.shellQuoted)"
    case .noLog(let path): "run: sqlite3 \(path.shellQuoted) 'PRAGMA journal_mode = WAL'"
    case .doubtful(_, let jobs) where jobs.isEmpty:
      "restore the files, or accept them as they are: sms doctor --repair"
    case .doubtful:
      "restore the files, or mark these rows as unknown: sms doctor --repair; then: sms bulk --resume JOB --reconcile"
    case .unreadable(_, let path): "check the permissions: ls -l \(path.shellQuoted)"
    case .fromNewerVersion: "update sms"
    case .noTLS: "install a libcurl with TLS"
    case .noOpenSSL(let installation), .tooOld(_, let installation): installation
    case .clockBehind: "set the clock: \(Environment.clockCommand)"
    }
  }
}

extension CheckFinding {
  /// One for each case.
  static var examples: [ExampleMessage] {
    let (file, folder) = ("/home/ada/.config/sms/config.toml", "/home/ada/.local/state/sms")
    let ledger = "\(folder)/ledger.db"
    let setAside = "(cd \(folder) && mkdir ledger.db.damaged && mv ledger.db ledger.lock ledger.db.damaged)"
    let findings: [CheckFinding] = [
      .fileMissing("work.toml"), .noConfiguration(file), .noProfile, .changeable(mode: "0664", path: file),
      .unknownName("\(file):3:1: unknown setting 'timout'", nearest: "timeout"),
      .unknownName("\(file):3:1: unknown setting 'color'", nearest: nil),
      .unfilled("from is not filled in yet"), .unknownVariable(nearest: "SMS_TIMEOUT"),
      .secretExposed(path: "/home/ada/.secrets/key"), .noHome, .notAFolder, .folderLocked(folder),
      .folderExposed(mode: "0755", folder), .cannotCreate(in: "/home/ada"), .filesLocked(ledger),
      .damaged("row 3 of job 'spring' is missing or was changed", setAside: setAside), .readOnly(ledger),
      .rowsDamaged(2, first: "job 3 has more or fewer rows than it counted"),
      .ledgerExposed(mode: "0644", path: ledger), .noLog(path: ledger),
      .doubtful("moved, copied, or restored", jobs: []),
      .doubtful("moved, copied, or restored", jobs: ["'spring' (2 to send)"]),
      .unreadable("unable to open", path: ledger), .fromNewerVersion("schema version 9 is from a newer version of sms"),
      .tooOld(
        "SQLite 3.34.1 is too old; 3.37 or later is required", installation: "run: sudo apt install libsqlite3-0"),
      .noTLS(library: "libcurl 7.88.1"), .noOpenSSL(installation: "run: sudo apt install openssl"),
      .clockBehind("1970-01-01T00:00:00Z"),
    ]
    return findings.map { .result($0.message, hint: $0.hint) }
  }
}

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
      CredentialCheck.noFreeCall("voip-communications.net"),
    ]
    return results.map { .result($0) } + [
      .result("key_env: variable KEY is not set", hint: exporting("KEY")),
      .result("key_env: not the name of a variable", hint: namingAVariable),
      .result("key_file: /home/ada/key: No such file or directory", hint: creating("/home/ada/key")),
      .result("key_command: the command exited with code 1", hint: trying("pass show sms/key")),
    ]
  }
}
