import Application
import TextFormats

/// Why a profile can't be added or removed.
extension Failure {
  static let inputUnchangeable = Failure(
    "usage", .usage, "can't change the configuration on standard input", hint: "name a file with --config")

  static func notPlain(_ path: String) -> Failure {
    Failure("usage", .usage, "\(path) is not a regular file", hint: "name another file with --config")
  }

  static func profileExists(_ name: String, in path: String, option: String) -> Failure {
    Failure(
      "usage", .usage, "profile '\(name)' already exists in \(path)",
      hint: "choose another name, or remove it first: sms\(option) config remove \(name.shellQuoted)")
  }

  /// Another program changed the file after it was read.
  static func changedMeanwhile(_ path: String) -> Failure {
    Failure(
      "io", .io, "another program changed \(path) at the same time; nothing was written",
      hint: "run the same command again")
  }

  /// A symbolic link to a missing file: only the user knows where the file belongs.
  static func danglingLink(_ path: String) -> Failure {
    Failure(
      "config", .configuration, "\(path) is a link to a file that doesn't exist",
      hint: "create that file, or remove the link: rm \(path.shellQuoted)")
  }

  /// The file can't be changed automatically.
  static func unchangeable(_ path: String, _ reason: String) -> Failure {
    Failure(
      "config", .configuration, "\(path) was not changed: \(reason)", hint: "edit the file by hand: \(path.shellQuoted)"
    )
  }

  /// The profile is written as an inline table or with dotted keys.
  static func noLines(ofProfile name: String, in path: String) -> Failure {
    unchangeable(path, "profile '\(name)' isn't a [profiles.\(name)] table")
  }

  static func noPlaceForProfile(in path: String) -> Failure {
    unchangeable(path, "a profile can't be added after its last line")
  }

  /// A secret is neither given by an option nor on standard input.
  static func noSecret(_ reason: String) -> Failure {
    Failure("usage", .usage, reason, hint: "pipe in one per line, or use --key-env, --key-file, or --key-command")
  }

  /// One of each.
  static var profileExamples: [Failure] {
    let path = "/home/ada/.config/sms/config.toml"
    return [
      inputUnchangeable, notPlain(path), profileExists("office", in: path, option: " -c work.toml"),
      changedMeanwhile(path), danglingLink(path),
      noLines(ofProfile: "office", in: path), noPlaceForProfile(in: path),
      noSecret("can't ask for key and password with --no-input"),
      noSecret("can't ask for key and password: standard error isn't a terminal"),
      noSecret("expected 2 lines on standard input: key, then password"),
      noSecret("key on standard input is empty, or has control characters"),
      noAnswer,
    ]
  }
}
