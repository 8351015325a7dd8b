import Messaging

/// V Pixel Pro SMS.
struct VPixelPro: SMSGateway {
  static let descriptor = ProviderDescriptor(
    gateway: "vpixelpro", title: "V Pixel Pro SMS", defaultBaseURL: "https://sms.vpixelpro.com")

  let settings: ProviderSettings

  init(_ settings: ProviderSettings) { self.settings = settings }
}

/// Sendapp.
struct Sendapp: SMSGateway {
  static let descriptor = ProviderDescriptor(
    gateway: "sendapp", title: "Sendapp", defaultBaseURL: "https://sms.sendapp.live")

  let settings: ProviderSettings

  init(_ settings: ProviderSettings) { self.settings = settings }
}

extension ProviderDescriptor {
  /// What all hosts of the script have in common.
  fileprivate init(gateway name: String, title: String, defaultBaseURL: String) {
    self.init(
      name: name, title: title, defaultBaseURL: defaultBaseURL,
      settings: [
        SettingSpec("key", .secret, help: "API key, shown in the account's dashboard"),
        SettingSpec(
          "devices", .devices, help: "Phones to send with where a message names none, such as \"1\" or \"2:0\""),
      ],
      credentials: [["key"]],
      features: [.schedule, .device, .allDevices, .allSIMs, .randomDevice, .mms, .priority])
  }
}
