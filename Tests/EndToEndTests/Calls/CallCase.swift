import Testing

/// A call beyond `send` and `bulk`, with who can do it and what it prints; retyped from the contract.
struct CallCase: Sendable, CustomTestStringConvertible {
  /// What standard output holds with `-o json`.
  enum Shape: Sendable {
    case array, object
  }

  var name: String
  /// The command line for each provider that can.
  var lines: [Provider: [String]]
  /// Commands that have to be run before, so that there is something to ask for.
  var before: [[String]] = []
  var shape: Shape
  var fields: [String]
  /// Whether it sends or dials: without a trustworthy answer nobody knows whether it did.
  var sends = false
  /// What it exits with when all went well.
  var exitCode: Int32 = 0

  var testDescription: String { name }

  /// In the order of the configuration.
  var providers: [Provider] { Provider.allCases.filter { lines[$0] != nil } }

  /// A line for a provider that can't, too.
  func anyLine(for provider: Provider) -> [String] { lines[provider] ?? lines[providers[0]] ?? [] }
}

extension CallCase {
  static let contactFields = [
    "id", "list", "number", "name", "email", "birthday", "subscribed", "source", "created_at",
  ]
  static let deviceFields = ["id", "name", "model", "android_version", "app_version", "last_seen_at", "sims"]
  static let balanceFields = ["provider", "profile", "kind", "amount", "unlimited", "currency"]
  static let ussdFields = ["id", "device", "sim", "request", "response", "sent_at", "responded_at"]
  static let otpFields = ["code", "to", "valid", "message"]

  /// A question and an order that stand for all others where every call goes through the same code.
  static let typical = all.filter { ["balance", "list-send"].contains($0.name) }

  static let all: [CallCase] = messages + account + contacts + ussd + oneTimePasswords

  private static let messages = [
    CallCase(
      name: "list-send",
      lines: [
        .vpixelpro: ["list-send", "1", "Hello"], .sendapp: ["list-send", "1", "Hello"],
        .smsit: ["list-send", "Friends", "Hello"],
      ], shape: .array, fields: messageFields, sends: true),
    CallCase(
      name: "status",
      lines: [
        .vpixelpro: ["status", "1"], .sendapp: ["status", "1"], .voximplant: ["status", "1"],
        .smsit: ["status", "--to", "+15550100001"],
      ], before: [["send", "+15550100001", "Hello"]], shape: .array, fields: messageFields),
    CallCase(
      name: "status of a group that is only counted", lines: [.smsit: ["status", "--group", "1001"]],
      before: [["list-send", "Friends", "Hello"]], shape: .object, fields: ["group_id", "successful", "failed"]),
    CallCase(
      name: "resend", lines: [.vpixelpro: ["resend", "4"], .sendapp: ["resend", "4"]],
      before: [["send", "+15550100001", "Hello"]], shape: .array, fields: messageFields, sends: true),
  ]

  private static let account = [
    CallCase(
      name: "balance",
      lines: [.vpixelpro: ["balance"], .sendapp: ["balance"], .voximplant: ["balance"], .smsit: ["balance"]],
      shape: .object, fields: balanceFields),
    CallCase(name: "balance --voice", lines: [.smsit: ["balance", "--voice"]], shape: .object, fields: balanceFields),
    CallCase(
      name: "devices", lines: [.vpixelpro: ["devices"], .sendapp: ["devices"]], shape: .array, fields: deviceFields),
    CallCase(
      name: "numbers enable", lines: [.voximplant: ["numbers", "enable", "+15550100105"]], shape: .object,
      fields: ["number", "enabled"]),
    CallCase(
      name: "numbers disable", lines: [.voximplant: ["numbers", "disable", "+15550100102"]], shape: .object,
      fields: ["number", "enabled"]),
    CallCase(
      name: "appointments add",
      lines: [.smsit: ["appointments", "add", "+15550100001", "--at", "@4102444800", "--status", "confirmed"]],
      shape: .object, fields: ["number", "at", "status"]),
  ]

  private static let contacts = [
    CallCase(
      name: "contacts add",
      lines: [
        .vpixelpro: ["contacts", "add", "+15550119000", "--list", "1"],
        .sendapp: ["contacts", "add", "+15550119000", "--list", "1"],
        .smsit: ["contacts", "add", "+15550119000", "--list", "Friends"],
      ], shape: .object, fields: contactFields),
    CallCase(
      name: "contacts unsubscribe",
      lines: [
        .vpixelpro: ["contacts", "unsubscribe", "+15550100001", "--list", "1"],
        .sendapp: ["contacts", "unsubscribe", "+15550100001", "--list", "1"],
      ], shape: .object, fields: contactFields),
    CallCase(
      name: "contacts list", lines: [.smsit: ["contacts", "list", "--list", "Friends"]], shape: .array,
      fields: contactFields),
  ]

  private static let ussd = [
    CallCase(
      name: "ussd send",
      lines: [
        .vpixelpro: ["ussd", "send", "*150#", "--device", "1"], .sendapp: ["ussd", "send", "*150#", "--device", "1"],
      ], shape: .object, fields: ussdFields, sends: true),
    CallCase(
      name: "ussd status", lines: [.vpixelpro: ["ussd", "status", "1"], .sendapp: ["ussd", "status", "1"]],
      before: [["ussd", "send", "*150#", "--device", "1"]], shape: .object, fields: ussdFields),
    CallCase(
      name: "ussd list", lines: [.vpixelpro: ["ussd", "list"], .sendapp: ["ussd", "list"]],
      before: [["ussd", "send", "*150#", "--device", "1"]], shape: .array, fields: ussdFields),
  ]

  private static let oneTimePasswords = [
    CallCase(name: "otp generate", lines: [.smsit: ["otp", "generate"]], shape: .object, fields: otpFields),
    CallCase(
      name: "otp verify", lines: [.smsit: ["otp", "verify", "000000"]], shape: .object, fields: otpFields, exitCode: 1),
    CallCase(name: "otp send", lines: [.smsit: ["otp", "send", "+15550100001"]], shape: .object, fields: otpFields),
  ]
}
