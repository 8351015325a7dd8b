import Messaging

/// All providers that have an adapter.
public enum ProviderRegistry {
  /// One per line, in the order of lists and tables.
  public static let all: [any Provider.Type] = [
    VPixelPro.self,
    Sendapp.self,
    VoIPCommunications.self,
    Voximplant.self,
    SMSIT.self,
  ]

  /// Returns the provider with that name, as in `provider = "…"`; nil if there is none.
  public static func provider(named name: String) -> (any Provider.Type)? {
    all.first { $0.descriptor.name == name }
  }
}
