import Application
import CommandLineKit
import Ledger
import TextFormats

/// The options that make a send happen only once, even if its command is run again.
struct KeyOptions: Sendable {
  static let key = Option(
    "key", value: .sendKey, variable: variable, group: group,
    help: "Send only once for each KEY. The same command with the same key sends nothing and prints the same records.")
  static let lifetime = Option(
    "key-ttl", value: .duration(.seconds(1)...ValueKind<Duration>.longest), default: .seconds(86_400), group: group,
    help: "How long to remember the key, from its first use.")
  static let reconcile = Flag(
    "reconcile", group: group,
    help: "Ask the provider about unknown messages. Those it never received are sent. Requires --key.")
  static let settle = Option(
    "settle", value: .duration, fallback: "timeout + 1m", variable: "SMS_SETTLE", group: group,
    help: "How long a lost request may still arrive. Requires --reconcile.")

  static let all: [any OptionDeclaration] = [key, lifetime, reconcile, settle]
  /// For a list, whose messages can't be looked up in a history.
  static let ofList: [any OptionDeclaration] = [key, lifetime]

  static let variable = "SMS_SEND_KEY"
  private static let group = "Sending once"

  /// From the option; the variable is read later.
  private let typed: String?
  let lifetime: Duration
  let reconciles: Bool
  /// How long a request whose reply was lost may take to arrive; nil for the profile's setting.
  let settle: Duration?
  /// A given option that requires a key.
  private let dependent: String?

  init(_ parsed: Parsed) {
    typed = parsed[Self.key]
    lifetime = parsed[Self.lifetime]
    reconciles = parsed[Self.reconcile]
    settle = parsed[Self.settle]
    let dependents: [any OptionDeclaration] = [Self.lifetime, Self.reconcile, Self.settle]
    dependent = dependents.first(where: parsed.isGiven)?.spec.longName
  }

  /// The key of this run; nil if there is none.
  func key(_ context: Context) throws -> SendKey? {
    guard let text = typed ?? context.inputs.variable(Self.variable) else {
      guard let dependent else { return nil }
      throw UsageError.needsKey(dependent)
    }
    do {
      return SendKey(try ValueKind.sendKey.parse(text), lifetime: lifetime)
    } catch {
      throw InputError(.init(error.message(for: text), hint: error.hint), at: .argument(Self.variable))
    }
  }
}

extension ValueKind where Value == String {
  /// A key of 1 to 255 visible characters.
  fileprivate static var sendKey: Self {
    ValueKind("KEY") { (text) throws(ValueProblem) in
      guard !text.isEmpty else { throw .empty }
      guard text.isName(upTo: 255), !text.allSatisfy(\.isWhitespace) else {
        throw .other("not a valid key", hint: "use up to 255 characters, without control characters")
      }
      return text
    }
  }
}

extension UsageError {
  static func needsKey(_ option: String) -> UsageError {
    UsageError("\(option) requires --key", hint: "add --key KEY, or set \(KeyOptions.variable)")
  }
}
