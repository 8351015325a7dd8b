import Testing

/// The five providers, as users name them; what they can do is retyped from their documents.
enum Provider: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case vpixelpro, sendapp, voipcomm, voximplant, smsit

  var testDescription: String { rawValue }

  /// Whether it sends through the owner's phones.
  var isGateway: Bool { self == .vpixelpro || self == .sendapp }

  /// Number in the sandbox's configuration that messages are from; phones have their own.
  var sender: String? {
    switch self {
    case .vpixelpro, .sendapp: nil
    case .voipcomm: "+15550100101"
    case .voximplant: "+15550100102"
    case .smsit: "+15550100103"
    }
  }

  /// The variable that sets its key in place of the configuration.
  var keyVariable: String { self == .voximplant ? "SMS_API_KEY" : "SMS_KEY" }
}
