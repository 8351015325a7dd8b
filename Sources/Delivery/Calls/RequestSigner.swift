import HTTPTransport
import Messaging
import Platform

/// Turns requests into what goes over the wire: the form's body, and a header that proves who sends it.
public final class RequestSigner {
  private let tokens: ServiceAccountTokens

  /// `now` is Unix seconds; `sign` makes an RS256 signature with a private key in PEM.
  public init(
    now: @escaping () -> Int64 = { SystemClock.now().unixSeconds },
    sign: @escaping RS256Signing = OpenSSL.sign
  ) {
    tokens = ServiceAccountTokens(now: now, sign: sign)
  }

  public func wire(_ request: HTTPRequest, timeout: Duration) throws(SigningError) -> WireRequest {
    let headers = try authorization(request.authorization).map { [HeaderField("Authorization", $0)] } ?? []
    return WireRequest(url: request.url, headers: headers, body: request.formBody, timeout: timeout)
  }

  private func authorization(_ authorization: Authorization) throws(SigningError) -> String? {
    switch authorization {
    case .none: nil
    case .basic(let user, let password): "Basic \(Base64.encoded("\(user):\(password)".utf8))"
    case .serviceAccount(let account): "Bearer \(try tokens.token(of: account))"
    }
  }
}

/// Why a request could not be signed.
public enum SigningError: Error, Hashable, Sendable {
  /// The program `openssl` could not be run.
  case program(SubprocessError)
  /// `openssl` does not take the private key; its own words.
  case key(String)
}
