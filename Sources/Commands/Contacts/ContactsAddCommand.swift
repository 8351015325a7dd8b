import Application
import CommandLineKit
import Configuration
import Messaging

/// Adds a contact to one of the provider's lists.
struct ContactsAddCommand: Command {
  static let capability = Capability("contacts add") { $0 is any ContactAdding.Type }
  static let birthday = Option("birthday", value: .line.named("YYYY-MM-DD"), help: "The contact's birthday.")
  static let resubscribe = Flag("resubscribe", help: "Resubscribe a contact who opted out.")
  static let spec = CommandSpec<any Command>(
    "add", summary: "Add a contact to a list.",
    examples: [
      Example("sms contacts add +15550100004 --list 1 --name \"Ada\"", "Add a contact to list 1."),
      Example("sms contacts add +15550100001 --list 1 --resubscribe", "Resubscribe a contact who opted out."),
      Example(
        "sms -p smsit contacts add +15550100004 --list Friends --birthday 1990-01-31",
        "Add a contact to a group (SMS-iT)."),
    ],
    options: [ContactsCommands.list, ContactsCommands.name, ContactsCommands.email, birthday, resubscribe],
    operands: [ContactsCommands.number], columns: ContactRecord.listedColumns, exits: .ordering,
    make: ContactsAddCommand.init)

  private let number: String
  private let list: String
  private let name: String?
  private let email: String?
  private let birthday: String?
  private let resubscribes: Bool

  init(_ parsed: Parsed) throws(UsageError) {
    number = try parsed[ContactsCommands.number]
    list = try parsed[ContactsCommands.list]
    name = parsed[ContactsCommands.name]
    email = parsed[ContactsCommands.email]
    birthday = parsed[Self.birthday]
    resubscribes = parsed[Self.resubscribe]
  }

  func run(_ context: Context) throws {
    let inquiry = try Inquiry(context, for: Self.capability) { $0 as? any ContactAdding }
    let printer = try context.printer(of: ContactRecord.self, isSingle: true)
    let contact = try contact(context, inquiry.settings)
    try inquiry.check(inquiry.adapter.objection(to: contact))
    let (session, adder) = try inquiry.open()
    try session.finish(printer, with: [try session.ask(adder.add(contact))], "the contact was added")
  }

  private func contact(_ context: Context, _ settings: Settings) throws -> NewContact {
    var contact = NewContact(number: try context.phoneNumber(number, of: "NUMBER", settings), list: list)
    contact.name = name
    contact.email = email
    contact.birthday = birthday
    contact.resubscribes = resubscribes
    return contact
  }
}
