import Application
import CommandLineKit
import Messaging

/// Removes a contact from one of the provider's lists.
struct ContactsUnsubscribeCommand: Command {
  static let capability = Capability("contacts unsubscribe") { $0 is any ContactUnsubscribing.Type }
  static let spec = CommandSpec<any Command>(
    "unsubscribe", summary: "Unsubscribe a contact from a list.",
    examples: [
      Example("sms contacts unsubscribe +15550100001 --list 1", "Unsubscribe a contact from list 1.")
    ],
    options: [ContactsCommands.list], operands: [ContactsCommands.number], columns: ContactRecord.listedColumns,
    exits: .ordering, make: ContactsUnsubscribeCommand.init)

  private let number: String
  private let list: String

  init(_ parsed: Parsed) throws(UsageError) {
    number = try parsed[ContactsCommands.number]
    list = try parsed[ContactsCommands.list]
  }

  func run(_ context: Context) throws {
    let inquiry = try Inquiry(context, for: Self.capability) { $0 as? any ContactUnsubscribing }
    let printer = try context.printer(of: ContactRecord.self, isSingle: true)
    let number = try context.phoneNumber(number, of: "NUMBER", inquiry.settings)
    try inquiry.check(inquiry.adapter.objection(toUnsubscribing: number, from: list))
    let (session, unsubscriber) = try inquiry.open()
    try session.finish(
      printer, with: [try session.ask(unsubscriber.unsubscribe(number, from: list))], "the contact was unsubscribed")
  }
}
