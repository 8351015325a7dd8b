import Messaging
import TextFormats

extension VoximplantState {
  /// `ControlSms`: enables or disables SMS for one of the customer's numbers.
  mutating func controlSms(_ fields: FormFields) throws(VoximplantError) -> SandboxReply {
    let number = try fields.required("phone_number")
    let command = try fields.required("command")
    guard ["enable", "disable"].contains(command) else { throw .invalid("command", "is neither enable nor disable") }
    guard numbers[number] != nil else { throw .invalid("phone_number", "is not a number of this account") }
    numbers[number] = command == "enable"
    return .json(["result": 1])
  }

  /// `GetAccountInfo`: among other things, the money left.
  func getAccountInfo(_ fields: FormFields) throws(VoximplantError) -> SandboxReply {
    var info: [JSONObject.Member] = [
      .init("account_id", .number(account.id)), .init("account_name", "sandbox"),
      .init("account_email", "sandbox@example.com"), .init("active", true), .init("currency", "USD"),
      .init("created", .string(CivilTime(openedAt).text())), .init("balance", .money(account.balance)),
    ]
    if try fields.boolean("return_live_balance") { info.append(.init("live_balance", .money(account.balance))) }
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
