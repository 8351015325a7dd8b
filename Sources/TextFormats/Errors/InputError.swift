/// An error in the user's input, and where it is.
package struct InputError: UserError, Hashable {
  package enum Place: Hashable, Sendable {
    /// An option or operand, such as `TO` or `--at`.
    case argument(String)
    /// A file of rows; `row` counts data rows from 1, and the line of the file may be known.
    case row(file: String, row: Int?, line: Int?)
    case file(String)
    case standardInput
  }

  /// What is wrong. Each module adds its own problems as static functions.
  package struct Problem: Hashable, Sendable {
    package var message: String
    package var hint: String?

    package init(_ message: String, hint: String? = nil) {
      self.message = message
      self.hint = hint
    }
  }

  /// Nil until added by a caller that knows it.
  package var place: Place?
  package var problem: Problem
  /// The bad rows, if there are several.
  package var rows: [ErrorDetails.BadRow] = []

  package init(_ problem: Problem, at place: Place? = nil) {
    self.place = place
    self.problem = problem
  }

  package var message: String { (place.map { "\($0.text): " } ?? "") + problem.message }
  package var hint: String? { problem.hint }
  package var kind: String { "input" }
  package var exitCode: ExitCode { .usage }

  package var details: ErrorDetails {
    var details = ErrorDetails()
    details.rows = rows
    if case .row(_, let row, let line) = place {
      details.rows = [ErrorDetails.BadRow(row: row, line: line, message: problem.message)]
    }
    return details
  }
}

extension InputError.Place {
  fileprivate var text: String {
    switch self {
    case .argument(let name): name
    case .file(let path): path
    case .standardInput: "standard input"
    case .row(let file, let row, let line):
      "\(file)\(row.map { ", row \($0)" } ?? "")\(line.map { " (line \($0))" } ?? "")"
    }
  }
}

extension InputError.Problem {
  /// Standard input would be read from a terminal, without the user knowing that input is expected.
  package static func inputIsTerminal(expected: String) -> Self {
    Self(
      "can't read \(expected) from standard input, which is a terminal", hint: "pipe it in, or name a file")
  }
}

/// A part of the operating system that the program uses, and that a minimal system may lack.
package enum SystemDependency: String, CaseIterable, Sendable {
  case libcurl, sqlite, certificates, openssl, unzip, jq, timeZones

  /// The command that installs it; a description if the system's package manager is unknown.
  ///
  /// - Parameter osRelease: The text of `/etc/os-release` (os-release(5)); empty if there is none.
  package func installation(osRelease: String) -> String {
    guard let manager = PackageManager(osRelease: osRelease) else { return "install \(packages.generic)" }
    return "run: \(manager.command) \(self[manager])"
  }

  /// The name of the package.
  private subscript(_ manager: PackageManager) -> String {
    switch manager {
    case .apt: packages.apt
    case .dnf: packages.dnf
    case .apk: packages.apk
    case .zypper: packages.zypper
    case .pacman: packages.pacman
    case .brew: packages.brew
    }
  }

  private struct Packages {
    var generic, apt, dnf, apk, zypper, pacman, brew: String

    init(generic: String, apt: String, dnf: String, apk: String, zypper: String, pacman: String, brew: String) {
      self.generic = generic
      self.apt = apt
      self.dnf = dnf
      self.apk = apk
      self.zypper = zypper
      self.pacman = pacman
      self.brew = brew
    }

    /// A package with the same name everywhere.
    init(everywhere name: String, _ generic: String) {
      self.init(generic: generic, apt: name, dnf: name, apk: name, zypper: name, pacman: name, brew: name)
    }
  }

  private var packages: Packages {
    switch self {
    case .libcurl:
      Packages(
        generic: "libcurl 4", apt: "libcurl4", dnf: "libcurl", apk: "libcurl", zypper: "libcurl4", pacman: "curl",
        brew: "curl")
    case .sqlite:
      Packages(
        generic: "SQLite 3", apt: "libsqlite3-0", dnf: "sqlite-libs", apk: "sqlite-libs", zypper: "libsqlite3-0",
        pacman: "sqlite", brew: "sqlite")
    case .certificates: Packages(everywhere: "ca-certificates", "CA certificates (ca-certificates)")
    case .openssl: Packages(everywhere: "openssl", "openssl")
    case .unzip: Packages(everywhere: "unzip", "unzip")
    case .jq: Packages(everywhere: "jq", "jq")
    case .timeZones:
      Packages(
        generic: "the time zone database", apt: "tzdata", dnf: "tzdata", apk: "tzdata", zypper: "timezone",
        pacman: "tzdata", brew: "tzdata")
    }
  }
}

extension SystemDependency {
  /// Each part on an unknown system, and one part on each family of systems.
  package static var examples: [ExampleMessage] {
    let names = ["debian", "fedora", "alpine", "suse", "arch", "macos"]
    let systems = names.map { SystemDependency.jq.installation(osRelease: "ID=\($0)") }
    return (allCases.map { $0.installation(osRelease: "") } + systems).map { .result("hint: \($0)") }
  }
}

/// The program that installs packages on a family of systems.
private enum PackageManager {
  case apt, dnf, apk, zypper, pacman, brew

  var command: String {
    switch self {
    case .apt: "sudo apt install"
    case .dnf: "sudo dnf install"
    case .apk: "sudo apk add"
    case .zypper: "sudo zypper install"
    case .pacman: "sudo pacman -S"
    case .brew: "brew install"
    }
  }

  /// By the system's own name, otherwise by those it is similar to; nil for an unknown one.
  init?(osRelease: String) {
    let fields = osRelease.split(whereSeparator: \.isNewline).map { $0.split(separator: "=", maxSplits: 1) }
    let values = ["ID", "ID_LIKE"].flatMap { name in fields.filter { $0.count == 2 && $0[0] == name }.map { $0[1] } }
    let names = values.flatMap { $0.split { " \"'".contains($0) } }
    for name in names {
      switch name {
      case "debian", "ubuntu": self = .apt
      case "fedora", "rhel", "centos": self = .dnf
      case "alpine": self = .apk
      case "suse", "opensuse", "sles": self = .zypper
      case "arch": self = .pacman
      case "macos": self = .brew
      default: continue
      }
      return
    }
    return nil
  }
}
