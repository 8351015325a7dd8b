import Messaging
import TextFormats

extension ConfigurationError {
  /// The same error with the misspelt name of the file, or of its profile, that is perhaps behind it.
  package func withSlip(in file: ConfigurationFile?, profile: String?) -> ConfigurationError {
    let missing = problem.missingNames
    var error = self
    error.slip = file?.unknownNames(for: profile).first { unknown in
      unknown.nearest.map(missing.contains) ?? false
    }
    return error
  }
}

extension ConfigurationError.Problem {
  /// Names of which one in the file would have been enough.
  fileprivate var missingNames: [String] {
    switch self {
    case .noProfileChosen(known: []), .unknownProfile(_, known: []): ["profiles"]
    case .noProfileChosen: ["default_profile"]
    case .providerMissing: [CommonSettings.provider.name]
    case .settingsMissing(let sets, _, _):
      SettingCatalog.writtenNames(of: SettingCatalog.all.filter { sets.joined().contains($0.name) })
    default: []
    }
  }
}
