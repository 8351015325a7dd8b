import Application
import CommandLineKit
import Messaging

/// The options about what sending takes and may take; `send`, `bulk` and `list-send` have them in common.
struct CostOptions: Sendable {
  static let gsm = Flag(
    "gsm", group: group, help: "Write typographic quotes, dashes, spaces and dots as GSM-7 has them; say which.")
  static let price = Option(
    "price", value: .price, group: group, help: "Price of one segment, such as 0.0075: say what all of them come to.")
  static let maxSegments = Option(
    "max-segments", value: .int(1...Int.max), group: group,
    help: "Send nothing if any one message takes more segments than N.")
  static let maxMessages = Option(
    "max-messages", value: .int(1...Int.max), group: group,
    help: "Send nothing if there are more than N messages to send.")
  static let yes = Flag(
    "yes", short: "y", group: group,
    help: "Don't ask at a terminal before more than \(mostUnasked) messages are sent.")
  /// Messages that are sent without a question.
  static let mostUnasked = 100

  /// Those that say what is to be sent.
  static let input: [any OptionDeclaration] = [gsm, maxSegments]
  static let all: [any OptionDeclaration] = [price, maxSegments, maxMessages, gsm]
  /// For a list, whose length nobody here knows.
  static let ofList: [any OptionDeclaration] = [
    price, maxSegments, gsm, Flag("yes", short: "y", group: group, help: "Don't ask at a terminal before sending."),
    Option(
      "max-messages", value: .int(1...Int.max), group: group, isHidden: true,
      help: "Refused: nobody here knows how many messages a list takes."),
  ]

  private static let group = "Cost"

  var replacesTypography: Bool
  var price: SegmentPrice?
  var maxSegments: Int?
  var maxMessages: Int?
  /// Whether the answer to the question is known to be yes.
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
  /// Digits with or without a decimal point, such as `0.0075`.
  fileprivate static var price: Self {
    ValueKind("PRICE") { (text) throws(ValueProblem) in
      guard let price = SegmentPrice(text) else {
        throw .other(
          "it is not a price",
          hint: "write it as 0.0075: digits and a point, up to \(SegmentPrice.longest) on either side of it")
      }
      return price
    }
  }
}
