/// The folder where runs keep what they need to remember: the ledger, and what lies beside it.
package struct StateDirectory: Hashable, Sendable {
  package static let setting = "state_dir"
  package static let variable = "SMS_STATE_DIR"
  package static let help = "Directory of the ledger; a relative path is relative to the configuration file"

  package var path: String
  /// What says so.
  package var origin: Origin
}

extension ConfigurationSource {
  /// The state directory of this run; nil where there is no home folder to keep it in.
  ///
  /// Fails where the configuration can't be read: without it nobody knows which ledger is meant.
  package func stateDirectory() throws(ConfigurationError) -> StateDirectory? {
    if let path = inputs.variable(StateDirectory.variable) {
      return StateDirectory(path: path, origin: .variable(StateDirectory.variable))
    }
    return try file()?.stateDirectory(inputs) ?? usualStateDirectory
  }

  /// The state directory where neither a variable of its own nor the configuration names one.
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
