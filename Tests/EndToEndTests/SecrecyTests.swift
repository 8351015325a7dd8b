import Platform
import TestSupport
import Testing
import TextFormats

/// Secrets show nowhere, however much is shown and whatever a provider sends back.
@Suite(.ownThread) struct SecrecyTests {
  /// A key that every encoding writes in another way.
  private static let key = "s3cr&t=+%/é\"\\~k"
  private static let password = "p4ss:w rd&d?>"

  @Test("--verbose shows requests and replies, and no secret", arguments: Provider.allCases)
  func verbose(provider: Provider) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(provider, "send", "+15550100001", "Hello", "-v", "-o", "json", "--raw")
      #expect(run.code == 0)
      #expect(run.said.contains("> POST http://127.0.0.1:\(sandbox.port)/\(provider.rawValue)/"))
      #expect(run.said.contains("< HTTP 200") && run.said.contains("********"))
      for secret in ["sandbox-\(provider.rawValue)-key", "sandbox-voipcomm-password"] {
        expectNone(of: spellings(of: secret), in: run)
      }
    }
  }

  /// What a server makes of a request that it sends back.
  enum Echo: String, CaseIterable, Sendable {
    case form, error, header
  }

  @Test(
    "A provider that sends secrets back doesn't get them shown, in no spelling", arguments: Provider.allCases,
    Echo.allCases)
  func echo(provider: Provider, echo: Echo) throws {
    let secrets = provider == .voipcomm ? [Self.key, Self.password] : [Self.key]
    let reply = ScriptedServer.reply(body: body(of: echo, secrets))
    let server = try ScriptedServer { _ in [.read, .write(reply)] }
    try withTemporaryFolder { folder in
      var tool = try Tool(folder: folder, profilesAt: server.url)
      tool.variables.merge([provider.keyVariable: Self.key, "SMS_PASSWORD": Self.password]) { $1 }
      let all = (secrets + [secrets.joined(separator: ":")]).flatMap(spellings)
      for line in [["send", "+15550100001", "Hello"], ["status", "1"], ["balance"], ["config", "check", "--online"]] {
        for options in [[], ["-v"], ["--raw", "-o", "csv"]] {
          let run = try tool.run(["-p", provider.rawValue, "-o", "json"] + line + options)
          #expect([1, 4, 6, 7].contains(run.code) || line[0] == "config", "\(run.stderr)")
          expectNone(of: all, in: run)
        }
      }
      expectNone(of: all, in: try tool.shell("cat .local/state/sms/*"))
    }
  }

  @Test(
    "No command shows a secret",
    arguments: ["config show", "config check", "config show -o json", "send +15550100001 Hello --dry-run -v"])
  func commands(command: String) throws {
    try withSandbox { sandbox in
      let run = try sandbox.tool.shell("sms \(command)")
      #expect(run.code == 0)
      expectNone(of: spellings(of: "sandbox-vpixelpro-key"), in: run)
    }
  }

  private func expectNone(of spellings: [String], in run: Run, sourceLocation: SourceLocation = #_sourceLocation) {
    for spelling in spellings {
      #expect(
        !run.said.contains(spelling) && !run.text.contains(spelling), "\(spelling)", sourceLocation: sourceLocation)
    }
  }

  private func body(of echo: Echo, _ secrets: [String]) -> String {
    let words = JSONValue.string("not " + secrets.joined(separator: ", "))
    return switch echo {
    case .form: secrets.map(percentEncoded).joined(separator: "&")
    case .header: "Authorization: Basic \(base64(secrets.joined(separator: ":")))"
    case .error:
      compact([
        "success": false, "error": ["code": 401, "message": words, "msg": words], "error_message": words,
        "status": "-3", "msg": words,
      ])
    }
  }

  /// How a secret may be written.
  private func spellings(of secret: String) -> [String] {
    [
      secret, percentEncoded(secret), percentEncoded(secret).replacing("%20", with: "+"), base64(secret),
      String(compact(.string(secret)).dropFirst().dropLast()),
    ]
  }

  private func percentEncoded(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.".utf8).contains(byte)
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }

  private func base64(_ text: String) -> String {
    let output = try? Subprocess.run(["base64"], input: Array(text.utf8), timeout: .seconds(10))
    return String(decoding: output?.stdout ?? [], as: UTF8.self).replacing("\n", with: "")
  }

  private func compact(_ json: JSONValue) -> String {
    var bytes: [UInt8] = []
    json.write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
