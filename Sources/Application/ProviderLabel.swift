import Configuration
import Messaging

/// A provider as scripts and as people call it, and what its user can do when it fails.
package struct ProviderLabel: Hashable, Sendable {
  package var name: String
  package var title: String
  /// Where the secrets of the profile come from, such as `key, /home/ada/.smsrc:9`.
  package var secretOrigins: [String] = []
  /// Its address, as the profile has it.
  package var baseURL = ""

  /// What to do about an error of this provider; nil where nothing comes to mind.
  package func hint(for error: ProviderError) -> String? {
    switch error.kind {
    case .credentials: credentialsHint
    case .noCredit: "add credit to the account, then run the same command again"
    case .unreachable: connectionHint(error.message)
    default: nil
    }
  }

  private var credentialsHint: String {
    let trial = "'sms config check --online' tries the credentials"
    guard !secretOrigins.isEmpty else { return trial }
    return "they come from \(secretOrigins.joined(separator: " and ")); \(trial)"
  }

  private func connectionHint(_ reason: String) -> String {
    let words = reason.lowercased()
    guard words.contains("certificate") || words.contains("ssl") || words.contains("tls") else {
      return isOnThisMachine ? "is the sandbox running? 'sms sandbox' starts it" : "'sms doctor' checks the connection"
    }
    return "check the name in \(baseURL), ca_file, and the machine's clock; 'sms doctor' checks the connection"
  }

  private var isOnThisMachine: Bool {
    (try? BaseURL(baseURL, allowsHTTP: true))?.isOnThisMachine ?? false
  }
}

extension Settings {
  /// How the profile's provider is named in errors.
  package var label: ProviderLabel {
    ProviderLabel(
      name: descriptor.name, title: descriptor.title, secretOrigins: secretOrigins,
      baseURL: string(CommonSettings.baseURL.name) ?? descriptor.defaultBaseURL)
  }

  private var secretOrigins: [String] {
    descriptor.settings.compactMap { spec in
      if let entry = secrets[spec.name] { return "\(entry.source.setting(spec.name)) (\(place(entry.origin)))" }
      guard spec.kind == .file, let entry = entries[spec.name] else { return nil }
      return "\(entry.value.text) (\(spec.name), \(place(entry.origin)))"
    }
  }

  /// Such as `/home/ada/.smsrc:9`, or `variable SMS_KEY`.
  private func place(_ origin: Origin) -> String {
    switch origin {
    case .profile(_, let position), .defaults(let position), .topLevel(_, let position):
      path.map { "\($0):\(position.line)" } ?? origin.text
    default: origin.text
    }
  }
}

extension SecretSource {
  /// The setting in this form, with where it leads; never the secret.
  fileprivate func setting(_ name: String) -> String {
    switch self {
    case .inline: name
    case .variable(let variable): "\(name)_env = \(variable)"
    case .file(let path): "\(name)_file = \(path)"
    case .command: "\(name)_command"
    }
  }
}
