import Application
import Configuration
import Ledger
import Messaging
import TextFormats

extension ProviderSession {
  /// Fails where the ledger knows an id only from another profile: here, the same id is somebody else's message.
  ///
  /// An id that it doesn't know at all may still be the provider's, and so may any where there is no ledger.
  func requireOwn(_ ids: [String]) throws {
    guard !ids.isEmpty, let ledger = (try? context.existingLedger()) ?? nil else { return }
    for id in ids {
      let origins = (try? ledger.origins(ofID: id, for: account)) ?? []
      guard let other = origins.first, !origins.contains(where: isOurs) else { continue }
      throw Failure.foreignID(id, of: other, capability.command, context)
    }
  }

  private func isOurs(_ origin: MessageOrigin) -> Bool {
    let isOfProfile = origin.profile == settings.profile?.name && origin.provider == settings.descriptor.name
    return origin.isOfAccount || isOfProfile
  }
}

extension Failure {
  /// The id is known, but from another profile.
  fileprivate static func foreignID(
    _ id: String, of origin: MessageOrigin, _ command: String, _ context: Context
  ) -> Failure {
    guard let profile = origin.profile else {
      return Failure(
        "input", .usage, "the message \(id) was sent through \(origin.provider), without a profile",
        hint: "set SMS_PROVIDER=\(origin.provider) and its key, and leave out --profile")
    }
    let config = context.globals[GlobalOptions.config].map { "-c \($0.shellQuoted) " } ?? ""
    return Failure(
      "input", .usage, "the message \(id) was sent with the profile '\(profile)'",
      hint: "sms \(config)-p \(profile.shellQuoted) \(command) \(id.shellQuoted)".asCommand)
  }
}
