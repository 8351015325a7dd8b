import CommandLineKit
import Messaging
import TextFormats

/// A variable that looks like one of ours, but misspelt.
package struct UnknownVariable: Hashable, Sendable {
  package var name: String
  /// The one that was perhaps meant.
  package var nearest: String
}

extension ConfigurationSource {
  /// Variables that begin like ours, mean nothing, and are near to one that does; in the order of their names.
  ///
  /// Those that the configuration takes secrets from are the user's own, and so are those that go on where one of ours
  /// ends, such as `SMS_KEY2`.
  package var unknownVariables: [UnknownVariable] {
    let own = "SMS_"
    let known = Self.knownVariables.map { String($0.dropFirst(own.count)) }
    let secrets = secretVariables
    let given = inputs.variables.filter { $0.key.hasPrefix(own) && !$0.value.isEmpty }.map(\.key).sorted()
    return given.filter { !secrets.contains($0) }.compactMap { name in
      let rest = String(name.dropFirst(own.count))
      guard !known.contains(where: rest.hasPrefix) else { return nil }
      return nearest(to: rest, among: known).map { UnknownVariable(name: name, nearest: own + $0) }
    }
  }

  private static var knownVariables: [String] {
    let settings = SettingCatalog.writtenNames(of: SettingCatalog.all).map { "SMS_\($0.uppercased())" }
    return settings + ["SMS_CONFIG", "SMS_PROFILE", "SMS_STATE_DIR", "SMS_PAGER"]
  }

  /// The variables that the file, or another variable, names as the place of a secret.
  private var secretVariables: Set<String> {
    let file = (try? self.file()) ?? nil
    let written = ([file?.defaults ?? []] + (file?.profiles.map(\.settings) ?? [])).joined()
      .filter { $0.key.name.hasSuffix("_env") }.compactMap(\.value.string)
    let named = inputs.variables.filter { $0.key.hasPrefix("SMS_") && $0.key.hasSuffix("_ENV") }.map(\.value)
    return Set(written + named)
  }
}
