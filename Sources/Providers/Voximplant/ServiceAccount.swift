import Messaging
import TextFormats

/// A Voximplant service account, from its JSON key file.
struct ServiceAccount: Hashable, Sendable {
  /// In seconds; the provider allows an hour.
  private static let lifetime: Int64 = 3600
  /// How far our clock may be ahead of the provider's, in seconds.
  private static let clockSkew: Int64 = 5

  var accountID: String
  var keyID: String
  /// The RSA private key in PEM format.
  var privateKey: String

  init(accountID: String, keyID: String, privateKey: String) {
    self.accountID = accountID
    self.keyID = keyID
    self.privateKey = privateKey
  }

  /// Reads a key file as issued by Voximplant, which is sometimes wrapped in `result`; nil for anything else.
  init?(keyFile: [UInt8]) {
    guard let json = try? JSONValue(parsing: keyFile) else { return nil }
    let key = json["result"] ?? json
    guard let accountID = key["account_id"]?.text, let keyID = key["key_id"]?.text,
      let privateKey = key["private_key"]?.text
    else { return nil }
    self.init(accountID: accountID, keyID: keyID, privateKey: privateKey)
  }

  /// A JSON Web Token (RFC 7519) with an RS256 signature, which requires the `openssl` program.
  var token: SignedToken {
    SignedToken(id: "\(accountID) \(keyID)", privateKey: privateKey) { now in
      let (issuedAt, expiresAt) = (now - Self.clockSkew, now - Self.clockSkew + Self.lifetime)
      let header: JSONValue = ["alg": "RS256", "typ": "JWT", "kid": .string(keyID)]
      let claims: JSONValue = [
        "iss": issuer, "iat": .number(String(issuedAt)), "exp": .number(String(expiresAt)),
      ]
      let signed = "\(Base64.urlEncoded(header.compact.utf8)).\(Base64.urlEncoded(claims.compact.utf8))"
      return SignatureRequest(
        command: ["openssl", "dgst", "-sha256", "-sign", "/dev/fd/3"], input: Array(signed.utf8), expiresAt: expiresAt
      ) { signature in
        "\(signed).\(Base64.urlEncoded(signature))"
      }
    }
  }

  /// The account's ID, a number as in the key file.
  private var issuer: JSONValue {
    Int(accountID).map { .number(String($0)) } ?? .string(accountID)
  }
}
