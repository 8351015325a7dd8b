import Messaging
import TextFormats

/// The data of a customer of Voximplant.
struct VoximplantAccount: Sendable {
  /// `account_id`.
  let id: String
  let key: String
  /// In tenths of a US cent.
  var balance: Int
  /// The customer's numbers, and whether SMS is enabled for them.
  var numbers = [SampleData.voximplantSender: true, SampleData.voximplantSilentNumber: false]
  /// The message ID of each is its index, starting at 1.
  private(set) var messages: [VoximplantMessage]
  private let startedAt: Timestamp

  init(id: String, key: String, balance: Int, startedAt start: Timestamp) {
    (self.id, self.key, self.balance, startedAt) = (id, key, balance, start)
    messages = VoximplantMessage.earlier(than: start)
  }

  /// Accepts a message, charges for it, and returns its ID.
  mutating func take(_ message: VoximplantMessage) throws(Refusal) -> Int {
    guard message.cost <= balance else { throw .billingFailed }
    balance -= message.cost
    messages.append(message)
    return messages.count
  }
}

extension VoximplantAccount: ProviderAccount {
  /// With account ID and key, or with a token; all tokens belong to the first account.
  func isLoggedIn(_ request: SandboxRequest) -> Bool {
    if let authorization = request.authorization { return Self.isToken(authorization) }
    return request.fields["account_id"] == id && request.fields["api_key"] == key
  }

  /// Takes the method from the path, or from `cmd` at the base; replies to errors with HTTP 200.
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply {
    do throws(Refusal) {
      guard let command = Self.command(request) else { throw .commandMissing }
      guard isLoggedIn(request) else { throw .unauthorized }
      return try answer(command, request.fields, at: now)
    } catch {
      return .json(["error": ["code": .number(error.code), "msg": .string(error.message)]])
        .refusing(error.code, error.message)
    }
  }

  private mutating func answer(
    _ command: String, _ fields: FormFields, at now: Timestamp
  ) throws(Refusal) -> SandboxReply {
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

  /// The official clients add `/platform_api` to the given host.
  private static func command(_ request: SandboxRequest) -> String? {
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let name = (parts.first == "platform_api" ? parts.dropFirst() : parts).joined(separator: "/")
    return name.isEmpty ? request.fields["cmd"] : name
  }

  /// Whether it is `Bearer` followed by three base64url parts, the form of a JSON Web Token. Doesn't check the
  /// signature.
  private static func isToken(_ authorization: String) -> Bool {
    let words = authorization.split(separator: " ")
    guard words.count == 2, words[0].lowercased() == "bearer" else { return false }
    let parts = words[1].utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 3
      && parts.allSatisfy { part in
        !part.isEmpty && part.allSatisfy { $0.isDigit || $0.isLetter || "-_".utf8.contains($0) }
      }
  }
}

extension VoximplantAccount {
  /// `ControlSms`: enables or disables SMS for one of the customer's numbers.
  private mutating func controlSms(_ fields: FormFields) throws(Refusal) -> SandboxReply {
    let number = try fields.required("phone_number")
    let command = try fields.required("command")
    guard ["enable", "disable"].contains(command) else { throw .invalid("command", "is neither enable nor disable") }
    guard numbers[number] != nil else { throw .invalid("phone_number", "is not a number of this account") }
    numbers[number] = command == "enable"
    return .json(["result": 1])
  }

  /// `GetAccountInfo`: among other things, the balance. The account was created a year before the sandbox started.
  private func getAccountInfo(_ fields: FormFields) throws(Refusal) -> SandboxReply {
    let openedAt = startedAt.adding(seconds: -365 * 86_400)
    var info: [JSONObject.Member] = [
      .init("account_id", .number(id)), .init("account_name", "sandbox"),
      .init("account_email", "sandbox@example.com"), .init("active", true), .init("currency", "USD"),
      .init("created", .string(CivilTime(openedAt).text())), .init("balance", .money(balance)),
    ]
    if try fields.boolean("return_live_balance") { info.append(.init("live_balance", .money(balance))) }
    return .json(["result": .object(JSONObject(info))])
  }
}

extension JSONValue {
  /// An amount of US dollars, given in tenths of a cent.
  static func money(_ tenthsOfCents: Int) -> JSONValue {
    let fraction = String(1000 + tenthsOfCents % 1000).dropFirst()
    return .number("\(tenthsOfCents / 1000).\(fraction)")
  }
}

/// The codes are known; the words are the sandbox's.
extension ProviderRefusal<VoximplantAccount> {
  static var billingFailed: Self { Self(5, "Billing failed.") }
  static var gatewayFailed: Self { Self(14, "SMS gateway error.") }
  static var unauthorized: Self { Self(100, "Authorization failed.") }
  static var commandMissing: Self { Self(102, "The 'cmd' parameter is missing.") }
  static var unknownCommand: Self { Self(103, "The command is unknown.") }

  static func missing(_ argument: String) -> Self { invalid(argument, "is missing") }

  static func invalid(_ argument: String, _ why: String) -> Self {
    Self(101, "Invalid arguments: '\(argument)' \(why).")
  }

  static func invalidDate(_ argument: String) -> Self {
    Self(111, "Invalid date: '\(argument)' is not in the form yyyy-MM-dd HH:mm:ss.")
  }
}
