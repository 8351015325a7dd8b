import Messaging
import TextFormats

extension SMSGatewayState: ProviderAccount {
  func isLoggedIn(_ request: SandboxRequest) -> Bool {
    request.fields["key"] == account.key
  }

  /// The script's side of one request: GET and POST alike (documents), failures in HTTP 200 (seen).
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply {
    guard let call = GatewayCall(path: request.path) else { return .notFound }
    do throws(GatewayRefusal) {
      try logIn(request)
      return try answer(call, request.fields, at: now)
    } catch {
      return reply(to: error)
    }
  }

  private mutating func answer(
    _ call: GatewayCall, _ fields: FormFields, at now: Timestamp
  ) throws(GatewayRefusal) -> SandboxReply {
    switch call {
    case .send: try send(fields, at: now)
    case .readMessages: try readMessages(fields, at: now)
    case .resend: try resend(fields, at: now)
    case .manageContacts: try manageContacts(fields)
    case .sendUSSDRequest: try sendUSSDRequest(fields, at: now)
    case .readUSSDRequests: try readUSSDRequests(fields, at: now)
    case .getDevices: getDevices(at: now)
    }
  }

  private func logIn(_ request: SandboxRequest) throws(GatewayRefusal) {
    guard request.fields["key"] != nil else { throw .parametersMissing }
    guard isLoggedIn(request) else { throw .invalidKey }
  }

  private func reply(to refusal: GatewayRefusal) -> SandboxReply {
    guard case .error(let code, let message) = refusal else { return SandboxReply() }
    let error: JSONValue = ["code": .int(code), "message": .string(message)]
    return .json(
      host.isCurrent
        ? ["success": false, "data": nil, "error": error] : ["success": false, "error": error])
  }

  /// A successful reply.
  static func reply(_ data: JSONValue, accepted: [AcceptedMessage] = []) -> SandboxReply {
    .json(["success": true, "data": data, "error": nil], accepted: accepted)
  }
}

/// The pages of the script.
enum GatewayCall: String {
  case send
  case readMessages = "read-messages"
  case resend
  case manageContacts = "manage-contacts"
  case sendUSSDRequest = "send-ussd-request"
  case readUSSDRequests = "read-ussd-requests"
  case getDevices = "get-devices"

  /// Reads `/services/NAME.php`.
  init?(path: String) {
    guard path.hasPrefix("/services/"), path.hasSuffix(".php") else { return nil }
    self.init(rawValue: String(path.dropFirst("/services/".count).dropLast(".php".count)))
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
  static let unknownContact = error(code: 500, message: "This contact doesn't exist in database.")
  static let knownContact = error(code: 500, message: "This contact already exists in contacts list.")
  static let unknownMessage = error(code: 500, message: "This message doesn't exist in database.")
  static let unknownUSSDRequest = error(code: 500, message: "This USSD request doesn't exist in database.")
  static let noSubscribers = error(code: 500, message: "This contacts list has no subscribed contacts.")
  static let noCredits = error(code: 500, message: "You don't have enough credits.")

  static func invalid(_ parameter: String) -> GatewayRefusal {
    error(code: 400, message: "The value of \(parameter) is invalid.")
  }
}
