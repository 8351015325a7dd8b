import Application
import CommandLineKit
import Configuration
import Messaging
import Providers
import TextFormats

/// Selects messages by command-line options; shared by `status` and `resend`.
struct MessageFilter: Sendable {
  static let ids = RepeatedOperand("ID", value: .filterText, help: "Message IDs, as shown in the records.")
  static let group = Option(
    "group", value: .filterText.named("G").completed(by: .dynamic("groups")),
    help: "Only messages sent together, by group ID.")
  static let to = Option("to", value: .string.named("NUMBER"), help: "Only messages to this number.")
  static let from = Option("from", value: .sender.named("NUMBER"), help: "Only messages from this number or sender ID.")
  static let status = Option(
    "status", value: .filterText.named("STATUS").completed(by: .dynamic("statuses")),
    help: "Only messages with this status. Either one of sms's own, such as failed, or the provider's.")
  static let direction = Option(
    "direction", value: .enumeration(Direction.self), help: "Only outgoing or only incoming messages.")

  static let all: [any OptionDeclaration] = [
    group, to, from, status, QueryOptions.device, QueryOptions.sim, direction, QueryOptions.since, QueryOptions.until,
  ]

  private var query = MessageQuery()
  private var to: String?
  private var since: TimeExpression?
  private var until: TimeExpression?

  init(_ parsed: Parsed) {
    for id in parsed[Self.ids] where !query.ids.contains(id) { query.ids.append(id) }
    query.groupID = parsed[Self.group]
    query.from = parsed[Self.from]
    query.status = parsed[Self.status].map(StatusFilter.init)
    query.device = parsed[QueryOptions.device]
    query.sim = parsed[QueryOptions.sim]
    query.direction = parsed[Self.direction]
    to = parsed[Self.to]
    since = parsed[QueryOptions.since]
    until = parsed[QueryOptions.until]
  }

  /// The query without a limit, resolved with the clock, zone, and profile.
  func query(_ context: Context, _ settings: Settings) throws -> MessageQuery {
    try query(context, readingNumbersBy: settings, among: [settings.descriptor])
  }

  /// The query for a command that doesn't call a provider; the configuration is used if it can be read.
  func query(_ context: Context) throws -> MessageQuery {
    let settings = to == nil ? nil : try? context.configuration.settings()
    return try query(context, readingNumbersBy: settings, among: ProviderRegistry.all.map { $0.descriptor })
  }

  /// The status in the provider's spelling. Throws if no provider has it, because nothing would ever be found.
  private func status(among providers: [ProviderDescriptor]) throws -> StatusFilter? {
    guard case .provider(let word)? = query.status else { return query.status }
    let known = providers.flatMap(\.statusWords)
    guard let spelled = known.first(where: { $0.lowercased() == word.lowercased() }) else {
      throw InputError(.unknownStatus(word, known: known), at: .argument(Self.status.spec.longName))
    }
    return .provider(spelled)
  }

  private func query(
    _ context: Context, readingNumbersBy settings: Settings?, among providers: [ProviderDescriptor]
  ) throws -> MessageQuery {
    var query = query
    query.status = try status(among: providers)
    query.to = try to.map { (text) throws in
      try context.number(text, of: Self.to.spec.longName, settings)
    }
    query.since = try context.moment(since, of: QueryOptions.since.spec.longName)
    query.until = try context.moment(until, of: QueryOptions.until.spec.longName)
    return query
  }
}

extension InputError.Problem {
  static func unknownStatus(_ word: String, known: [String]) -> Self {
    let ours = MessageStatus.allCases.map(\.rawValue)
    let meant = nearest(to: word, among: ours + known).map { "; did you mean '\($0)'?" } ?? ""
    return Self("unknown status '\(word)'\(meant)", hint: "use one of: \(ours.joined(separator: ", "))")
  }
}

extension ValueKind where Value == String {
  /// A text that isn't empty: an empty one would be left out of the request, which would then match all messages.
  fileprivate static var filterText: Self {
    ValueKind("ID") { (text) throws(ValueProblem) in
      guard !text.isEmpty else { throw .empty }
      return text
    }
  }
}
