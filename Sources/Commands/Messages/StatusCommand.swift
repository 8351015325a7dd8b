import CommandLineKit
import Messaging

/// Shows what became of messages.
struct StatusCommand: Command {
  static let capability = Capability("status") { $0 is any MessageReading.Type }
  static let spec = CommandSpec<any Command>(
    "status", summary: "Show what became of messages.",
    discussion: """
      Prints a record for each message, those of the IDs given or all that the options select. Providers differ in what \
      they can be asked for; what a provider can't do is an error and never ignored. Of a group, SMS-iT only counts how \
      many messages got through.

      With --wait it asks again, after a second and then ever more rarely, until every message is final. Exit code 8: \
      some were not when the time was over.
      """,
    examples: [
      Example("sms status 4 5", "Show two messages."),
      Example("sms status 4 --wait --wait-timeout 2m", "Wait until it is known what became of it."),
      Example("sms status --status failed --since -1d -o csv", "List what failed since yesterday."),
      Example("sms status --status sent --device 1 --sim 0", "List what one SIM has sent."),
      Example("sms status --group \"$group\" --columns to,status", "Show the messages that were sent together."),
      Example("sms status --direction in --limit all -o jsonl", "Get everything that came in."),
      Example("sms -p voximplant status --to +15550100001 --since -7d", "Search the history of Voximplant."),
      Example("SMS_A2P=true sms -p voximplant status --status failed", "Search its history of A2P messages."),
      Example("sms -p smsit status --to +15550100001", "Show the latest message to a contact of SMS-iT."),
      Example("sms -p smsit status --group 1001", "Count what became of a group message of SMS-iT."),
    ],
    group: "Messages", options: MessageFilter.all + [QueryOptions.limit] + WaitOptions.all,
    operands: [MessageFilter.ids], make: StatusCommand.init)

  private let filter: MessageFilter
  private let limit: ResultLimit?
  private let patience: Duration?

  init(_ parsed: Parsed) throws(UsageError) {
    filter = MessageFilter(parsed)
    limit = parsed[QueryOptions.limit]
    patience = try WaitOptions.patience(parsed)
  }

  func run(_ context: Context) throws(CommandError) {
    let session = try ProviderSession(context, for: Self.capability)
    let provider = try session.role { $0 as? any MessageReading }
    var query = try filter.query(session)
    if let group = countedGroup(query, session, provider) { return try report(group, session) }
    query.limit = (limit ?? .usual).count
    try session.check(provider.objection(to: query))
    if let patience {
      try wait(patience, for: query, session, provider)
    } else {
      try show(query, session, provider)
    }
  }

  private func show(
    _ query: MessageQuery, _ session: ProviderSession, _ provider: any MessageReading
  ) throws(CommandError) {
    let printer = try session.context.printer(of: MessageRecord.self)
    var reader = MessageReader(session, provider)
    do {
      try reader.read(query, report: printer.print)
    } catch {
      try printer.finishWhatBegan()
      throw error
    }
    try printer.finish()
    try conclude(reader)
  }

  private func wait(
    _ patience: Duration, for query: MessageQuery, _ session: ProviderSession, _ provider: any MessageReading
  ) throws(CommandError) {
    let printer = try session.context.printer(of: MessageRecord.self)
    var reader = MessageReader(session, provider)
    var watch = MessageWatch(try reader.records(query), session, provider, since: query.since)
    let ending = CommandError.caught { () throws(CommandError) in try watch.wait(patience) }
    try printer.finish(with: watch.records)
    let missing = CommandError.caught { () throws(CommandError) in try conclude(reader) }
    if let error = CommandError.worst(of: [ending, missing]) { throw error }
  }

  private func conclude(_ reader: MessageReader) throws(CommandError) {
    if reader.hasMore { reader.session.context.note((limit ?? .usual).moreWords) }
    try reader.check()
  }
}

// MARK: - Groups that a provider only counts

extension StatusCommand {
  /// The group, where nothing else is asked for and the provider has a report of groups in place of their messages.
  private func countedGroup(
    _ query: MessageQuery, _ session: ProviderSession, _ provider: any MessageReading
  ) -> String? {
    var groupAlone = MessageQuery()
    groupAlone.groupID = query.groupID
    guard session.provider is any GroupReporting, query == groupAlone, limit == nil, patience == nil,
      provider.objection(to: query) == .unsupported(.group)
    else { return nil }
    return query.groupID
  }

  private func report(_ group: String, _ session: ProviderSession) throws(CommandError) {
    let provider = try session.role { $0 as? any GroupReporting }
    let printer = try session.context.printer(of: GroupReport.self, isSingle: true)
    try printer.finish(with: [try session.ask(provider.report(ofGroup: group))])
  }
}
