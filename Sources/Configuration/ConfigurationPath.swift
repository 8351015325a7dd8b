import CommandLineKit
import Platform

/// Where the configuration file is looked for.
package struct ConfigurationPath {
  /// Named by option or variable: it must exist.
  package var explicit: String?
  /// Looked for in this order.
  package var usual: [String]
  private let files: FileAccess

  package init(_ inputs: ConfigurationInputs, _ globals: Parsed) {
    let variables = inputs.variables
    func folder(_ name: String) -> String? { variables[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
    let home = variables["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    let configHome = folder("XDG_CONFIG_HOME") ?? home.map { "\($0)/.config" }
    explicit = globals[GlobalOptions.config] ?? variables["SMS_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    usual = [configHome.map { "\($0)/sms/config.toml" }, home.map { "\($0)/.smsrc" }].compactMap(\.self)
    files = inputs.files
  }

  /// The file that is there; nil where there is none and none was named.
  package func existing() throws(ConfigurationError) -> String? {
    explicit ?? usual.first { files.status($0) != nil }
  }

  /// The file to read, or to write where there is none.
  package func preferred() throws(ConfigurationError) -> String {
    guard let path = try existing() ?? usual.first else { throw ConfigurationError(.noHome) }
    return path
  }
}
