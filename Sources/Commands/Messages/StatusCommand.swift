import Application
import CommandLineKit
import Configuration
import Ledger
import Messaging
import TextFormats

/// Shows the statuses of messages.
struct StatusCommand: Command {
  static let capability = Capability("status") { $0 is any MessageReading.Type }
  static let spec = CommandSpec<any Command>(
    "status", summary: "Show the status of messages.",
    discussion: """
      Prints a record for each message: those with the given IDs, or all that match the options. Not every provider \
      supports every option; an unsupported option is an error. For a group, SMS-iT only reports how many messages \
      were delivered.

      With --wait, asks again at growing intervals until every status is final. The exit code is 8 if time runs out \
      first. Messages that the provider itself reports as unknown are not waited for.
      """,
    examples: [
      Example("sms status 4 5", "Show two messages."),
      Example("sms status 4 --wait --wait-timeout 2m", "Wait until its status is final."),
      Example("sms status --status failed --since -1d -o csv", "List messages that failed since yesterday."),
      Example("sms status --status sent --device 1 --sim 0", "List messages sent from one SIM."),
      Example("sms status --group \"$group\" --columns to,status", "Show messages that were sent together."),
      Example("sms status --direction in --limit all -o jsonl", "Get all incoming messages."),
      Example("sms -p voximplant status --to +15550100001 --since -7d", "Search Voximplant's history."),
      Example("SMS_A2P=true sms -p voximplant status --status failed", "Search Voximplant's history of A2P messages."),
      Example("sms -p smsit status --to +15550100001", "Show the latest message to a contact (SMS-iT)."),
      Example("sms -p smsit status --group 1001", "Count the results of a group message (SMS-iT)."),
    ],
    group: "Messages", options: MessageFilter.all + [QueryOptions.limit] + WaitOptions.all,
    operands: [MessageFilter.ids], columns: MessageRecord.listedColumns, exits: .waiting, make: StatusCommand.init)

  private let filter: MessageFilter
  private let limit: ResultLimit?
  private let patience: Duration?

  init(_ parsed: Parsed) throws(UsageError) {
    filter = MessageFilter(parsed)
    limit = parsed[QueryOptions.limit]
    patience = try WaitOptions.patience(parsed)
  }

  func run(_ context: Context) throws {
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any MessageReading }
    var query = try filter.query(context, inquiry.settings)
    if let group = try countedGroup(query, inquiry) { return try report(group, context) }
    let printer = try context.printer(of: MessageRecord.self, isPaged: true)
    query.limit = (limit ?? .usual).count
    try inquiry.check(inquiry.adapter.objection(to: query))
    let cutsIDs = cutIDs(of: &query)
    let (session, provider) = try inquiry.open()
    try session.requireOwn(query)
    var reader = MessageReader(session, provider)
    // If requested IDs aren't found, that is an error instead.
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

  /// Applies a given limit to the IDs; the default limit doesn't apply to them. Returns whether some are left out.
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
      try printer.finishIfStarted()
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
  /// The group, if the provider reports groups only as counts; other filters aren't allowed then.
  private func countedGroup(
    _ query: MessageQuery, _ inquiry: PreparedCall<any MessageReading>
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
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any GroupReporting }
    let printer = try context.printer(of: GroupReport.self, isSingle: true)
    let (session, provider) = try inquiry.open()
    var query = MessageQuery()
    query.groupID = group
    try session.requireOwn(query)
    try session.finish(printer, with: [try session.ask(provider.report(ofGroup: group))])
  }
}

extension ProviderSession {
  /// Throws if the ledger knows an ID or group only from another profile: in this one, the same ID is someone
  /// else's message.
  ///
  /// An ID that the ledger doesn't know may still exist at the provider; without a ledger, any ID may.
  func requireOwn(_ query: MessageQuery) throws {
    let handles = query.ids.map(MessageHandle.id) + [query.groupID].compactMap(\.self).map(MessageHandle.group)
    guard !handles.isEmpty, let ledger = (try? context.existingLedger()) ?? nil else { return }
    for handle in handles {
      let origins = try ledger.origins(of: handle, for: account)
      guard let other = origins.first, !origins.contains(where: isOurs) else { continue }
      throw Failure.foreign(handle, of: other, capability.command, context)
    }
  }

  private func isOurs(_ origin: MessageOrigin) -> Bool {
    let isOfProfile = origin.profile == settings.profile?.name && origin.provider == settings.descriptor.name
    return origin.isOfAccount || isOfProfile
  }
}

extension Failure {
  /// The ID is known, but from another profile.
  static func foreign(
    _ handle: MessageHandle, of origin: MessageOrigin, _ command: String, _ context: Context
  ) -> Failure {
    guard let profile = origin.profile else {
      return Failure(
        "input", .usage, "\(handle.words) sent with \(origin.provider), without a profile",
        hint: "set SMS_PROVIDER=\(origin.provider) and its credentials, and omit --profile")
    }
    let config = context.globals[GlobalOptions.config].map { "-c \($0.shellQuoted) " } ?? ""
    return Failure(
      "input", .usage, "\(handle.words) sent with profile '\(profile)'",
      hint: "run: sms \(config)-p \(profile.shellQuoted) \(command) \(handle.arguments)")
  }
}

extension MessageHandle {
  fileprivate var words: String {
    switch self {
    case .id(let id): "message \(id) was"
    case .group(let id): "group \(id) was"
    }
  }

  /// The arguments for the command.
  fileprivate var arguments: String {
    switch self {
    case .id(let id): id.shellQuoted
    case .group(let id): "--group \(id.shellQuoted)"
    }
  }
}
