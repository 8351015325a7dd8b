import Messaging
import Providers
import Testing

/// What is said of each provider once, and read by configuration, help and docs.
@Suite struct DescriptorTests {
  static let descriptors = ProviderRegistry.all.map { $0.descriptor }

  @Test(
    "Names, addresses and settings are those that users were told",
    arguments: zip(
      ["vpixelpro", "sendapp", "voipcomm", "voximplant", "smsit"],
      [
        ("https://sms.vpixelpro.com", ["key", "devices"], ["key"]),
        ("https://sms.sendapp.live", ["key", "devices"], ["key"]),
        ("https://voip-communications.net/api-v2/index.php", ["key", "password", "from"], ["key", "password"]),
        (
          "https://api.voximplant.com/platform_api",
          ["account_id", "api_key", "service_account", "from", "a2p", "store_body"], ["api_key"]
        ),
        ("https://decontrolpanel.smsit.ai", ["key", "from", "sender_id"], ["key"]),
      ]))
  func table(name: String, said: (url: String, settings: [String], secrets: [String])) throws {
    let descriptor = try #require(ProviderRegistry.provider(named: name)).descriptor
    #expect(descriptor.name == name)
    #expect(descriptor.defaultBaseURL == said.url)
    #expect(descriptor.settings.map(\.name) == said.settings)
    #expect(descriptor.settings.filter { $0.kind == .secret }.map(\.name) == said.secrets)
  }

  @Test("A name that nobody has finds nothing", arguments: ["", "VPixelPro", "twilio"])
  func unknownName(name: String) {
    #expect(ProviderRegistry.provider(named: name) == nil)
  }

  @Test("Every setting is explained in a line", arguments: descriptors.flatMap(\.settings))
  func help(setting: SettingSpec) {
    #expect(!setting.help.isEmpty && setting.help.count <= 90)
    #expect(!setting.help.hasSuffix(".") && !setting.help.contains("\n"))
  }

  @Test("Credentials are settings, and every secret is among them", arguments: descriptors)
  func credentials(descriptor: ProviderDescriptor) {
    let named = Set(descriptor.credentials.joined())
    #expect(!named.isEmpty && named.isSubset(of: descriptor.settings.map(\.name)))
    #expect(Set(descriptor.settings.filter { $0.kind == .secret }.map(\.name)).isSubset(of: named))
  }

  @Test("Who needs a sender refuses a message without one", arguments: descriptors)
  func neededSender(descriptor: ProviderDescriptor) throws {
    let provider = try #require(ProviderRegistry.provider(named: descriptor.name))
    let settings = SettingValues(baseURL: descriptor.defaultBaseURL)
    let message = OutgoingMessage(to: try PhoneNumber(parsing: "+15550100001"), body: "Hello")
    #expect((try provider.init(settings).objection(to: message) == .senderMissing) == descriptor.needsSender)
  }

  @Test("Who takes a sender has a setting for it", arguments: descriptors)
  func sender(descriptor: ProviderDescriptor) {
    #expect(descriptor.features.contains(.from) == descriptor.settings.contains { $0.name == "from" })
  }
}
