import CommandLineKit

/// Where the configuration file is looked for.
struct ConfigurationPath {
  /// Named by option or variable: it must exist.
  var explicit: String?
  /// Looked for in this order.
  var usual: [String]
  private let files: FileAccess

  init(_ environment: Environment, _ globals: Parsed) {
    let variables = environment.variables
    func folder(_ name: String) -> String? { variables[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
    let home = variables["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    let configHome = folder("XDG_CONFIG_HOME") ?? home.map { "\($0)/.config" }
    explicit = globals[GlobalOptions.config] ?? variables["SMS_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    usual = [configHome.map { "\($0)/sms/config.toml" }, home.map { "\($0)/.smsrc" }].compactMap(\.self)
    files = environment.files
  }

  /// The file that is there; nil where there is none and none was named.
  func existing() throws(ConfigurationError) -> String? {
    explicit ?? usual.first { files.status($0) != nil }
  }

  /// The file to read, or to write where there is none.
  func preferred() throws(ConfigurationError) -> String {
    guard let path = try existing() ?? usual.first else { throw ConfigurationError(.noHome) }
    return path
  }
}
