import Configuration
import Messaging
import Providers

/// Something that the profile's provider can't do.
package struct Unsupported: Error, Hashable, Sendable {
  /// What was asked for, as it is typed: `--at`, `ussd send`.
  package var what: String
  /// The provider's title.
  package var provider: String
  /// Names of the user's profiles that can.
  package var capableProfiles: [String]
  /// Names of the providers that can; nil where that can't be told.
  package var capableProviders: [String]?

  /// For what only a provider's adapter itself knows.
  package init(what: String, provider: String) {
    self.what = what
    self.provider = provider
    capableProfiles = []
  }
}

extension Unsupported {
  /// Looks for the user's profiles, and for the providers, that can do it.
  package init(what: String, provider: String, _ context: Context, can: (any Provider.Type) -> Bool) {
    let providers = ProviderRegistry.all.filter(can).map { $0.descriptor.name }
    let profiles = ((try? context.configuration.file()) ?? nil)?.profiles ?? []
    self.init(what: what, provider: provider)
    capableProfiles = profiles.filter { $0.provider.map(providers.contains) ?? false }.map(\.name)
    capableProviders = providers
  }
}

extension SendFeature {
  /// The option that asks for it.
  package var optionName: String {
    switch self {
    case .from: "--from"
    case .schedule: "--at"
    case .device: "--device"
    case .allDevices: "--use-all-devices"
    case .allSIMs: "--use-all-sims"
    case .randomDevice: "--random-device"
    case .mms: "--mms"
    case .priority: "--priority"
    case .senderID: "--sender-id"
    case .recurrence: "--repeat"
    }
  }
}
