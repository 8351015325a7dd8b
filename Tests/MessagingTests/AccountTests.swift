import Testing

@testable import Messaging

@Suite struct AccountTests {
  @Test(
    "An address is the same account however it is written",
    arguments: [
      ("https://sms.example", "https://sms.example"), ("https://sms.example/", "https://sms.example"),
      ("HTTPS://SMS.Example//", "https://sms.example"), ("https://sms.example:443/api/", "https://sms.example/api"),
      ("https://sms.example:0443", "https://sms.example"), ("http://sms.example:80", "http://sms.example"),
      ("http://127.0.0.1:8025/vpixelpro", "http://127.0.0.1:8025/vpixelpro"),
      ("https://sms.example:8443/Api", "https://sms.example:8443/Api"), ("http://[::1]:80/a", "http://[::1]/a"),
      ("http://[::1]/a", "http://[::1]/a"), ("http://sms.example:443", "http://sms.example:443"),
      ("https://sms.example:80", "https://sms.example:80"), ("no address", "no address"),
    ])
  func address(written: String, canonical: String) {
    #expect(Account(provider: "smsit", baseURL: written, credentials: .none).baseURL == canonical)
  }

  /// Credentials no two of which are the same.
  static let credentials: [Credentials] = [
    .none, .form([FormField("key", "ab")]), .form([FormField("key", "ac")]), .form([FormField("ke", "yab")]),
    .form([FormField("key", "a"), FormField("b", "")]), .form([FormField("account_id", "1"), FormField("key", "ab")]),
    .authorization(.basic(user: "a", password: "bc")), .authorization(.basic(user: "ab", password: "c")),
    .authorization(.token(SignedToken(id: "1 k", privateKey: "x") { _ in request })),
    .authorization(.token(SignedToken(id: "1 l", privateKey: "x") { _ in request })),
  ]

  private static let request = SignatureRequest(command: [], input: [], expiresAt: 0) { _ in "" }

  @Test("Credentials that differ have other fingerprints, and so has another key")
  func fingerprints() {
    let prints = Self.credentials.flatMap { credentials in
      [[1], [2]].map { key in
        Account(provider: "smsit", baseURL: "https://sms.example", credentials: credentials)
          .fingerprint(keyedBy: key)
      }
    }
    #expect(Set(prints).count == Self.credentials.count * 2)
    #expect(prints.allSatisfy { $0.count == 32 })
  }

  @Test("A service account stays itself when its key file is only written in another way")
  func serviceAccount() {
    let accounts = ["key", "key\n"].map { key in
      Account(
        provider: "voximplant", baseURL: "https://sms.example",
        credentials: .authorization(.token(SignedToken(id: "1 k", privateKey: key) { _ in Self.request })))
    }
    #expect(accounts[0].fingerprint(keyedBy: [1]) == accounts[1].fingerprint(keyedBy: [1]))
  }
}
