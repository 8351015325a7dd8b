import TestSupport
import Testing
import TextFormats

/// What gateways post to addresses of their users', signed by somebody else's HMAC.
@Suite(.ownThread, .needs("openssl")) struct WebhookCallTests {
  private static let key = "sandbox-vpixelpro-key"
  private static let messages =
    #"[{"ID":"1","number":"+15550100001","message":"Hi & bye + 50% \u00fc","deviceID":"1","simSlot":"0","userID":"1","#
    + #""status":"Received","sentDate":"2018-10-20T00:00:00+02:00","deliveredDate":"2018-10-20T00:00:05+02:00","#
    + #""groupID":null}]"#
  private static let ussd =
    #"{"ID":5,"deviceID":1,"simSlot":0,"request":"*150#","response":"17.25","sentDate":"2018-10-20T00:00:00+02:00"}"#

  /// The value of `X-SG-SIGNATURE`, made by `openssl`.
  private func signature(of value: String, _ tool: Tool) throws -> String {
    let run = try tool.shell(
      "openssl dgst -sha256 -hmac \(Self.key) -binary | openssl base64 -A", input: Array(value.utf8))
    return run.text
  }

  /// Every byte but letters and digits escaped.
  private func form(_ name: String, _ value: String) -> String {
    let escaped = value.utf8.map { byte -> String in
      let scalar = UnicodeScalar(byte)
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isPlain ? String(scalar) : "%" + String(byte, radix: 16).leftPadded
    }
    return "\(name)=\(escaped.joined())"
  }

  @Test("Messages are printed when the signature is that of the key, however the body is handed over")
  func messages() throws {
    try withSandbox { sandbox in
      let signature = try signature(of: Self.messages, sandbox.tool)
      for body in [Self.messages, Self.messages + "\n", form("messages", Self.messages)] {
        try sandbox.write("body", body)
        let options = ["webhook", "verify", "--signature", signature, "-o", "json"]
        for run in [
          try sandbox.run(.vpixelpro, options + ["body"]),
          try sandbox.run(.vpixelpro, options, input: Array(body.utf8)),
        ] {
          #expect(run.code == 0, "\(run.stderr)")
          let record = try #require(try run.records().first)
          #expect(record.names == messageFields)
          #expect(
            record.values("id", "direction", "from", "to", "body", "status", "device", "sim") == [
              "1", "in", "+15550100001", .null, "Hi & bye + 50% ü", "received", "1", "0",
            ])
          #expect(record.values("sent_at", "delivered_at") == ["2018-10-19T22:00:00Z", "2018-10-19T22:00:05Z"])
        }
      }
    }
  }

  @Test("An answer to a USSD code is printed as one")
  func ussd() throws {
    try withSandbox { sandbox in
      let signature = try signature(of: Self.ussd, sandbox.tool)
      let run = try sandbox.run(
        .vpixelpro, "webhook", "verify", "--signature", signature, "-o", "json", input: form("ussdRequest", Self.ussd))
      #expect(run.code == 0, "\(run.stderr)")
      let record = try #require(try run.records().first)
      #expect(record.names == CallCase.ussdFields)
      #expect(record.values("id", "request", "response") == ["5", "*150#", "17.25"])
    }
  }

  @Test("Whatever is changed in body, signature or key, it is exit 1 and nothing is printed")
  func wrong() throws {
    try withSandbox { sandbox in
      let signature = try signature(of: Self.messages, sandbox.tool)
      func verify(_ body: String, _ signature: String, _ variables: [String: String] = [:]) throws -> Run {
        try sandbox.run(
          .vpixelpro, ["webhook", "verify", "--signature", signature, "-o", "json"], input: Array(body.utf8),
          variables: variables)
      }
      let attacks = [
        try verify(Self.messages.replacing("bye", with: "Bye"), signature),
        try verify(Self.messages + " ", signature), try verify("", signature),
        try verify(Self.messages, String(signature.dropLast())), try verify(Self.messages, signature.lowercased()),
        try verify(Self.messages, "x"), try verify(Self.messages, signature, ["SMS_KEY": "other-key"]),
        try verify("messages=[]&" + form("messages", Self.messages + " "), signature),
      ]
      for run in attacks {
        #expect(run.code == 1 && run.stdout.isEmpty, "\(run.text)")
        #expect(try JSONValue(parsing: Array(run.stderr.utf8))["error"]?["kind"] == "signature")
      }
      #expect(try verify(Self.messages, signature).code == 0)
    }
  }

  @Test(
    "A body that is signed, but isn't known, is exit 1", arguments: ["{}", "7", "nonsense", #"[{"a":1},2]"#, "[[]]"])
  func unknownForm(body: String) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(
        .vpixelpro, "webhook", "verify", "--signature", try signature(of: body, sandbox.tool), input: body)
      #expect(run.code == 1 && run.stdout.isEmpty, "\(run.text)")
      #expect(run.stderr.hasPrefix("sms: the signature is valid, but the body isn't a known "))
    }
  }
}

extension String {
  fileprivate var leftPadded: String { count < 2 ? "0\(self)" : self }
}
