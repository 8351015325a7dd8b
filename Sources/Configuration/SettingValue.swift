import CommandLineKit
import Messaging
import Output

/// A setting's value once it has been read.
package enum SettingValue: Hashable, Sendable {
  case string(String)
  case boolean(Bool)
  case integer(Int)
  case duration(Duration)
  case rate(Rate)
  case devices([DeviceSelector])
  case countryCode(CountryCode)
  case outputFormat(OutputFormat)
}

extension SettingValue {
  /// As a variable would hold it.
  package var text: String {
    switch self {
    case .string(let text): text
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .duration(let time): time.words
    case .rate(let rate): rate.words
    case .devices(let devices): devices.map(\.text).joined(separator: ",")
    case .countryCode(let code): code.text
    case .outputFormat(let format): format.rawValue
    }
  }

  /// As it would be written in a file.
  var tomlText: String {
    switch self {
    case .boolean, .integer: text
    case .devices(let devices): "[\(devices.map { "\"\($0.text)\"" }.joined(separator: ", "))]"
    default: text.tomlQuoted
    }
  }
}

extension DeviceSelector {
  fileprivate var text: String { "\(id)" + (sim.map { ":\($0)" } ?? "") }
}

/// Where a secret comes from; it is fetched when it is needed.
package enum SecretSource: Hashable, Sendable {
  /// Written in the configuration itself.
  case inline(String)
  /// In the inputs variable of this name.
  case variable(String)
  /// In the file at this path.
  case file(String)
  /// Printed by this command of `/bin/sh`.
  case command(String)

  /// The endings of the names of settings, in the order of the cases.
  package static let suffixes = ["", "_env", "_file", "_command"]
}
