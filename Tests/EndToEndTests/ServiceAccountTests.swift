import TestSupport
import Testing
import TextFormats

/// Voximplant with a key file in place of an API key.
@Suite(.ownThread) struct ServiceAccountTests {
  @Test(
    "A service account signs its requests; its key shows nowhere",
    .needs("openssl"), arguments: [false, true])
  func serviceAccount(isWrapped: Bool) throws {
    try withSandbox { sandbox in
      try writeAccount(sandbox, isWrapped: isWrapped)
      let run = try sandbox.tool.run("-c", "account.toml", "-v", "send", "+15550100001", "Hello")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try sandbox.log().map(\.to) == ["+15550100001"])
      #expect(run.said.contains("Authorization: Bearer ********"))
      #expect(!run.said.contains("PRIVATE KEY") && !run.said.contains("eyJ"))
    }
  }

  @Test(
    "One token is signed for a whole run, however many requests it takes",
    .needs("openssl"))
  func oneToken() throws {
    try withSandbox { sandbox in
      try writeAccount(sandbox, isWrapped: false)
      // Counts how often it is run, and does what it is asked for.
      let openssl = try sandbox.tool.shell("command -v openssl").text.split(separator: "\n").joined()
      _ = try sandbox.tool.shell(
        "mkdir bin && printf '#!/bin/sh\\necho run >> \"%s/runs\"\\nexec %s \"$@\"\\n' \"$PWD\" \(openssl) > bin/openssl"
          + " && chmod +x bin/openssl")
      var tool = sandbox.tool
      tool.variables["PATH"] = "\(sandbox.folder)/bin:/usr/bin:/bin"
      try sandbox.write("list.txt", (1...5).map { "+1555010000\($0)\n" }.joined())
      for (line, requests) in [
        (["bulk", "list.txt", "--message", "Hello"], 5), (["status", "--wait"], 1),
        (["send", "+15550100001", "Hello", "--wait"], 2), (["balance"], 1),
      ] {
        try sandbox.write("runs", "")
        let run = try tool.run(["-c", "account.toml", "-v"] + line)
        #expect(run.code == 0, "\(run.stderr)")
        #expect(run.complaints.count { $0.hasPrefix("> POST ") } >= requests)
        #expect(try tool.shell("wc -l < runs").text.filter(\.isNumber) == "1", "\(line)")
      }
    }
  }

  /// A key file, and a profile that names it.
  private func writeAccount(_ sandbox: TestSandbox, isWrapped: Bool) throws {
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
  }
}
