import Providers
import TextFormats

/// Collects the errors of a configuration, so that all are reported together.
struct ConfigurationMistakes {
  private(set) var errors: [ConfigurationError] = []

  /// Returns the result of a step; nil if it throws, and then the error is added.
  mutating func attempt<Value>(_ step: () throws(ConfigurationError) -> Value) -> Value? {
    do throws(ConfigurationError) {
      return try step()
    } catch {
      add(error)
      return nil
    }
  }

  /// Adds an error and those attached to it, without duplicates: an error in `[defaults]` affects every profile.
  mutating func add(_ error: ConfigurationError) {
    for error in error.all where !errors.contains(where: error.isSame) { errors.append(error) }
  }

  /// Throws the first error with the others attached: first those in the file, in order, then the rest.
  func check() throws(ConfigurationError) {
    let sorted = errors.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
      .map(\.element)
    guard var first = sorted.first else { return }
    first.others = Array(sorted.dropFirst())
    throw first
  }
}

extension ConfigurationError {
  /// Each error that was found, starting with this one.
  package var all: [ConfigurationError] {
    var alone = self
    alone.others = []
    return [alone] + others
  }

  /// The errors that make the configuration unusable; nil for none.
  package var withoutWarnings: ConfigurationError? { .joined(all.filter { !$0.problem.isUnknownName }) }

  /// All of these as one error, sorted by their places in the file; nil for none.
  package static func joined(_ errors: [ConfigurationError]) -> ConfigurationError? {
    var mistakes = ConfigurationMistakes()
    for error in errors { mistakes.add(error) }
    do throws(ConfigurationError) { try mistakes.check() } catch { return error }
    return nil
  }

  /// Whether it is an error in the file, not in an option or a variable.
  var isFileFault: Bool {
    if case .noProfileChosen = problem { return true }
    if case .file = place { return true }
    return false
  }

  fileprivate func isSame(as other: ConfigurationError) -> Bool {
    place == other.place && problem.message == other.problem.message
  }

  /// The line and column as one number.
  fileprivate var order: Int {
    guard case .file(_, let position, _) = place else { return .max }
    return position.line << 20 + min(position.column, 1 << 20 - 1)
  }

  /// Adds the file's unknown names, because one of them may be the cause: those that affect this profile, or all
  /// with nil.
  func withUnknownNames(in file: ConfigurationFile?, profile: String?) -> ConfigurationError {
    let unknown = file.map { file in profile.map { file.unknownNames(for: $0) } ?? file.unknownNames } ?? []
    let told = all.map { $0.withSlip(among: unknown) }
    // A name that isn't similar to any known one may be anything, even part of a secret.
    let untold = unknown.filter { name in name.nearest != nil && !told.contains { $0.slip == name } }
    return .joined(
      told + untold.map { ConfigurationError(.unknownName($0.name, nearest: $0.nearest), at: $0.place) }) ?? self
  }
}

extension ConfigurationFile {
  /// Invalid values in `[defaults]` and all profiles. Omits missing values, because they may be in the part that
  /// can't be parsed.
  func valueMistakes(_ inputs: ConfigurationInputs) -> [ConfigurationError] {
    let profiles: [Profile?] = profiles.isEmpty ? [nil] : profiles
    return profiles.flatMap { profile in
      SettingLayers(globals: nil, variables: [:], file: self, profile: profile).valueMistakes(inputs)
    }
  }
}

extension SettingLayers {
  fileprivate func valueMistakes(_ inputs: ConfigurationInputs) -> [ConfigurationError] {
    do throws(ConfigurationError) {
      _ = try checkedSettings(inputs, checksFiles: true)
    } catch {
      return error.all.filter { !$0.problem.isAbsence && !$0.problem.isUnknownName }
    }
    return []
  }
}

extension ConfigurationError.Problem {
  /// Whether something is missing.
  fileprivate var isAbsence: Bool {
    switch self {
    case .providerMissing, .settingsMissing: true
    default: false
    }
  }

  /// Whether it would be only a warning on its own.
  fileprivate var isUnknownName: Bool { if case .unknownName = self { true } else { false } }
}
