import Application
import CommandLineKit
import Messaging

/// Lists the codes that were dialed.
struct USSDListCommand: Command {
  static let capability = Capability("ussd list") { $0 is any USSDReading.Type }
  static let request = Option("request", value: .line.named("CODE"), help: "Only this code.")
  static let spec = CommandSpec<any Command>(
    "list", summary: "List dialed USSD codes and their answers.",
    examples: [
      Example("sms ussd list", "List all codes."),
      Example("sms ussd list --request '*150#' --since -7d", "List the answers to one code in the last week."),
      Example("sms ussd list --device 1 --sim 0", "List codes dialed from one SIM."),
    ],
    options: [request, QueryOptions.device, QueryOptions.sim, QueryOptions.since, QueryOptions.until],
    columns: USSDRecord.listedColumns, exits: .asking, make: USSDListCommand.init)

  private let query: USSDQuery
  private let since: TimeExpression?
  private let until: TimeExpression?

  init(_ parsed: Parsed) throws(UsageError) {
    var query = USSDQuery()
    query.request = parsed[Self.request]
    query.device = parsed[QueryOptions.device]
    query.sim = parsed[QueryOptions.sim]
    self.query = query
    since = parsed[QueryOptions.since]
    until = parsed[QueryOptions.until]
  }

  func run(_ context: Context) throws {
    let inquiry = try Inquiry(context, for: Self.capability) { $0 as? any USSDReading }
    let printer = try context.printer(of: USSDRecord.self, isPaged: true)
    var query = query
    query.since = try context.moment(since, of: "--since")
    query.until = try context.moment(until, of: "--until")
    let (session, reader) = try inquiry.open()
    try session.finish(printer, with: try session.ask(reader.ussdRequests(query)))
  }
}
