import TextFormats

/// The remaining balance of an account.
public struct BalanceRecord: Record, Hashable {
  /// The unit of the balance.
  public enum Kind: String, CaseIterable, FieldConvertible {
    /// Credits for messages.
    case sms
    /// Credits for calls.
    case voice
    case money
  }

  public var provider: String?
  public var profile: String?
  public var kind: Kind
  /// A decimal number as the provider writes it; nil if there is no limit.
  public var amount: String?
  public var currency: String?
  public var raw: JSONValue?

  public var isUnlimited: Bool { amount == nil }

  public init(kind: Kind, amount: String?, currency: String? = nil) {
    self.kind = kind
    self.amount = amount
    self.currency = currency
  }

  public static var importance: [String] { ["amount", "currency", "unlimited", "kind", "profile"] }

  public static let fields: [RecordField<BalanceRecord>] = [
    RecordField("provider", \.provider, .inTable, meaning: "the provider's name"),
    RecordField("profile", \.profile, .inTable, meaning: "the profile's name; null when variables alone are used"),
    RecordField("kind", \.kind, .inTable, meaning: "sms, voice, or money"),
    RecordField("amount", \.amount, [.inTable, .numeric, .money], meaning: "what is left; null without a limit"),
    RecordField("unlimited", \.isUnlimited, .inTable, meaning: "whether there is no limit"),
    RecordField("currency", \.currency, .inTable, meaning: "of the amount"),
  ]
}

/// A number of the account, and whether it can send and receive text messages.
public struct NumberRecord: Record, Hashable {
  public var number: String
  public var isEnabled: Bool
  public var raw: JSONValue?

  public init(number: String, isEnabled: Bool) {
    self.number = number
    self.isEnabled = isEnabled
  }

  public static let fields: [RecordField<NumberRecord>] = [
    RecordField("number", \.number, [.inTable, .name], meaning: "one of the account's numbers"),
    RecordField("enabled", \.isEnabled, .inTable, meaning: "whether it can send and receive texts"),
  ]
}

/// A one-time password.
public struct OTPRecord: Record, Hashable {
  public var code: String?
  /// The number it was sent to.
  public var to: String?
  /// Nil if it wasn't checked.
  public var isValid: Bool?
  /// The provider's own words.
  public var message: String?
  public var raw: JSONValue?

  public init(code: String?) {
    self.code = code
  }

  public static let fields: [RecordField<OTPRecord>] = [
    RecordField("code", \.code, [.inTable, .name], meaning: "the one-time password"),
    RecordField("to", \.to, [.inTable, .name], meaning: "the number that it was sent to"),
    RecordField("valid", \.isValid, .inTable, meaning: "whether the code is valid"),
    RecordField("message", \.message, .inTable, meaning: "what the provider says about it"),
  ]
}

/// A phone behind a gateway.
public struct DeviceRecord: Record, Hashable {
  public var id: String?
  public var name: String?
  public var model: String?
  public var androidVersion: String?
  public var appVersion: String?
  public var lastSeenAt: Timestamp?
  /// In order of slot.
  public var sims: [SIMRecord] = []
  public var raw: JSONValue?

  public init() {}

  public static var plural: String { "devices" }

  public static let fields: [RecordField<DeviceRecord>] = [
    RecordField("id", \.id, [.inTable, .name], meaning: "the ID, as --device takes it"),
    RecordField("name", \.name, .inTable, meaning: "the name of the phone"),
    RecordField("model", \.model, .inTable, meaning: "the model of the phone"),
    RecordField("android_version", \.androidVersion, meaning: "its version of Android"),
    RecordField("app_version", \.appVersion, meaning: "its version of the provider's app"),
    RecordField("last_seen_at", \.lastSeenAt, .inTable, meaning: "when the provider last heard from it"),
    RecordField("sims", \.simList, .inTable, meaning: "its SIM slots, each with slot and label"),
  ]

  private var simList: JSONValue {
    .array(sims.map { ["slot": .number(String($0.slot)), "label": $0.label.map(JSONValue.string) ?? .null] })
  }
}

/// A SIM in a phone.
public struct SIMRecord: Hashable, Sendable {
  /// Counted from 0.
  public var slot: Int
  /// Carrier and number, as the phone knows them.
  public var label: String?

  public init(slot: Int, label: String?) {
    self.slot = slot
    self.label = label
  }
}

/// A USSD code that a phone was asked to dial, and the network's answer.
public struct USSDRecord: Record, Hashable {
  public var id: String?
  public var device: String?
  public var sim: String?
  public var request: String?
  /// Nil until the phone has answered.
  public var response: String?
  public var sentAt: Timestamp?
  public var respondedAt: Timestamp?
  public var raw: JSONValue?

  public init() {}

  public static var plural: String { "USSD requests" }
  public static var importance: [String] { ["request", "response", "id"] }

  public static let fields: [RecordField<USSDRecord>] = [
    RecordField("id", \.id, [.inTable, .name], meaning: "the ID of the request"),
    RecordField("device", \.device, [.inTable, .name], meaning: "the phone that asks"),
    RecordField("sim", \.sim, [.inTable, .name], meaning: "the SIM slot that asks"),
    RecordField("request", \.request, [.inTable, .name], meaning: "the code that was dialed"),
    RecordField("response", \.response, .inTable, meaning: "the answer; null until there is one"),
    RecordField("sent_at", \.sentAt, meaning: "when the code was dialed"),
    RecordField("responded_at", \.respondedAt, .inTable, meaning: "when the answer came"),
  ]
}

/// A contact on a list kept by the provider.
public struct ContactRecord: Record, Hashable {
  public var id: String?
  /// ID of the list or name of the group.
  public var list: String?
  public var number: String?
  public var name: String?
  public var email: String?
  /// `YYYY-MM-DD`, or as the provider writes it.
  public var birthday: String?
  public var isSubscribed: Bool?
  /// One of `ContactSource`, or the provider's own word.
  public var source: String?
  public var createdAt: Timestamp?
  public var raw: JSONValue?

  public init() {}

  public static var plural: String { "contacts" }
  public static var importance: [String] { ["number", "name", "subscribed", "list", "id", "email"] }

  public static let fields: [RecordField<ContactRecord>] = [
    RecordField("id", \.id, [.inTable, .name], meaning: "the provider's ID of the contact"),
    RecordField("list", \.list, [.inTable, .name], meaning: "the list or group"),
    RecordField("number", \.number, [.inTable, .name], meaning: "the phone number"),
    RecordField("name", \.name, .inTable, meaning: "the name"),
    RecordField("email", \.email, [.inTable, .name], meaning: "the email address"),
    RecordField("birthday", \.birthday, meaning: "the birthday, as YYYY-MM-DD"),
    RecordField("subscribed", \.isSubscribed, .inTable, meaning: "whether the contact gets messages to the list"),
    RecordField("source", \.source, meaning: "how the contact was added"),
    RecordField("created_at", \.createdAt, meaning: "when the contact was added"),
  ]
}

/// An appointment with a contact.
public struct AppointmentRecord: Record, Hashable {
  public var number: String
  public var at: Timestamp
  public var status: AppointmentStatus
  public var raw: JSONValue?

  public init(number: String, at: Timestamp, status: AppointmentStatus) {
    self.number = number
    self.at = at
    self.status = status
  }

  public static let fields: [RecordField<AppointmentRecord>] = [
    RecordField("number", \.number, [.inTable, .name], meaning: "the contact's phone number"),
    RecordField("at", \.at, .inTable, meaning: "when it takes place"),
    RecordField("status", \.status, [.inTable, .status], meaning: "unconfirmed, confirmed, canceled, or rescheduled"),
  ]
}

/// The outcomes of a group send, as counted by the provider.
public struct GroupReport: Record, Hashable {
  public var groupID: String
  public var successful: Int
  public var failed: Int
  public var raw: JSONValue?

  public init(groupID: String, successful: Int, failed: Int) {
    self.groupID = groupID
    self.successful = successful
    self.failed = failed
  }

  public static let fields: [RecordField<GroupReport>] = [
    RecordField("group_id", \.groupID, [.inTable, .name], meaning: "the ID of the group message"),
    RecordField("successful", \.successful, [.inTable, .numeric], meaning: "messages delivered"),
    RecordField("failed", \.failed, [.inTable, .numeric], meaning: "messages not delivered"),
  ]
}

/// A decimal number of any length, such as a balance; compared digit by digit, never rounded.
public struct DecimalAmount: Hashable, Sendable {
  private let isNegative: Bool
  /// Without leading zeros.
  private let whole: [UInt8]
  /// Without trailing zeros.
  private let fraction: [UInt8]

  /// Reads digits with an optional point between them and an optional leading `-`; nil for anything else.
  public init?(_ text: String) {
    let digits = text.hasPrefix("-") ? text.utf8.dropFirst() : text.utf8[...]
    let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let isNumber = parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard isNumber else { return nil }
    let zero = UInt8(ascii: "0")
    whole = Array(parts[0].drop { $0 == zero })
    fraction = parts.count == 1 ? [] : Array(parts[1].reversed().drop { $0 == zero }.reversed())
    isNegative = text.hasPrefix("-") && !(whole.isEmpty && fraction.isEmpty)
  }
}

extension DecimalAmount: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    guard left.isNegative == right.isNegative else { return left.isNegative }
    let (small, large) = left.isNegative ? (right, left) : (left, right)
    guard small.whole.count == large.whole.count else { return small.whole.count < large.whole.count }
    return (small.whole + small.fraction).lexicographicallyPrecedes(large.whole + large.fraction)
  }
}
