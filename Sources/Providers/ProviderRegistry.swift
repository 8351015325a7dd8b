import Messaging

/// Every provider that there is an adapter for.
public enum ProviderRegistry {
  /// One line a provider; the order is that of lists and tables.
  public static let all: [any Provider.Type] = [
    VPixelPro.self,
    Sendapp.self,
    VoIPCommunications.self,
    Voximplant.self,
    SMSIT.self,
  ]

  /// The provider of that name, as in `provider = "…"`; nil for a name nobody has.
  public static func provider(named name: String) -> (any Provider.Type)? {
    all.first { $0.descriptor.name == name }
  }
}
