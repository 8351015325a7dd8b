/// Calls a web address of the user's when something happens, and signs what it posts there.
public protocol WebhookVerifying: Provider {
  /// What a posted body says, once its signature (`X-SG-SIGNATURE`) is that of the account's key.
  ///
  /// `body` is the whole form (`messages=…` or `ussdRequest=…`), or the raw value of that field. Nothing is asked.
  func webhook(signature: String, body: [UInt8]) throws(WebhookError) -> WebhookContent
}

/// What a webhook reports.
public enum WebhookContent: Hashable, Sendable {
  case messages([MessageRecord])
  case ussd([USSDRecord])
}

/// Why a posted body is not to be believed, or not understood.
public enum WebhookError: Error, Hashable, Sendable {
  /// The signature is not that of this body and key.
  case wrongSignature
  /// The signature is right, but the body is not what providers are known to post.
  case unexpectedForm
}
