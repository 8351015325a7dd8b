import Providers
import TextFormats

/// Collects what is wrong with a configuration, so that it is told all at once.
struct ConfigurationMistakes {
  private(set) var errors: [ConfigurationError] = []

  /// What a step comes to; nil where it fails, and then why is kept.
  mutating func attempt<Value>(_ step: () throws(ConfigurationError) -> Value) -> Value? {
    do throws(ConfigurationError) {
      return try step()
    } catch {
      add(error)
      return nil
    }
  }

  /// Adds it, and what it comes with, unless that is known: what `[defaults]` says wrongly is wrong in every profile.
  mutating func add(_ error: ConfigurationError) {
    for error in error.all where !errors.contains(where: error.isSame) { errors.append(error) }
  }

  /// Throws the first, which has the others with it: in the order of the file, and then what it doesn't say.
  func check() throws(ConfigurationError) {
    let sorted = errors.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
      .map(\.element)
    guard var first = sorted.first else { return }
    first.others = Array(sorted.dropFirst())
    throw first
  }
}

extension ConfigurationError {
  /// Each mistake that was found, this one first.
  package var all: [ConfigurationError] {
    var alone = self
    alone.others = []
    return [alone] + others
  }

  /// The mistakes that keep the configuration from being used; nil for none.
  package var withoutWarnings: ConfigurationError? { .joined(all.filter { !$0.problem.isUnknownName }) }

  /// All of these as one, the first in the file first; nil for none.
  package static func joined(_ errors: [ConfigurationError]) -> ConfigurationError? {
    var mistakes = ConfigurationMistakes()
    for error in errors { mistakes.add(error) }
    do throws(ConfigurationError) { try mistakes.check() } catch { return error }
    return nil
  }

  /// Whether it is the file's, and not that of an option or a variable.
  var isFileFault: Bool {
    if case .noProfileChosen = problem { return true }
    if case .file = place { return true }
    return false
  }

  fileprivate func isSame(as other: ConfigurationError) -> Bool {
    place == other.place && problem.message == other.problem.message
  }

  /// The line, and the column in it, as one number.
  fileprivate var order: Int {
    guard case .file(_, let position, _) = place else { return .max }
    return position.line << 20 + min(position.column, 1 << 20 - 1)
  }

  /// With what else is wrong in the file, and with the names in it that mean nothing, as one of them may be the cause.
  /// Of the profiles it is this one that matters; all of them for nil.
  func withUnknownNames(in file: ConfigurationFile?, profile: String?) -> ConfigurationError {
    let unknown = file.map { file in profile.map { file.unknownNames(for: $0) } ?? file.unknownNames } ?? []
    let told = all.map { $0.withSlip(among: unknown) }
    // One that resembles nothing may be anything, such as a part of a secret.
    let untold = unknown.filter { name in name.nearest != nil && !told.contains { $0.slip == name } }
    return .joined(
      told + untold.map { ConfigurationError(.unknownName($0.name, nearest: $0.nearest), at: $0.place) }) ?? self
  }
}

extension ConfigurationFile {
  /// The values that are none, in `[defaults]` and in every profile; not what is missing, as it may be what can't be read.
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
  /// Whether something should be there that isn't.
  fileprivate var isAbsence: Bool {
    switch self {
    case .providerMissing, .settingsMissing: true
    default: false
    }
  }

  /// Whether it alone would only be a warning.
  fileprivate var isUnknownName: Bool { if case .unknownName = self { true } else { false } }
}
