import Application
import Configuration
import Delivery
import Messaging
import TextFormats

/// Keeps what is about to be sent within what the user allows, and says or asks before it leaves.
struct CostControl {
  let context: Context
  let settings: Settings
  let options: CostOptions

  /// The text to send, if it doesn't exceed the allowed segments.
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

  /// Says what `--gsm` did; nothing where there was nothing to do.
  func note(_ changes: GSMChanges) {
    for line in changes.lines { context.note(line) }
  }

  /// Refuses more messages than are allowed.
  func require(messages: Int) throws {
    guard let limit = options.maxMessages, messages > limit else { return }
    throw InputError(.tooManyMessages(messages, limit: limit), at: .argument("--max-messages"))
  }

  /// Whether these messages need to be counted before they are sent.
  func isConcerned(with messages: Int) -> Bool {
    options.maxMessages != nil || options.price != nil || asks(before: messages)
  }

  /// Refuses more messages than are allowed; asks whether to send many, where there is somebody to ask; or else says
  /// what they come to, where there is a price. Throws for "no".
  func admit(
    _ messages: Int, stop: StopSignal, cost: () throws -> SendingCost
  ) throws {
    try require(messages: messages)
    if asks(before: messages) { return try confirm(try cost().question(to: settings), stop) }
    if options.price != nil, messages > 0 { context.note(try cost().announcement) }
  }

  /// Asks at a terminal whether to send again what was sent recently; elsewhere adds a note.
  func admitAgain(_ words: String, stop: StopSignal) throws {
    if mayAsk { return try confirm(Notes.sendAgain(words, asks: true), stop) }
    context.note(Notes.sendAgain(words, asks: false))
  }

  /// The same for a list, whose length only the provider knows.
  func admit(list: String, _ cost: SendingCost, stop: StopSignal) throws {
    if mayAsk { return try confirm(cost.question(ofList: list, to: settings), stop) }
    if options.price != nil { context.note(cost.listAnnouncement) }
  }

  /// A limit on what nobody can count here would be no limit.
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

  /// How many messages a list takes, which only the provider knows.
  static func listUncounted(by provider: String) -> Self {
    Self(
      "can't be checked: \(provider) doesn't say how many contacts are on the list",
      hint: "omit it; at a terminal, sms asks before sending")
  }
}

extension Notes {
  /// That a list was sent a short time ago, as a question or as a note.
  static func sendAgain(_ words: String, asks: Bool) -> String {
    asks ? "\(words); send it again?" : "\(words); sending it again"
  }
}
