import Application
import Configuration
import Delivery
import Messaging

/// Keeps what is about to be sent within what the user allows, and says or asks before it leaves.
struct CostControl {
  private let context: Context
  private let settings: Settings
  private let options: CostOptions

  init(_ context: Context, _ settings: Settings, _ options: CostOptions) {
    self.context = context
    self.settings = settings
    self.options = options
  }

  /// A text as it is to be sent, within the segments that are allowed.
  func prepared(_ text: String, at place: InputError.Place) throws(CommandError) -> String {
    var (text, changes) = (text, GSMChanges())
    if options.replacesTypography {
      text = try MessageInput(context).checked(GSMText.replacing(text, noting: &changes), at: place)
      note(changes)
    }
    if let limit = options.maxSegments, let excess = SegmentExcess(of: text, limit: limit) {
      throw .input(InputError(place: place, problem: .tooManySegments(excess)))
    }
    return text
  }

  /// Says what `--gsm` did; nothing where there was nothing to do.
  func note(_ changes: GSMChanges) {
    for line in changes.lines { context.note(line) }
  }

  /// Refuses more messages than are allowed.
  func require(messages: Int) throws(CommandError) {
    guard let limit = options.maxMessages, messages > limit else { return }
    throw .input(InputError(place: .argument("--max-messages"), problem: .tooManyMessages(messages, limit: limit)))
  }

  /// Whether anything is to be known of these messages before they leave.
  func isConcerned(with messages: Int) -> Bool {
    options.maxMessages != nil || options.price != nil || asks(before: messages)
  }

  /// Refuses more messages than are allowed; asks whether to send many, where there is somebody to ask; or else says
  /// what they come to, where there is a price. Throws for "no".
  func admit(
    _ messages: Int, stop: StopSignal, cost: () throws(CommandError) -> SendingCost
  ) throws(CommandError) {
    try require(messages: messages)
    if asks(before: messages) { return try confirm(try cost().question(to: settings), stop) }
    if options.price != nil, messages > 0 { context.note(try cost().announcement) }
  }

  /// The same for a list, whose length only the provider knows.
  func admit(list: String, _ cost: SendingCost, stop: StopSignal) throws(CommandError) {
    if mayAsk { return try confirm(cost.question(ofList: list, to: settings), stop) }
    if options.price != nil { context.note(cost.listAnnouncement) }
  }

  /// A limit on what nobody can count here would be no limit.
  func requireNoLimitOnMessages() throws(CommandError) {
    guard options.maxMessages != nil else { return }
    throw .input(
      InputError(place: .argument("--max-messages"), problem: .listUncounted(provider: settings.descriptor.title)))
  }

  private func asks(before messages: Int) -> Bool { messages > CostOptions.mostUnasked && mayAsk }

  private var mayAsk: Bool { context.canAsk && !options.isConfirmed }

  private func confirm(_ question: String, _ stop: StopSignal) throws(CommandError) {
    let answer = try context.ask("\(question) [y/N] ", stop: stop) ?? []
    let words = answer.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self).lowercased() }
    guard words == ["y"] || words == ["yes"] else { throw .declined }
  }
}
