import Configuration
import Messaging
import TextFormats

/// A provider as errors refer to it, and what its user can do about an error.
package struct ProviderLabel: Hashable, Sendable {
  package var name: String
  package var title: String
  /// Where the secrets of the profile come from: `key, /home/ada/.smsrc:9`.
  package var secretOrigins: [String] = []
  /// The provider's address, from the profile.
  package var baseURL = ""
  /// The commands that list what the provider has.
  package var lists = Lists()

  /// Commands that list the valid values of a message's parameters; nil if the provider has none.
  package struct Lists: Hashable, Sendable {
    package var devices: String?
    package var groups: String?
    package var settings = "'sms config show'"
  }

  package init(name: String, title: String, secretOrigins: [String] = [], baseURL: String = "", lists: Lists = Lists())
  {
    self.name = name
    self.title = title
    self.secretOrigins = secretOrigins
    self.baseURL = baseURL
    self.lists = lists
  }

  /// What to do about an error of this provider; nil if there is no advice.
  package func hint(for error: ProviderError) -> String? {
    switch error.kind {
    case .credentials: credentialsHint
    case .noCredit: "add credit to the account, then run the same command again"
    case .unreachable: connectionHint(error.message)
    case .refused: refusalHint(error.message.lowercased())
    case .busy: "try again later, or send more slowly with --rate"
    case .timedOut: "try again, or wait longer with --timeout"
    case .untrusted: "to see the reply, add -v"
    }
  }

  /// How to look up what the provider refused. The search terms are from the providers' messages.
  private func refusalHint(_ message: String) -> String? {
    if message.contains("already") { return nil }
    func names(_ words: String...) -> Bool { words.contains { message.contains($0) } }
    if names("device", "sim slot") { return lists.devices.map { "\($0) lists the devices and their SIM slots" } }
    if names("contacts list", "contact list", "group") {
      return lists.groups.map { "\($0) lists contacts with their groups" }
        ?? "find list IDs on \(title)'s website"
    }
    guard names("from", "source", "sender", "phone_number", "caller") else { return nil }
    return "\(lists.settings) shows the sender in use; your numbers are listed on \(title)'s website"
  }

  private var credentialsHint: String {
    secretOrigins.isEmpty
      ? "'sms config check --online' tests the credentials" : "check \(secretOrigins.joined(separator: " and "))"
  }

  private func connectionHint(_ reason: String) -> String {
    let words = reason.lowercased()
    let isTLS = ["certificate", "ssl", "tls"].contains(where: words.contains)
    guard isTLS, !["timeout", "timed out"].contains(where: words.contains) else {
      return isOnThisMachine
        ? "check that the sandbox is running; 'sms sandbox' starts it" : "'sms doctor' checks the connection"
    }
    return "\(tlsHint(words)); 'sms doctor' shows more"
  }

  /// The likely cause of a certificate error.
  private func tlsHint(_ words: String) -> String {
    if ["expired", "not yet valid", "not yet activated"].contains(where: words.contains) {
      return "check this machine's clock with 'date -u'"
    }
    if ["subject name", "does not match", "doesn't match", "hostname mismatch", "alternative"].contains(
      where: words.contains)
    {
      return "check the name in base_url"
    }
    return "set ca_file to the CA's certificate, or check the clock"
  }

  private var isOnThisMachine: Bool {
    (try? BaseURL(baseURL, allowsHTTP: true))?.isOnThisMachine ?? false
  }
}

extension Settings {
  /// The provider of the profile, as errors refer to it.
  package var label: ProviderLabel {
    ProviderLabel(
      name: descriptor.name, title: descriptor.title, secretOrigins: secretOrigins,
      baseURL: baseURL, lists: lists)
  }

  private var lists: ProviderLabel.Lists {
    var lists = ProviderLabel.Lists(settings: command("config show"))
    if provider is any DeviceListing.Type { lists.devices = command("devices") }
    if provider is any ContactListing.Type { lists.groups = command("contacts list") }
    return lists
  }

  /// An `sms` command for this profile.
  private func command(_ words: String) -> String {
    guard let profile, case .option = profile.origin else { return "'sms \(words)'" }
    return "sms --profile \(profile.name.shellQuoted) \(words)".asCommand
  }

  private var secretOrigins: [String] {
    descriptor.settings.compactMap { spec in
      if let entry = secrets[spec.name] { return "\(entry.source.setting(spec.name)) (\(place(entry.origin)))" }
      guard spec.kind == .file, let entry = entries[spec.name] else { return nil }
      return "\(entry.value.text) (\(spec.name), \(place(entry.origin)))"
    }
  }

  /// For example, `/home/ada/.smsrc:9` or `variable SMS_KEY`.
  private func place(_ origin: Origin) -> String {
    switch origin {
    case .profile(_, let position), .defaults(let position), .topLevel(_, let position):
      file.map { "\($0.path):\(position.line)" } ?? origin.text
    default: origin.text
    }
  }
}

extension SecretSource {
  /// The setting's name and what it refers to; never the secret.
  fileprivate func setting(_ name: String) -> String {
    switch self {
    case .inline: name
    case .variable(let variable): "\(name)_env = \(variable)"
    case .file(let path): "\(name)_file = \(path)"
    case .command: "\(name)_command"
    }
  }
}
