import Testing
import TextFormats

/// The five providers, as users name them; what they can do is retyped from their documents.
enum Provider: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case vpixelpro, sendapp, voipcomm, voximplant, smsit

  var testDescription: String { rawValue }

  /// Whether it sends through the owner's phones.
  var isGateway: Bool { self == .vpixelpro || self == .sendapp }

  /// Number in the sandbox's configuration that messages are from; phones have their own.
  var sender: String? {
    switch self {
    case .vpixelpro, .sendapp: nil
    case .voipcomm: "+15550100101"
    case .voximplant: "+15550100102"
    case .smsit: "+15550100103"
    }
  }

  /// The variable that sets its key in place of the configuration.
  var keyVariable: String { self == .voximplant ? "SMS_API_KEY" : "SMS_KEY" }
}

/// The fields of a message record in the order of the contract, retyped from it.
let messageFields = [
  "id", "group_id", "row", "provider", "profile", "direction", "from", "to", "body", "type", "status",
  "provider_status", "encoding", "segments", "device", "sim", "price", "currency", "error", "scheduled_at", "sent_at",
  "delivered_at",
]

/// The same as columns of CSV.
let messageColumns = messageFields.flatMap { $0 == "error" ? ["error.code", "error.message"] : [$0] }

extension JSONValue {
  /// The names of an object's members, in order; none for anything else.
  var names: [String] {
    if case .object(let object) = self { object.members.map(\.name) } else { [] }
  }

  /// The values of some members, a missing one told from `null`.
  func values(_ names: String...) -> [JSONValue?] { names.map { self[$0] } }
}

extension [JSONValue] {
  /// The texts of one member of each.
  func texts(_ name: String) -> [String] { map { $0[name]?.text ?? "null" } }
}
