import Messaging
import TextFormats

extension SMSitState {
  /// The provider's side of one request: GET and POST alike (documents), refusals in HTTP 200.
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply {
    let call = request.path.hasSuffix("/") ? String(request.path.dropLast()) : request.path
    let fields = request.fields
    do throws(SMSitRefusal) {
      switch call {
      case "/apis/smscontact":
        try logIn(fields)
        return try sendToContact(fields, at: now)
      case "/apis/smsgroup":
        try logIn(fields)
        return try sendToGroup(fields, at: now)
      default: return .notFound
      }
    } catch {
      return Self.reply(status: error.status, error.message)
    }
  }

  /// Numbers come as strings (seen).
  static func reply(status: Int, _ message: String, accepted: [AcceptedMessage] = []) -> SandboxReply {
    .json(["status": .string(String(status)), "msg": .string(message)], accepted: accepted)
  }

  private func logIn(_ fields: FormFields) throws(SMSitRefusal) {
    guard fields["apikey"] == SandboxAccount.smsitKey else { throw .invalidKey }
  }
}
