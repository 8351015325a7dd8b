import Application
import CommandLineKit
import Configuration
import Messaging
import TextFormats

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
    let inquiry = try Inquiry(context, for: Self.capability) { $0 as? any USSDReading }
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
