import Application
import CommandLineKit
import Configuration
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
      some were not when the time was over. A message that the provider itself calls unknown is not waited for.
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

  func run(_ context: Context) throws {
    let inquiry = try Inquiry(context, for: Self.capability) { $0 as? any MessageReading }
    var query = try filter.query(context, inquiry.settings)
    if let group = try countedGroup(query, inquiry) { return try report(group, context) }
    let printer = try context.printer(of: MessageRecord.self, isPaged: true)
    query.limit = (limit ?? .usual).count
    try inquiry.check(inquiry.adapter.objection(to: query))
    let cutsIDs = cutIDs(of: &query)
    let (session, provider) = try inquiry.open()
    try session.requireOwn(query)
    var reader = MessageReader(session, provider)
    // What was asked for by name and is not there is an error.
    if !query.ids.isEmpty { printer.noteEmpty = nil }
    if let patience {
      try wait(patience, for: query, &reader, printer)
    } else {
      try show(query, &reader, printer)
    }
    if cutsIDs || reader.hasMore { context.sayTruncated((limit ?? .usual).moreWords) }
    try reader.check()
    try session.endIfStopped()
  }

  /// Ids are limited only where that is asked for: who names more than are usually shown means all of them. Returns
  /// whether some are left out.
  private func cutIDs(of query: inout MessageQuery) -> Bool {
    guard let count = limit?.count, query.ids.count > count else { return false }
    query.ids = Array(query.ids.prefix(count))
    return true
  }

  private func show(
    _ query: MessageQuery, _ reader: inout MessageReader, _ printer: RecordPrinter<MessageRecord>
  ) throws {
    do {
      try reader.read(query, report: printer.print)
    } catch {
      try printer.finishWhatBegan()
      throw error
    }
    try printer.finish()
  }

  private func wait(
    _ patience: Duration, for query: MessageQuery, _ reader: inout MessageReader,
    _ printer: RecordPrinter<MessageRecord>
  ) throws {
    var watch = MessageWatch(try reader.records(query), reader.session, reader.provider, since: query.since)
    let ending = caught { try watch.wait(patience) }
    try printer.finish(with: watch.records)
    let missing = caught { try reader.check() }
    if let error = worst(of: [ending, missing]) { throw error }
  }
}

// MARK: - Groups that a provider only counts

extension StatusCommand {
  /// The group, where the provider has a report of groups in place of their messages; nothing narrows that.
  private func countedGroup(
    _ query: MessageQuery, _ inquiry: Inquiry<any MessageReading>
  ) throws -> String? {
    var groupAlone = MessageQuery()
    groupAlone.groupID = query.groupID
    guard let group = query.groupID, inquiry.adapter is any GroupReporting,
      inquiry.adapter.objection(to: groupAlone) == .unsupported(.group)
    else { return nil }
    guard query == groupAlone, limit == nil, patience == nil else {
      let what = "status --group with other options"
      throw Failure.unsupported(what, inquiry.settings)
    }
    return group
  }

  private func report(_ group: String, _ context: Context) throws {
    let inquiry = try Inquiry(context, for: Self.capability) { $0 as? any GroupReporting }
    let printer = try context.printer(of: GroupReport.self, isSingle: true)
    let (session, provider) = try inquiry.open()
    var query = MessageQuery()
    query.groupID = group
    try session.requireOwn(query)
    try session.finish(printer, with: [try session.ask(provider.report(ofGroup: group))])
  }
}
