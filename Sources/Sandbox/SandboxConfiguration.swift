/// The configuration file that lets `sms` talk to a sandbox.
package enum SandboxConfiguration {
  /// Environment variables that lead to it without a file: those of the profile `vpixelpro`.
  package static func variables(port: UInt16) -> KeyValuePairs<String, String> {
    [
      "SMS_PROVIDER": "vpixelpro", "SMS_BASE_URL": "http://127.0.0.1:\(port)/vpixelpro",
      "SMS_KEY": SampleData.vpixelproKey,
    ]
  }

  /// The text of the file: five profiles, one for each provider, named like it. It holds (made-up) keys.
  package static func text(port: UInt16) -> String {
    let url = "http://127.0.0.1:\(port)"
    return """
      # Profiles for a running `sms sandbox`. All keys and numbers are made up.
      default_profile = "vpixelpro"

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
