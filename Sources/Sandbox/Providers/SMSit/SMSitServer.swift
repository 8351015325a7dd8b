import Messaging
import TextFormats

extension SMSitState: ProviderAccount {
  func isLoggedIn(_ request: SandboxRequest) -> Bool {
    request.fields["apikey"] == account.key
  }

  /// The provider's side of one request: GET and POST alike (documents), refusals in HTTP 200.
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply {
    guard let call = SMSitCall(path: request.path) else { return .notFound }
    do throws(SMSitRefusal) {
      guard isLoggedIn(request) else { throw .invalidKey }
      return try answer(call, request.fields, at: now)
    } catch {
      return Self.reply(status: error.status, error.message)
    }
  }

  private mutating func answer(
    _ call: SMSitCall, _ fields: FormFields, at now: Timestamp
  ) throws(SMSitRefusal) -> SandboxReply {
    switch call {
    case .addcontact: try addContact(fields, at: now)
    case .getcontacts: try getContacts(fields)
    case .smsgroup: try sendToGroup(fields, at: now)
    case .smscontact: try sendToContact(fields, at: now)
    case .getbulksmsdeliveryreport: try groupReport(fields, at: now)
    case .getcontactsmsdeliveryreport: try contactReport(fields, at: now)
    case .getcreditbalance: try creditBalance(fields)
    case .addappointment: try addAppointment(fields)
    case .generateOTP: try generateOTP()
    case .validateOtp: try validateOTP(fields)
    }
  }

  /// Numbers come as strings (seen).
  static func reply(status: Int, _ message: String, accepted: [AcceptedMessage] = []) -> SandboxReply {
    .json(["status": .string(String(status)), "msg": .string(message)], accepted: accepted)
  }
}

/// The calls, written as in the documents' addresses.
enum SMSitCall: String {
  case addcontact, getcontacts, smsgroup, smscontact
  case getbulksmsdeliveryreport, getcontactsmsdeliveryreport
  case getcreditbalance, addappointment, generateOTP, validateOtp

  /// Reads `/apis/NAME/`, also without the last slash.
  init?(path: String) {
    guard path.hasPrefix("/apis/") else { return nil }
    let name = path.dropFirst("/apis/".count)
    self.init(rawValue: String(name.hasSuffix("/") ? name.dropLast() : name))
  }
}
