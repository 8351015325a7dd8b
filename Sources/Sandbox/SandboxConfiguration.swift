/// The configuration file with which `sms` talks to a sandbox.
public enum SandboxConfiguration {
  /// The text of the file: five profiles, one for each provider, named like it. It holds (made-up) keys.
  public static func text(port: UInt16) -> String {
    let url = "http://127.0.0.1:\(port)"
    return """
      # Profiles for a running `sms sandbox`. All keys and numbers are made up.
      default_profile = "vpixelpro"

      [profiles.vpixelpro]
      provider = "vpixelpro"
      base_url = "\(url)/vpixelpro"
      key = "\(SandboxAccount.vpixelproKey)"
      devices = ["1", "2:0"]
      # Without a limit; an account without credit: key = "\(SandboxAccount.vpixelproEmptyKey)"

      [profiles.sendapp]
      provider = "sendapp"
      base_url = "\(url)/sendapp"
      key = "\(SandboxAccount.sendappKey)"
      # An account without credit: key = "\(SandboxAccount.sendappEmptyKey)"
      # One without a limit: key = "\(SandboxAccount.sendappUnlimitedKey)"

      [profiles.voipcomm]
      provider = "voipcomm"
      base_url = "\(url)/voipcomm"
      key = "\(SandboxAccount.voipcommKey)"
      password = "\(SandboxAccount.voipcommPassword)"
      from = "+\(SandboxAccount.voipcommSender)"
      time_zone = "UTC"

      [profiles.voximplant]
      provider = "voximplant"
      base_url = "\(url)/voximplant"
      account_id = "\(SandboxAccount.voximplantID)"
      api_key = "\(SandboxAccount.voximplantKey)"
      from = "+\(SandboxAccount.voximplantSender)"
      # Not yet enabled for SMS: from = "+\(SandboxAccount.voximplantSilentNumber)"
      # An account without money: account_id = "\(SandboxAccount.voximplantEmptyID)", api_key = "\(SandboxAccount.voximplantEmptyKey)"

      [profiles.smsit]
      provider = "smsit"
      base_url = "\(url)/smsit"
      key = "\(SandboxAccount.smsitKey)"
      from = "+\(SandboxAccount.smsitSenders[0])"
      time_zone = "UTC"
      # An account without credit: key = "\(SandboxAccount.smsitEmptyKey)"

      """
  }
}
