import Platform
import Testing
import TextFormats

/// Voximplant with a key file in place of an API key.
@Suite struct ServiceAccountTests {
  private static let hasOpenSSL = (try? Subprocess.run(["openssl", "version"], timeout: .seconds(10))) != nil

  @Test(
    "A service account signs its requests; its key shows nowhere",
    .enabled(if: hasOpenSSL, "openssl is not installed"), arguments: [false, true])
  func serviceAccount(isWrapped: Bool) throws {
    try withSandbox { sandbox in
      let key = try sandbox.tool.shell("openssl genrsa 2048 2>/dev/null").text
      let account: JSONValue = [
        "account_email": "ada@example.com", "account_id": 1_000_001, "key_id": "key-1", "private_key": .string(key),
      ]
      var bytes: [UInt8] = []
      (isWrapped ? ["result": account] : account).write(to: &bytes)
      try sandbox.write("account.json", bytes)
      try sandbox.write(
        "account.toml",
        """
        [profiles.vox]
        provider = "voximplant"
        base_url = "http://127.0.0.1:\(sandbox.port)/voximplant"
        service_account = "account.json"
        from = "+15550100102"
        """)
      let run = try sandbox.tool.run("-c", "account.toml", "-v", "send", "+15550100001", "Hello")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try sandbox.log().map(\.to) == ["+15550100001"])
      #expect(run.stderr.contains("Authorization: Bearer ********"))
      #expect(!run.stderr.contains("PRIVATE KEY") && !run.stderr.contains("eyJ"))
    }
  }
}
