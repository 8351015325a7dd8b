import Messaging
import TextFormats

extension VoipcommState {
  /// The provider's side of one request (documents): POST with HTTP Basic, 200 or 401.
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply {
    guard request.path == "/sms/send" else { return Self.unknownMethod }
    guard request.method == .post else { return .methodNotAllowed("POST") }
    guard isLoggedIn(request.authorization) else { return Self.unauthorized }
    do throws(VoipcommRefusal) {
      return try send(request.body, at: now)
    } catch {
      return .json(["error": .string(error.code), "error_message": .string(error.message)])
    }
  }

  private func isLoggedIn(_ authorization: String?) -> Bool {
    guard let parts = authorization?.split(separator: " "), parts.count == 2 else { return false }
    let login = "\(SandboxAccount.voipcommKey):\(SandboxAccount.voipcommPassword)"
    return parts[0].lowercased() == "basic" && String(parts[1]) == base64(Array(login.utf8))
  }

  /// Whatever else there is has no public documents.
  private static let unknownMethod = SandboxReply.json(
    ["error": "404", "error_message": "Unknown method"], status: 404)

  private static let unauthorized = SandboxReply.json(
    ["error": "401", "error_message": "Invalid api credentials"], status: 401,
    headers: [HeaderField("WWW-Authenticate", "Basic realm=\"sandbox\"")])
}

/// How a whole request is turned down. `error` and `error_message` were seen; codes and words are the sandbox's.
struct VoipcommRefusal: Error, Hashable {
  var code: String
  var message: String

  static let recipientsMissing = VoipcommRefusal(code: "MISSING_TO", message: "The parameter to is required")
  static let textMissing = VoipcommRefusal(code: "MISSING_MSG", message: "The parameter msg is required")
  static let unknownSender = VoipcommRefusal(
    code: "INVALID_FROM", message: "The from number does not belong to you or is not SMS enabled")
  static let invalidDate = VoipcommRefusal(code: "INVALID_DELIVERY_DATE", message: "The delivery_date is not valid")
}

/// Base64 (RFC 4648, section 4).
func base64(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  var text = ""
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
    let digits = [18, 12, 6, 0].map { alphabet[bits >> $0 & 63] }
    text += String(digits.prefix(group.count + 1)) + String(repeating: "=", count: 3 - group.count)
  }
  return text
}
