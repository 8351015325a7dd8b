import Application
import TextFormats

/// What keeps a profile from being added or removed.
extension Failure {
  static let inputUnchangeable = Failure("usage", .usage, "standard input can't be changed; name a file")

  static func notPlain(_ path: String) -> Failure {
    Failure("usage", .usage, "\(path) is not a plain file")
  }

  static func profileExists(_ name: String, in path: String) -> Failure {
    Failure(
      "usage", .usage, "profile '\(name)' already exists in \(path)",
      hint: "choose another name, or remove it first: sms config remove \(name.shellQuoted)")
  }

  /// Something else wrote the file after it was read.
  static func changedMeanwhile(_ path: String) -> Failure {
    Failure("io", .io, "\(path) was changed by something else meanwhile", hint: "run the command again")
  }

  /// Its text is such that only a person can make the change.
  static func unchangeable(_ path: String, _ reason: String) -> Failure {
    Failure("config", .configuration, "\(path) was not changed: \(reason)", hint: "change it in an editor")
  }

  /// The profile is written as an inline table or with dotted keys.
  static func noLines(ofProfile name: String, in path: String) -> Failure {
    unchangeable(path, "profile '\(name)' has no lines of its own")
  }

  static func noPlaceForProfile(in path: String) -> Failure {
    unchangeable(path, "no profile can be added at its end")
  }

  /// A secret that an option does not say and standard input does not have.
  static func noSecret(_ reason: String) -> Failure {
    Failure("usage", .usage, reason, hint: "or say where the secret is, with --key-env, --key-file or --key-command")
  }

  /// One of each.
  static var profileExamples: [Failure] {
    let path = "/home/ada/.config/sms/config.toml"
    return [
      inputUnchangeable, notPlain(path), profileExists("office", in: path), changedMeanwhile(path),
      noLines(ofProfile: "office", in: path), noPlaceForProfile(in: path),
      noSecret("key and password can't be asked for here"),
      noSecret("standard input must have 2 lines: key and password"),
      noSecret("key on standard input is not a line of text"),
    ]
  }
}
