import Messaging
import TextFormats

extension VoximplantState: ProviderAccount {
  /// By account id and key, or by a token, which belongs to whoever is asked first.
  func isLoggedIn(_ request: SandboxRequest) -> Bool {
    if let authorization = request.authorization { return Self.isToken(authorization) }
    return request.fields["account_id"] == account.id && request.fields["api_key"] == account.key
  }

  /// The Management API's side of one request: the method is the path, or `cmd` at the base. Errors come in HTTP 200.
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply {
    do throws(VoximplantError) {
      guard let command = Self.command(request) else { throw .commandMissing }
      guard isLoggedIn(request) else { throw .unauthorized }
      return try answer(command, request.fields, at: now)
    } catch {
      return .json(["error": ["code": .int(error.code), "msg": .string(error.message)]])
    }
  }

  private mutating func answer(
    _ command: String, _ fields: FormFields, at now: Timestamp
  ) throws(VoximplantError) -> SandboxReply {
    switch command {
    case "SendSmsMessage": try sendSmsMessage(fields, at: now)
    case "A2PSendSms": try a2pSendSms(fields, at: now)
    case "ControlSms": try controlSms(fields)
    case "GetSmsHistory": try history(fields, a2p: false, at: now)
    case "A2PGetSmsHistory": try history(fields, a2p: true, at: now)
    case "GetAccountInfo": try getAccountInfo(fields)
    default: throw .unknownCommand
    }
  }

  /// The official clients add `/platform_api` to the host they are given.
  private static func command(_ request: SandboxRequest) -> String? {
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let name = (parts.first == "platform_api" ? parts.dropFirst() : parts).joined(separator: "/")
    return name.isEmpty ? request.fields["cmd"] : name
  }

  /// Whether it is `Bearer` and the form of a JSON Web Token: three parts in base64url. Nobody's signature is checked.
  private static func isToken(_ authorization: String) -> Bool {
    let words = authorization.split(separator: " ")
    guard words.count == 2, words[0].lowercased() == "bearer" else { return false }
    let parts = words[1].split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isBase64URL) }
  }
}

extension UInt8 {
  fileprivate var isBase64URL: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"),
      UInt8(ascii: "_"):
      true
    default: isDigit
    }
  }
}

/// How a request is turned down. The codes are known, the words are the sandbox's.
struct VoximplantError: Error, Hashable {
  var code: Int
  var message: String

  static let billingFailed = VoximplantError(code: 5, message: "Billing failed.")
  static let gatewayFailed = VoximplantError(code: 14, message: "SMS gateway error.")
  static let unauthorized = VoximplantError(code: 100, message: "Authorization failed.")
  static let commandMissing = VoximplantError(code: 102, message: "The 'cmd' parameter is missing.")
  static let unknownCommand = VoximplantError(code: 103, message: "The command is unknown.")

  static func missing(_ argument: String) -> VoximplantError {
    VoximplantError(code: 101, message: "Invalid arguments: '\(argument)' is missing.")
  }

  static func invalid(_ argument: String, _ why: String) -> VoximplantError {
    VoximplantError(code: 101, message: "Invalid arguments: '\(argument)' \(why).")
  }

  static func invalidDate(_ argument: String) -> VoximplantError {
    VoximplantError(code: 111, message: "Invalid date: '\(argument)' is not in the form yyyy-MM-dd HH:mm:ss.")
  }
}
