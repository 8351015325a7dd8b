import HTTPTransport
import Messaging
import Platform
import TestSupport
import Testing
import TextFormats

@testable import Delivery

private let token = SignedToken(id: "1", privateKey: "PEM") { now in
  SignatureRequest(command: ["sign"], input: Array("claims".utf8), expiresAt: now + 3595) { signature in
    "claims.\(Base64.urlEncoded(signature))"
  }
}

/// What `openssl` is asked for.
private func openssl(toSign text: String) -> SignatureRequest {
  SignatureRequest(
    command: ["openssl", "dgst", "-sha256", "-sign", "/dev/fd/3"], input: Array(text.utf8), expiresAt: 0
  ) { _ in "" }
}

private func request(_ authorization: Authorization) -> HTTPRequest {
  HTTPRequest(url: "https://sms.example", form: [FormField("a", "b c")], authorization: authorization)
}

@Suite(.ownThread) struct RequestSignerTests {
  @Test func aPlainRequestIsItsForm() throws {
    let wire = try RequestSigner().wire(request(.none), timeout: .seconds(9))
    #expect(wire.url == "https://sms.example")
    #expect(String(decoding: wire.body, as: UTF8.self) == "a=b+c")
    #expect(wire.headers.isEmpty && wire.timeout == .seconds(9))
  }

  /// RFC 7617, section 2, and a password that is not ASCII (section 2.1: UTF-8).
  @Test(arguments: [
    ("Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), ("test", "123\u{A3}", "Basic dGVzdDoxMjPCow=="),
  ])
  func basicCredentialsAreOneHeader(user: String, password: String, header: String) throws {
    let wire = try RequestSigner().wire(request(.basic(user: user, password: password)), timeout: .seconds(1))
    #expect(wire.headers.map(\.name) == ["Authorization"])
    #expect(wire.headers.map(\.value) == [header])
  }

  @Test func aTokenIsMadeOnceAndReplacedFiveMinutesBeforeItExpires() throws {
    var now: Int64 = 1_900_000_000
    var signed = 0
    let signer = RequestSigner(now: { now }) { (_, _) throws(Failure) in
      signed += 1
      return [UInt8(signed)]
    }
    func header() throws -> String? {
      try signer.wire(request(.token(token)), timeout: .seconds(1)).headers.first?.value
    }
    let first = try header()
    now += 3600 - 300 - 5
    #expect(try header() == first)
    now += 1
    #expect(try header() != first && signed == 2)
    now -= 7200
    _ = try header()
    #expect(signed == 3, "the clock was set back: the token would be from the future")
  }

  @Test func theTokenIsMadeOfTheSignatureOfWhatItAsksFor() throws {
    var seen: (request: SignatureRequest?, key: String) = (nil, "")
    let signer = RequestSigner(now: { 1_900_000_000 }) { (request, key) throws(Failure) in
      seen = (request, key)
      return [0xFB, 0xFF, 0xFE]
    }
    let wire = try signer.wire(request(.token(token)), timeout: .seconds(1))
    #expect(wire.headers == [HeaderField("Authorization", "Bearer claims.-__-")])
    #expect(seen.request?.input == Array("claims".utf8) && seen.key == "PEM")
  }

  @Test func aRequestKeepsItsMethodAndSaysWhatItsBodyIs() throws {
    let request = HTTPRequest(.put, url: "https://sms.example", body: .json(["a": [1]]))
    let wire = try RequestSigner().wire(request, timeout: .seconds(1))
    #expect(wire.method == "PUT" && String(decoding: wire.body, as: UTF8.self) == #"{"a":[1]}"#)
    #expect(wire.headers == [HeaderField("Content-Type", "application/json")])
  }

  @Test(.enabled(if: hasOpenSSL, "needs the openssl program"))
  func opensslMakesASignatureThatThePublicKeyConfirms() throws {
    let key = try openssl(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
    let pem = String(decoding: key, as: UTF8.self)
    let publicKey = try openssl(["rsa", "-pubout"], input: key)
    let signature = try RequestSigner.runProgram(openssl(toSign: "to be signed"), privateKey: pem)
    try withTemporaryFile(signature) { path in
      let verdict = try Subprocess.run(
        ["openssl", "dgst", "-sha256", "-verify", "/dev/fd/3", "-signature", path],
        input: [UInt8]("to be signed".utf8), secondInput: publicKey, timeout: .seconds(30))
      #expect(verdict.status == .exited(0))
    }
  }

  @Test(.enabled(if: hasOpenSSL, "needs the openssl program"), arguments: ["", "not a key"])
  func aBadKeyIsAnErrorInOpensslsWords(_ key: String) {
    let error = #expect(throws: Failure.self) {
      try RequestSigner.runProgram(openssl(toSign: "1"), privateKey: key)
    }
    #expect((error?.message.count ?? 0) > Failure.keyRejected("").message.count)
  }

  /// RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func base64IsThatOfTheStandard(_ text: String, _ encoded: String) {
    #expect(Base64.encoded(text.utf8) == encoded)
    #expect(Base64.urlEncoded(text.utf8) == String(encoded.prefix { $0 != "=" }))
  }
}

private let hasOpenSSL = (try? openssl(["version"])) != nil

private func openssl(_ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
  let output = try Subprocess.run(["openssl"] + arguments, input: input, timeout: .seconds(60))
  return try #require(output.status == .exited(0) ? output.stdout : nil)
}

private func withTemporaryFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
  let path = "/tmp/sms-test-\(CurrentProcess.id)-\(UInt64.random(in: 0...UInt64.max))"
  try Files.createExclusive(path, bytes)
  defer { try? Files.remove(path) }
  try body(path)
}
