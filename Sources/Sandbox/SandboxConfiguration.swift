import Messaging
import TextFormats

/// The configuration file for using `sms` with the sandbox.
package enum SandboxConfiguration {
  /// Environment variables for using it without a file: those of the profile `vpixelpro`.
  package static func variables(port: UInt16) -> KeyValuePairs<String, String> {
    [
      "SMS_PROVIDER": "vpixelpro", "SMS_BASE_URL": "http://127.0.0.1:\(port)/vpixelpro",
      "SMS_KEY": SampleData.vpixelproKey,
    ]
  }

  /// The text of the file: five profiles, one for each provider, with its name. It contains (made-up) keys.
  ///
  /// It sets its own state directory, so that real runs don't count these messages as sent. `stateDirectory` is a
  /// TOML string.
  package static func text(port: UInt16, stateDirectory: String) -> String {
    let text = profiles(url: "http://127.0.0.1:\(port)", stateDirectory: stateDirectory)
    return text + seal(of: text) + "\n"
  }

  /// Whether a file was written by the sandbox, and not edited since.
  package static func wrote(_ file: [UInt8]) -> Bool {
    let text = String(decoding: file, as: UTF8.self)
    guard let end = text.firstRange(of: sealStart)?.lowerBound else { return false }
    return text == text[..<end] + seal(of: String(text[..<end])) + "\n"
  }

  private static let sealStart = "# 'sms sandbox' wrote this file, and replaces it as long as nobody edits it: "

  /// The last line, which shows whether the lines above it were changed.
  private static func seal(of text: String) -> String {
    sealStart + Base64.urlEncoded(SHA256.digest(of: text.utf8).prefix(12))
  }

  private static func profiles(url: String, stateDirectory: String) -> String {
    """
    # Profiles for a running `sms sandbox`. All keys and numbers are made up.
    default_profile = "vpixelpro"
    state_dir = \(stateDirectory)

    [profiles.vpixelpro]
    provider = "vpixelpro"
    base_url = "\(url)/vpixelpro"
    key = "\(SampleData.vpixelproKey)"
    devices = ["1", "2:0"]
    # Without a limit; an account without credit: key = "\(SampleData.vpixelproEmptyKey)"

    [profiles.sendapp]
    provider = "sendapp"
    base_url = "\(url)/sendapp"
    key = "\(SampleData.sendappKey)"
    # An account without credit: key = "\(SampleData.sendappEmptyKey)"
    # One without a limit: key = "\(SampleData.sendappUnlimitedKey)"

    [profiles.voipcomm]
    provider = "voipcomm"
    base_url = "\(url)/voipcomm"
    key = "\(SampleData.voipcommKey)"
    password = "\(SampleData.voipcommPassword)"
    from = "+\(SampleData.voipcommSender)"
    time_zone = "UTC"

    [profiles.voximplant]
    provider = "voximplant"
    base_url = "\(url)/voximplant"
    account_id = "\(SampleData.voximplantID)"
    api_key = "\(SampleData.voximplantKey)"
    from = "+\(SampleData.voximplantSender)"
    # Not yet enabled for SMS: from = "+\(SampleData.voximplantSilentNumber)"
    # An account without money: account_id = "\(SampleData.voximplantEmptyID)", api_key = "\(SampleData.voximplantEmptyKey)"

    [profiles.smsit]
    provider = "smsit"
    base_url = "\(url)/smsit"
    key = "\(SampleData.smsitKey)"
    from = "+\(SampleData.smsitSenders[0])"
    time_zone = "UTC"
    # An account without credit: key = "\(SampleData.smsitEmptyKey)"

    """
  }
}
