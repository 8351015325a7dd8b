import Messaging

extension MessageStatus {
  /// What the word means that a provider has for the status of `message`; without one it is taken, and that's all.
  ///
  /// What waits because it was to be sent later is scheduled.
  init(reported word: String?, for message: OutgoingMessage) {
    self.init(reported: word, isForLater: message.scheduledAt != nil)
  }

  /// What the word means that a provider has for the status of a message, which may be one to be sent later.
  init(reported word: String?, isForLater: Bool) {
    guard let word else {
      self = isForLater ? .scheduled : .accepted
      return
    }
    let status = MessageStatus(providerWord: word) ?? .accepted
    self = status == .queued && isForLater ? .scheduled : status
  }

  /// Nil for a word that none of the providers documents, and none was seen to use.
  private init?(providerWord word: String) {
    switch word.lowercased() {
    case "pending", "queued": self = .queued
    case "scheduled": self = .scheduled
    case "sent", "dispatched": self = .sent
    case "delivered": self = .delivered
    case "failed", "rejected", "expired", "undelivered": self = .failed
    case "canceled", "cancelled", "aborted": self = .canceled
    case "received": self = .received
    default: return nil
    }
  }
}
