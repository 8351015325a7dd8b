/// The credentials and numbers that the sandbox knows and the written configuration holds. All made up.
enum SandboxAccount {
  static let vpixelproKey = "sandbox-vpixelpro-key"
  static let vpixelproEmptyKey = "sandbox-vpixelpro-empty-key"
  static let sendappKey = "sandbox-sendapp-key"
  static let sendappEmptyKey = "sandbox-sendapp-empty-key"
  static let sendappUnlimitedKey = "sandbox-sendapp-unlimited-key"

  static let voipcommKey = "sandbox-voipcomm-key"
  static let voipcommPassword = "sandbox-voipcomm-password"
  static let voipcommSender = "15550100101"

  static let voximplantID = "1000001"
  static let voximplantKey = "sandbox-voximplant-key"
  static let voximplantEmptyID = "1000002"
  static let voximplantEmptyKey = "sandbox-voximplant-empty-key"
  static let voximplantSender = "15550100102"
  /// Bought, too, but not yet enabled for SMS.
  static let voximplantSilentNumber = "15550100105"

  static let smsitKey = "sandbox-smsit-key"
  static let smsitEmptyKey = "sandbox-smsit-empty-key"
  /// The first one is the configured one; the second takes part where senders rotate.
  static let smsitSenders = ["15550100103", "15550100104"]

  /// Numbers that end with this can't be reached; each provider says so in its own way.
  static let failingEnding = "9999"

  /// The numbers in contact list 1 and in the group `Friends`.
  static let friends = ["15550100001", "15550100002", "15550100003"]
}
