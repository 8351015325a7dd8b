import Messaging
import Platform

/// What the configuration is read from: variables, files, standard input, and commands that print secrets.
package struct ConfigurationInputs: Sendable {
  /// Environment variables that are text.
  package var variables: [String: String]
  /// Names of variables that are not UTF-8, with the offset of the first bad byte.
  package var notUTF8Variables: [String: Int]
  package var files: FileAccess
  /// The next bytes of standard input, nil at its end.
  package var readInput: @Sendable () throws(SystemError) -> [UInt8]?
  package var inputIsTerminal: Bool
  /// Runs a command with `/bin/sh -c`.
  package var runShell: @Sendable (_ command: String, _ timeout: Duration) throws(SubprocessError) -> Subprocess.Output
  /// The rules of an IANA time zone, or of the machine's own for nil; nil where the machine doesn't know the name.
  package var timeZone: @Sendable (String?) -> TimeZoneRules?

  package init(
    variables: [String: String], notUTF8Variables: [String: Int], files: FileAccess,
    readInput: @escaping @Sendable () throws(SystemError) -> [UInt8]?, inputIsTerminal: Bool,
    runShell: @escaping @Sendable (String, Duration) throws(SubprocessError) -> Subprocess.Output,
    timeZone: @escaping @Sendable (String?) -> TimeZoneRules?
  ) {
    self.variables = variables
    self.notUTF8Variables = notUTF8Variables
    self.files = files
    self.readInput = readInput
    self.inputIsTerminal = inputIsTerminal
    self.runShell = runShell
    self.timeZone = timeZone
  }
}
