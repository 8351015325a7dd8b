import Messaging
import TextFormats

/// Makes an RS256 signature (RSASSA-PKCS1-v1_5 with SHA-256) of bytes with a private key in PEM.
public typealias RS256Signing = (_ bytes: [UInt8], _ privateKey: String) throws(SigningError) -> [UInt8]

/// JSON Web Tokens (RFC 7519) of service accounts, each made once and used until shortly before it expires.
final class ServiceAccountTokens {
  private struct Token {
    var text: String
    var expiresAt: Int64
  }

  /// Seconds; the provider allows an hour.
  private static let lifetime: Int64 = 3600
  /// Seconds before its end at which a token is replaced.
  private static let margin: Int64 = 300
  /// Seconds that our clock may be ahead of the provider's.
  private static let clockSkew: Int64 = 5

  private let now: () -> Int64
  private let sign: RS256Signing
  private var made: [ServiceAccount: Token] = [:]

  init(now: @escaping () -> Int64, sign: @escaping RS256Signing) {
    self.now = now
    self.sign = sign
  }

  func token(of account: ServiceAccount) throws(SigningError) -> String {
    let now = now()
    // Also not from the future: a clock that was set back must not keep one alive.
    if let token = made[account], (Self.margin...Self.lifetime).contains(token.expiresAt - now) { return token.text }
    let token = try make(for: account, issuedAt: now - Self.clockSkew)
    made[account] = token
    return token.text
  }

  private func make(for account: ServiceAccount, issuedAt: Int64) throws(SigningError) -> Token {
    let expiresAt = issuedAt + Self.lifetime
    let header: JSONValue = ["alg": "RS256", "typ": "JWT", "kid": .string(account.keyID)]
    let claims: JSONValue = [
      "iss": account.issuer, "iat": .number(String(issuedAt)), "exp": .number(String(expiresAt)),
    ]
    let signed = "\(header.base64URL).\(claims.base64URL)"
    let signature = try sign([UInt8](signed.utf8), account.privateKey)
    return Token(text: "\(signed).\(Base64.urlEncoded(signature))", expiresAt: expiresAt)
  }
}

extension ServiceAccount {
  /// The account's ID, a number as in the key file.
  fileprivate var issuer: JSONValue {
    Int(accountID).map { .number(String($0)) } ?? .string(accountID)
  }
}

extension JSONValue {
  fileprivate var base64URL: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return Base64.urlEncoded(bytes)
  }
}
