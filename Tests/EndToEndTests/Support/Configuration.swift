import Platform

extension Tool {
  /// The tool with a profile for each provider, all of them led to one address, with keys that no other text has in it.
  init(folder: String, profilesAt url: String) throws {
    self.init(folder: folder, variables: ["SMS_CONFIG": "all.toml", "SMS_BASE_URL": url])
    try Files.replace("\(folder)/all.toml", Array(Self.profiles.utf8))
  }

  private static let profiles = """
    [profiles.vpixelpro]
    provider = "vpixelpro"
    key = "vpixelpro-secret"

    [profiles.sendapp]
    provider = "sendapp"
    key = "sendapp-secret"

    [profiles.voipcomm]
    provider = "voipcomm"
    key = "voipcomm-secret"
    password = "voipcomm-password"
    from = "+15550100101"

    [profiles.voximplant]
    provider = "voximplant"
    account_id = "1000001"
    api_key = "voximplant-secret"
    from = "+15550100102"

    [profiles.smsit]
    provider = "smsit"
    key = "smsit-secret"
    from = "+15550100103"

    """
}
