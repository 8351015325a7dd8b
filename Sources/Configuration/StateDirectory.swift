/// The directory for data that must outlast a run: the ledger, and the files next to it.
package struct StateDirectory: Hashable, Sendable {
  package static let setting = "state_dir"
  package static let variable = "SMS_STATE_DIR"
  package static let help = "Directory of the ledger; a relative path is relative to the configuration file"

  package var path: String
  /// The source of the path.
  package var origin: Origin
}

extension ConfigurationSource {
  /// The state directory of this run; nil if there is no home directory to put it in.
  ///
  /// Throws if the configuration can't be read, because it may specify another ledger.
  package func stateDirectory() throws(ConfigurationError) -> StateDirectory? {
    if let path = inputs.variable(StateDirectory.variable) {
      return StateDirectory(path: path, origin: .variable(StateDirectory.variable))
    }
    return try file()?.stateDirectory(inputs) ?? usualStateDirectory
  }

  /// The default state directory, used if neither `SMS_STATE_DIR` nor the configuration specifies one.
  package var usualStateDirectory: StateDirectory? {
    if let folder = inputs.variable("XDG_STATE_HOME"), folder.hasPrefix("/") {
      return StateDirectory(path: "\(folder)/sms", origin: .variable("XDG_STATE_HOME"))
    }
    return inputs.variable("HOME").map { StateDirectory(path: "\($0)/.local/state/sms", origin: .builtIn) }
  }
}

extension ConfigurationFile {
  fileprivate func stateDirectory(_ inputs: ConfigurationInputs) -> StateDirectory? {
    guard let entry = stateDirectory, let written = entry.value.string else { return nil }
    let origin = Origin.topLevel(entry.key.name, entry.value.position)
    return StateDirectory(path: ConfigurationFolder(inputs, folder).path(written, from: origin), origin: origin)
  }
}
