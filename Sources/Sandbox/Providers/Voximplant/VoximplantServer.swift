import Messaging
import TextFormats

extension VoximplantState {
  /// The Management API's side of one request: the method is the path, or `cmd` at the base. Errors come in HTTP 200.
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply {
    do throws(VoximplantError) {
      guard let command = Self.command(request) else { throw .commandMissing }
      try logIn(request)
      switch command {
      case "SendSmsMessage": return try sendSmsMessage(request.fields, at: now)
      case "A2PSendSms": return try a2pSendSms(request.fields, at: now)
      default: throw .unknownCommand
      }
    } catch {
      return .json(["error": ["code": .int(error.code), "msg": .string(error.message)]])
    }
  }

  private static func command(_ request: SandboxRequest) -> String? {
    let name = request.path.hasPrefix("/") ? request.path.dropFirst() : ""
    return name.isEmpty ? request.fields["cmd"] : String(name)
  }

  private func logIn(_ request: SandboxRequest) throws(VoximplantError) {
    if let authorization = request.authorization {
      guard Self.isToken(authorization) else { throw .unauthorized }
    } else {
      guard request.fields["account_id"] == SandboxAccount.voximplantID,
        request.fields["api_key"] == SandboxAccount.voximplantKey
      else { throw .unauthorized }
    }
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
}
