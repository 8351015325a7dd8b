import Application
import CommandLineKit
import Messaging

/// The options that show and limit costs; shared by `send`, `bulk`, and `list-send`.
struct CostOptions: Sendable {
  static let gsm = Flag(
    "gsm", group: group, help: "Replace typographic characters to fit GSM-7. A note lists what was replaced.")
  static let price = Option(
    "price", value: .price, group: group, help: "Show the total cost at this price per segment. For example: 0.0075.")
  static let maxSegments = Option(
    "max-segments", value: .int(1...Int.max), group: group,
    help: "Send nothing if a message exceeds N segments.")
  static let maxMessages = Option(
    "max-messages", value: .int(1...Int.max), group: group,
    help: "Send nothing if there are more than N messages.")
  static let yes = Flag(
    "yes", short: "y", group: group,
    help: "Don't ask before sending more than \(mostUnasked) messages.")
  /// The most messages that are sent without asking.
  static let mostUnasked = 100

  /// The options that determine what is sent.
  static let input: [any OptionDeclaration] = [gsm, maxSegments]
  static let all: [any OptionDeclaration] = [price, maxSegments, maxMessages, gsm]
  /// For a list, whose length only the provider knows.
  static let ofList: [any OptionDeclaration] = [
    price, maxSegments, gsm, Flag("yes", short: "y", group: group, help: "Don't ask before sending."),
    Option(
      "max-messages", value: .int(1...Int.max), group: group, isHidden: true,
      help: "Not available: only the provider knows how long the list is."),
  ]

  private static let group = "Cost"

  var replacesTypography: Bool
  var price: SegmentPrice?
  var maxSegments: Int?
  var maxMessages: Int?
  /// Whether the question was answered in advance (`--yes`).
  var isConfirmed: Bool

  init(_ parsed: Parsed) {
    replacesTypography = parsed[Self.gsm]
    price = parsed[Self.price]
    maxSegments = parsed[Self.maxSegments]
    maxMessages = parsed[Self.maxMessages]
    isConfirmed = parsed[Self.yes]
  }
}

extension ValueKind where Value == SegmentPrice {
  /// Digits with an optional decimal point, such as `0.0075`.
  fileprivate static var price: Self {
    ValueKind("PRICE") { (text) throws(ValueProblem) in
      guard let price = SegmentPrice(text) else {
        throw .other(
          "not a price",
          hint: "use a number such as 0.0075, with up to \(SegmentPrice.longest) digits on either side of the point")
      }
      return price
    }
  }
}
