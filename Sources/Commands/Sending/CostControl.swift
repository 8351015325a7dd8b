import Application
import CommandLineKit
import Configuration
import Delivery
import Messaging
import TextFormats

/// Enforces the user's limits on what is sent, and asks or notes what it costs before it is sent.
struct CostControl {
  let context: Context
  let settings: Settings
  let options: CostOptions

  /// The text to send. Throws if it has more segments than allowed.
  func prepared(_ text: String, at place: InputError.Place) throws -> String {
    var (text, changes) = (text, GSMChanges())
    if options.replacesTypography {
      text = try MessageInput(context: context).checked(GSMText.replacing(text, noting: &changes), at: place)
      note(changes)
    }
    if let limit = options.maxSegments, let excess = SegmentExcess(of: text, limit: limit) {
      throw InputError(.tooManySegments(excess), at: place)
    }
    return text
  }

  /// Notes what `--gsm` replaced, if anything.
  func note(_ changes: GSMChanges) {
    for line in changes.lines { context.note(line) }
  }

  /// Throws if there are more messages than allowed.
  func require(messages: Int) throws {
    guard let limit = options.maxMessages, messages > limit else { return }
    throw InputError(.tooManyMessages(messages, limit: limit), at: .argument("--max-messages"))
  }

  /// Whether these messages need to be counted before they are sent.
  func isConcerned(with messages: Int) -> Bool {
    options.maxMessages != nil || options.price != nil || asks(before: messages)
  }

  /// Throws if there are more messages than allowed. Otherwise, asks before sending many at a terminal, or else
  /// notes the cost if there is a price. Throws if the answer is no.
  func admit(
    _ messages: Int, stop: StopSignal, cost: () throws -> SendingCost
  ) throws {
    try require(messages: messages)
    if asks(before: messages) { return try confirm(try cost().question(to: settings), stop) }
    if options.price != nil, messages > 0 { context.note(try cost().announcement) }
  }

  /// If a list was sent recently, asks at a terminal whether to send it again; otherwise, prints a note.
  func admitAgain(_ words: String, stop: StopSignal) throws {
    if mayAsk { return try confirm(Notes.sendAgain(words, asks: true), stop) }
    context.note(Notes.sendAgain(words, asks: false))
  }

  /// Asks before sending to a list whose length only the provider knows, or else notes the cost if there is a price.
  func admit(list: String, _ cost: SendingCost, stop: StopSignal) throws {
    if mayAsk { return try confirm(cost.question(ofList: list, to: settings), stop) }
    if options.price != nil { context.note(cost.listAnnouncement) }
  }

  /// Throws if there is a limit on messages, because the messages to a provider's list can't be counted.
  func requireNoLimitOnMessages() throws {
    guard options.maxMessages != nil else { return }
    throw InputError(.listUncounted(by: settings.descriptor.title), at: .argument("--max-messages"))
  }

  private func asks(before messages: Int) -> Bool { messages > CostOptions.mostUnasked && mayAsk }

  private var mayAsk: Bool { context.canAsk && !options.isConfirmed }

  private func confirm(_ question: String, _ stop: StopSignal) throws {
    let answer = try context.ask("\(question) [y/N] ", stop: stop) ?? []
    let words = answer.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self).lowercased() }
    guard words == ["y"] || words == ["yes"] else {
      throw Failure.notConfirmed
    }
  }
}

extension Failure {
  static let notConfirmed = Failure(
    "canceled", .usage, "not confirmed; nothing was sent", hint: "to send without a question, add --yes")
}

extension InputError.Problem {
  static func tooManyMessages(_ count: Int, limit: Int) -> Self {
    Self(
      "\(counted(count, "message")) to send, but the limit is \(limit)",
      hint: "if that is right, add --max-messages \(count)")
  }

  /// The number of messages to a list can't be checked, because only the provider knows it.
  static func listUncounted(by provider: String) -> Self {
    Self(
      "can't be checked: \(provider) doesn't say how many contacts are on the list",
      hint: "omit it; at a terminal, sms asks before sending")
  }
}

extension Notes {
  /// The list was sent a short time ago; as a question or as a note.
  static func sendAgain(_ words: String, asks: Bool) -> String {
    asks ? "\(words); send it again?" : "\(words); sending it again"
  }
}

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
