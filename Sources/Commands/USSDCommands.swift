import Application
import CommandLineKit
import Configuration
import Messaging
import TextFormats

/// The commands that make phones dial codes such as `*150#`.
enum USSDCommands {
  static let spec = CommandSpec<any Command>(
    "ussd", summary: "Dial USSD codes and read the answers.", group: "Account",
    subcommands: [USSDSendCommand.spec, USSDStatusCommand.spec, USSDListCommand.spec])
}

/// Has a phone dial a code.
struct USSDSendCommand: Command {
  static let capability = Capability("ussd send") { $0 is any USSDSending.Type }
  static let code = Operand("CODE", value: .line, help: "The code, such as '*150#'.")
  static let device = RequiredOption(
    "device", value: .int().named("ID").completed(by: .dynamic("devices")), help: "The device that dials.")
  static let sim = Option("sim", value: .int().named("SLOT"), help: "SIM slot to use. Slots count from 0.")
  static let spec = CommandSpec<any Command>(
    "send", summary: "Dial a USSD code from a phone.",
    discussion: """
      The phone receives the answer some time later: 'sms ussd status' shows it, and --wait waits for it. If it is \
      unknown whether the code was dialed (exit code 6), it is never dialed again automatically.
      """,
    examples: [
      Example("sms ussd send '*150#' --device 1", "Dial with phone 1."),
      Example("sms ussd send '*150#' --device 1 --sim 1 --wait", "Dial with its second SIM, and wait for the answer."),
    ],
    options: [device, sim] + WaitOptions.all, operands: [code], columns: USSDRecord.listedColumns,
    exits: .resending, make: USSDSendCommand.init)

  private let code: String
  private let device: DeviceSelector
  private let patience: Duration?

  init(_ parsed: Parsed) throws(UsageError) {
    code = try parsed[Self.code]
    device = DeviceSelector(id: try parsed[Self.device], sim: parsed[Self.sim])
    patience = try WaitOptions.patience(parsed)
  }

  func run(_ context: Context) throws {
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any USSDSending }
    let printer = try context.printer(of: USSDRecord.self, isSingle: true)
    let (session, sender) = try inquiry.open()
    var record = try session.order(sender.sendUSSD(code, device: device), shownBy: ["ussd", "list"])
    let failure = caught {
      if let patience { record = try answered(record, session, patience) }
    }
    // The code was dialed: even if waiting failed, the user needs its ID to ask again.
    try printer.finish(with: [record])
    if let failure { throw failure }
    let hint = record.response == nil ? record.id.map { Self.showing(command($0, session)) } : nil
    try session.endIfStopped(Self.sent, hint: hint)
  }

  private func command(_ id: String, _ session: ProviderSession) -> String {
    session.context.command(["ussd", "status", id])
  }

  /// The record once the phone has answered.
  private func answered(
    _ record: USSDRecord, _ session: ProviderSession, _ patience: Duration
  ) throws -> USSDRecord {
    guard record.response == nil else { return record }
    guard let id = record.id else { throw Failure.idMissing(of: session.settings.label) }
    let reader = try session.role { $0 as? any USSDReading }
    var schedule = session.schedule(patience)
    do {
      while try session.waits(&schedule) {
        let found = try session.look { () throws in try session.ask(reader.ussdRequest(id: id)) }
        if let found = found ?? nil, found.response != nil { return found }
      }
    } catch let stop as Interruption {
      throw Interruption(stop.signal, Self.noAnswer, hint: Self.showing(command(id, session)))
    }
    throw Failure.waitedTooLong(patience, Self.noAnswer, hint: Self.showing(command(id, session)))
  }

  static let sent = "the code was sent to the phone"

  static func showing(_ command: String) -> String { "\(command) shows the answer" }

  static let noAnswer = "no answer from the phone yet"
}

extension Failure {
  static func idMissing(of provider: ProviderLabel) -> Failure {
    Failure(
      "untrusted", .refused, "\(provider.title) returned no ID, so its answer can't be looked up",
      hint: "'sms ussd list' lists recent answers",
      details: ErrorDetails(provider: provider.name))
  }
}

/// Shows the status of a code that was dialed.
struct USSDStatusCommand: Command {
  static let capability = Capability("ussd status") { $0 is any USSDReading.Type }
  static let id = Operand("ID", help: "The ID printed by 'sms ussd send'.")
  static let spec = CommandSpec<any Command>(
    "status", summary: "Show the answer to a USSD code.",
    discussion: """
      The response is empty until the phone has received an answer.
      """,
    examples: [
      Example("sms ussd status 1", "Show the answer."),
      Example("sms ussd status 1 -o csv --columns response --no-header", "Print only its text."),
    ],
    operands: [id], columns: USSDRecord.listedColumns, exits: .asking, make: USSDStatusCommand.init)

  private let id: String

  init(_ parsed: Parsed) throws(UsageError) {
    id = try parsed[Self.id]
  }

  func run(_ context: Context) throws {
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any USSDReading }
    let printer = try context.printer(of: USSDRecord.self, isSingle: true)
    try inquiry.check(inquiry.adapter.objection(toUSSDID: id))
    let (session, reader) = try inquiry.open()
    guard let record = try session.ask(reader.ussdRequest(id: id)) else {
      let provider = session.settings.label
      throw Failure.noUSSDRequest(id, provider)
    }
    try session.finish(printer, with: [record])
  }
}

extension Failure {
  static func noUSSDRequest(_ id: String, _ provider: ProviderLabel) -> Failure {
    Failure(
      "not-found", .refused, "\(provider.title) has no USSD request '\(id)'", hint: "'sms ussd list' lists them",
      details: ErrorDetails(provider: provider.name))
  }
}

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
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any USSDReading }
    let printer = try context.printer(of: USSDRecord.self, isPaged: true)
    var query = query
    query.since = try context.moment(since, of: "--since")
    query.until = try context.moment(until, of: "--until")
    let (session, reader) = try inquiry.open()
    try session.finish(printer, with: try session.ask(reader.ussdRequests(query)))
  }
}
