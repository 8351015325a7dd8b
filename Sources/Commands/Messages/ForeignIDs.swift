import Application
import Configuration
import Ledger
import Messaging
import TextFormats

extension ProviderSession {
  /// Throws if the ledger knows an ID or group only from another profile: in this one, the same ID is someone
  /// else's message.
  ///
  /// An ID that the ledger doesn't know may still exist at the provider; without a ledger, any ID may.
  func requireOwn(_ query: MessageQuery) throws {
    let handles = query.ids.map(MessageHandle.id) + [query.groupID].compactMap(\.self).map(MessageHandle.group)
    guard !handles.isEmpty, let ledger = (try? context.existingLedger()) ?? nil else { return }
    for handle in handles {
      let origins = try ledger.origins(of: handle, for: account)
      guard let other = origins.first, !origins.contains(where: isOurs) else { continue }
      throw Failure.foreign(handle, of: other, capability.command, context)
    }
  }

  private func isOurs(_ origin: MessageOrigin) -> Bool {
    let isOfProfile = origin.profile == settings.profile?.name && origin.provider == settings.descriptor.name
    return origin.isOfAccount || isOfProfile
  }
}

extension Failure {
  /// The ID is known, but from another profile.
  static func foreign(
    _ handle: MessageHandle, of origin: MessageOrigin, _ command: String, _ context: Context
  ) -> Failure {
    guard let profile = origin.profile else {
      return Failure(
        "input", .usage, "\(handle.words) sent with \(origin.provider), without a profile",
        hint: "set SMS_PROVIDER=\(origin.provider) and its credentials, and omit --profile")
    }
    let config = context.globals[GlobalOptions.config].map { "-c \($0.shellQuoted) " } ?? ""
    return Failure(
      "input", .usage, "\(handle.words) sent with profile '\(profile)'",
      hint: "run: sms \(config)-p \(profile.shellQuoted) \(command) \(handle.arguments)")
  }
}

extension MessageHandle {
  fileprivate var words: String {
    switch self {
    case .id(let id): "message \(id) was"
    case .group(let id): "group \(id) was"
    }
  }

  /// The arguments for the command.
  fileprivate var arguments: String {
    switch self {
    case .id(let id): id.shellQuoted
    case .group(let id): "--group \(id.shellQuoted)"
    }
  }
}
