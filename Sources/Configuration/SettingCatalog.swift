import Messaging
import Providers

/// Every setting there is, put together from the common ones and what each provider declares.
package enum SettingCatalog {
  /// The settings of a profile of this provider.
  package static func settings(of provider: any Provider.Type) -> [SettingSpec] {
    let own = provider.descriptor.settings
    return CommonSettings.all.filter { common in !own.contains { $0.name == common.name } } + own
  }

  /// The settings that `[defaults]` takes: those of any provider, each name once.
  package static let all: [SettingSpec] = ProviderRegistry.all.reduce(into: CommonSettings.all) { known, provider in
    for setting in provider.descriptor.settings where !known.contains(where: { $0.name == setting.name }) {
      known.append(setting)
    }
  }

  /// The names that are read from a file for these settings: a secret has four.
  package static func writtenNames(of settings: [SettingSpec]) -> [String] {
    settings.flatMap { setting in
      setting.kind == .secret ? SecretSource.suffixes.map { setting.name + $0 } : [setting.name]
    }
  }
}
