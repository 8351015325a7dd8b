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
