import HTTPTransport
import Messaging
import Platform
import TextFormats

/// Signs with a private key what a token needs signed.
public typealias Signing = (_ request: SignatureRequest, _ privateKey: String) throws(Failure) -> [UInt8]

/// Turns requests into what is sent: the bytes of the body, and an Authorization header.
///
/// A signed token is made once, and used until shortly before it expires.
public final class RequestSigner {
  /// How many seconds before its expiry a token is replaced.
  private static let margin: Int64 = 300
  /// In seconds. No token is used for longer, so setting the clock back can't keep one alive.
  private static let longestLifetime: Int64 = 3600

  private let now: () -> Int64
  private let sign: Signing
  private var tokens: [SignedToken: (text: String, expiresAt: Int64)] = [:]
  /// Cached, because making a mask takes longer than using it; nil once there is a new token.
  private var mask: (of: Credentials, mask: SecretMask)?

  /// `now` returns Unix seconds.
  public init(now: @escaping () -> Int64 = { SystemClock.now().unixSeconds }, sign: @escaping Signing = runProgram) {
    self.now = now
    self.sign = sign
  }

  public func wire(_ request: HTTPRequest, timeout: Duration) throws(Failure) -> WireRequest {
    var headers = try authorization(request.authorization).map { [HeaderField("Authorization", $0)] } ?? []
    // libcurl adds the content type of a form itself.
    if case .json = request.body { headers += request.body.contentType.map { [HeaderField("Content-Type", $0)] } ?? [] }
    return WireRequest(
      method: request.method.rawValue, url: request.url, headers: headers, body: request.body.bytes, timeout: timeout)
  }

  private func authorization(_ authorization: Authorization) throws(Failure) -> String? {
    switch authorization {
    case .none: nil
    case .basic(let user, let password): "Basic \(Base64.encoded("\(user):\(password)".utf8))"
    case .token(let token): "Bearer \(try text(of: token))"
    }
  }

  private func text(of token: SignedToken) throws(Failure) -> String {
    let now = now()
    if let made = tokens[token], (Self.margin...Self.longestLifetime).contains(made.expiresAt - now) {
      return made.text
    }
    let request = token.signature(now)
    let text = request.token(try sign(request, token.privateKey))
    tokens[token] = (text, request.expiresAt)
    mask = nil
    return text
  }

  /// Returns a mask of these credentials and of every token made so far.
  func mask(of credentials: Credentials) -> SecretMask {
    if let mask, mask.of == credentials { return mask.mask }
    let made = SecretMask(credentials.secrets + tokens.values.map(\.text))
    mask = (credentials, made)
    return made
  }

  /// Runs the program that signs. The key goes through a pipe, so it is never in a file or an argument.
  public static func runProgram(_ request: SignatureRequest, privateKey: String) throws(Failure) -> [UInt8] {
    let output: Subprocess.Output
    do {
      output = try Subprocess.run(
        request.command, input: request.input, secondInput: [UInt8](privateKey.utf8), timeout: .seconds(10))
    } catch {
      throw .noSignature(error)
    }
    guard output.status == .exited(0), !output.stdout.isEmpty else {
      throw .keyRejected(String(decoding: output.stderr, as: UTF8.self).masking([privateKey]))
    }
    return output.stdout
  }
}

// The errors of signing a request.
extension Failure {
  /// The program that signs could not be run.
  static func noSignature(_ error: SubprocessError) -> Failure {
    let isMissing = if case .notStarted = error { true } else { false }
    return Failure(
      "config", .configuration, "openssl is required to sign for the service account: \(error.reason)",
      missing: isMissing ? .openssl : nil)
  }

  /// The program rejected the private key; `words` are its own.
  static func keyRejected(_ words: String) -> Failure {
    Failure(
      "config", .configuration, "openssl rejected the service account's private key: \(words)",
      hint: "download the key file of the service account again")
  }

  /// One for each reason.
  package static var signingExamples: [ExampleMessage] {
    [
      noSignature(.notStarted(SystemError(code: 2, operation: "exec"))), noSignature(.timedOut),
      keyRejected("Could not read private key"),
    ].map { ExampleMessage($0) }
  }
}
