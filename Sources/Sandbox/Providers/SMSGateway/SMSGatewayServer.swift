import Messaging
import TextFormats

extension SMSGatewayState {
  /// The script's side of one request: GET and POST alike (documents), failures in HTTP 200 (seen).
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply {
    do throws(GatewayRefusal) {
      switch request.path {
      case "/services/send.php":
        try logIn(request.fields)
        return try send(request.fields, at: now)
      default: return .notFound
      }
    } catch {
      return reply(to: error)
    }
  }

  private func logIn(_ fields: FormFields) throws(GatewayRefusal) {
    guard let key = fields["key"] else { throw .parametersMissing }
    guard key == host.key else { throw .invalidKey }
  }

  private func reply(to refusal: GatewayRefusal) -> SandboxReply {
    guard case .error(let code, let message) = refusal else { return SandboxReply() }
    let error: JSONValue = ["code": .int(code), "message": .string(message)]
    return .json(
      host.isCurrent
        ? ["success": false, "data": nil, "error": error] : ["success": false, "error": error])
  }

  /// What `data` of a successful reply is wrapped in.
  static func envelope(_ data: JSONValue) -> JSONValue {
    ["success": true, "data": data, "error": nil]
  }
}

/// How the script turns a request down.
enum GatewayRefusal: Error, Hashable {
  /// Answered with nothing at all (documents).
  case parametersMissing
  case error(code: Int, message: String)

  /// Seen with real hosts, as is the next.
  static let invalidKey = error(code: 401, message: "Invalid API key")
  static let unknownDevice = error(code: 500, message: "This device doesn't exist in database.")
  // No document says what the script answers to the rest: these are the sandbox's words.
  static let unknownList = error(code: 500, message: "This contacts list doesn't exist in database.")
  static let noSubscribers = error(code: 500, message: "This contacts list has no subscribed contacts.")
  static let noCredits = error(code: 500, message: "You don't have enough credits.")

  static func invalid(_ parameter: String) -> GatewayRefusal {
    error(code: 400, message: "The value of \(parameter) is invalid.")
  }
}
