import Platform
import TextFormats

/// What is wrong with the configuration, and where it says so. Nothing has been sent.
package struct ConfigurationError: UserError {
  /// Where a value was written.
  package enum Place: Hashable, Sendable {
    case file(path: String, position: TextPosition, line: String)
    case variable(String)
    case option(String)
  }

  /// What is wrong.
  package enum Problem: Sendable {
    case unreadable(path: String, SystemError)
    case unwritable(path: String, SystemError)
    case syntax(reason: String)
    case wrongType(setting: String, expected: String, found: String)
    case invalidValue(setting: String, reason: String, hint: String? = nil)
    case baseURL(setting: String, BaseURLProblem)
    case fileUnusable(setting: String, path: String, reason: String)
    case secretFormsTogether([String])
    case secretUnavailable(setting: String, reason: String)
    case secretUnsafe(setting: String)
    case readableByOthers(path: String)
    case unknownProvider(String, known: [String])
    case unknownProfile(String, known: [String])
    case noProfileChosen(known: [String])
    /// No file, and no provider named in the inputs.
    case nothingConfigured(path: String)
    case providerMissing(profile: String)
    case settingsMissing(sets: [[String]], provider: String, profile: String?)
    case credentialsTogether(sets: [[String]], provider: String)
    case providerContradicted(profile: String)
    case notUTF8(offset: Int)
    case fileExists(path: String)
    case noHome
    /// Standard input is to be read, and nobody would know that it waits.
    case inputIsTerminal
  }

  package var problem: Problem
  package var place: Place?
  /// A name in the file that means nothing, where what is missing was perhaps meant.
  package var slip: ConfigurationFile.UnknownName?
  /// The layer that says where a secret is, for one that can't be had.
  package var origin: Origin?

  package init(_ problem: Problem, at place: Place? = nil) {
    self.problem = problem
    self.place = place
  }
}
