import Messaging

extension SettingLayers {
  /// The settings, once they are seen to fit together.
  package func checkedSettings() throws(ConfigurationError) -> Settings {
    do throws(ConfigurationError) {
      let settings = try settings()
      try SettingsCheck(settings: settings, layers: self).run()
      return settings
    } catch {
      throw error.withSlip(in: file, profile: profile?.name)
    }
  }
}

/// Checks what only shows when a profile's settings are seen together.
package struct SettingsCheck {
  package var settings: Settings
  package var layers: SettingLayers

  package func run() throws(ConfigurationError) {
    try checkProvider()
    try checkAddress()
    try checkCredentials()
  }

  /// A provider from the inputs must not get the credentials of a profile for another one.
  private func checkProvider() throws(ConfigurationError) {
    guard let named = layers.profile?.provider, let profile = settings.profile,
      case .variable(let variable) = settings.entries[CommonSettings.provider.name]?.origin,
      named != settings.descriptor.name
    else { return }
    throw ConfigurationError(.providerContradicted(profile: profile.name), at: .variable(variable))
  }

  private func checkAddress() throws(ConfigurationError) {
    guard let address = settings.string(CommonSettings.baseURL.name) else { return }
    do {
      _ = try BaseURL(address, allowsHTTP: settings.boolean(CommonSettings.allowHTTP.name) ?? false)
    } catch {
      let name = CommonSettings.baseURL.name
      throw ConfigurationError(
        .baseURL(setting: name, error), at: settings.entries[name].flatMap { layers.place(of: $0.origin) })
    }
  }

  /// Exactly one of the provider's sets of credentials has to be there as a whole.
  private func checkCredentials() throws(ConfigurationError) {
    let sets = settings.descriptor.credentials
    let complete = sets.filter { $0.allSatisfy(isGiven) }
    guard !complete.isEmpty else {
      throw ConfigurationError(
        .settingsMissing(sets: sets, provider: settings.descriptor.title, profile: settings.profile?.name))
    }
    guard complete.count == 1 else {
      throw ConfigurationError(.credentialsTogether(sets: complete, provider: settings.descriptor.title))
    }
  }

  private func isGiven(_ name: String) -> Bool {
    settings.entries[name] != nil || settings.secrets[name] != nil
  }
}
