import Application
import CommandLineKit
import Configuration
import Messaging

/// The commands for contacts, which the provider stores.
enum ContactsCommands {
  static let number = Operand("NUMBER", help: "The contact's phone number.")
  static let list = RequiredOption(
    "list", value: .line.named("LIST"), help: "ID of the list; with SMS-iT, the group's name.")
  static let name = Option("name", value: .line.named("NAME"), help: "The contact's name.")
  static let email = Option("email", value: .line.named("ADDRESS"), help: "The contact's email address.")

  static let spec = CommandSpec<any Command>(
    "contacts", summary: "Add, unsubscribe, and list contacts.", group: "Account",
    subcommands: [ContactsAddCommand.spec, ContactsUnsubscribeCommand.spec, ContactsListCommand.spec])
}

/// Lists the provider's contacts.
struct ContactsListCommand: Command {
  static let capability = Capability("contacts list") { $0 is any ContactListing.Type }
  static let name = Option("name", value: .line.named("NAME"), help: "Only contacts with this name.")
  static let email = Option("email", value: .line.named("ADDRESS"), help: "Only contacts with this email address.")
  static let number = Option("number", value: .digits.named("NUMBER"), help: "Only numbers that contain these digits.")
  static let source = Option(
    "source", value: .enumeration(ContactSource.self).named("SOURCE"), help: "Only contacts from this source.")
  static let subscribed = Option(
    "subscribed", value: .choice(["yes", "no"]), help: "Only contacts who are subscribed, or who aren't.")
  static let sort = Option("sort", value: .enumeration(ContactSort.self).named("FIELD"), help: "Sort by this field.")
  static let descending = Flag("descending", help: "Reverse the order.")
  static let page = Option(
    "page", value: .int(1...Int.max), help: "Only this page of --limit contacts, counting from 1.")
  static let spec = CommandSpec<any Command>(
    "list", summary: "List contacts.",
    discussion: """
      Without --sort, contacts come in the provider's own order.
      """,
    examples: [
      Example("sms -p smsit contacts list", "List the account's contacts."),
      Example(
        "sms -p smsit contacts list --list Friends --subscribed yes --sort name",
        "List who would receive a group message."),
      Example("sms -p smsit contacts list --number 0100001", "Search for part of a number."),
      Example(
        "sms -p smsit contacts list --source kiosk --sort created --descending",
        "List contacts from a kiosk, the newest first."),
      Example("sms -p smsit contacts list --limit all -o csv > contacts.csv", "Save all contacts."),
    ],
    options: [
      name, email, number, QueryOptions.list, source, subscribed, sort, descending,
      QueryOptions.limit, page,
    ],
    columns: ContactRecord.listedColumns, exits: .asking, make: ContactsListCommand.init)

  private let query: ContactQuery
  private let limit: ResultLimit

  init(_ parsed: Parsed) throws(UsageError) {
    var query = ContactQuery()
    query.name = parsed[Self.name]
    query.email = parsed[Self.email]
    query.number = parsed[Self.number]
    query.list = parsed[QueryOptions.list]
    query.source = parsed[Self.source]
    query.isSubscribed = parsed[Self.subscribed].map { $0 == "yes" }
    query.sort = parsed[Self.sort]
    query.isDescending = parsed[Self.descending]
    query.page = parsed[Self.page]
    // Without a limit, the provider determines the size of a page.
    limit = parsed[QueryOptions.limit] ?? (query.page == nil ? .usual : .all)
    query.limit = limit.count
    self.query = query
  }

  func run(_ context: Context) throws {
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any ContactListing }
    let printer = try context.printer(of: ContactRecord.self, isPaged: true)
    let (session, lister) = try inquiry.open()
    var pager = lister.pages(of: query)
    try session.print(&pager, to: printer)
    if pager.hasMore { context.sayTruncated(limit.moreWords) }
    try session.endIfStopped()
  }
}

extension ValueKind where Value == String {
  /// A phone number or part of one, reduced to its digits.
  fileprivate static var digits: Self {
    ValueKind("DIGITS") { (text) throws(ValueProblem) in
      let digits = text.unicodeScalars.filter { !"+ -.()\u{a0}".unicodeScalars.contains($0) }
      guard !digits.isEmpty else { throw .empty }
      guard digits.allSatisfy({ ("0"..."9").contains($0) }) else { throw .other("not part of a phone number") }
      return String(digits)
    }
  }
}

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
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any ContactAdding }
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
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any ContactUnsubscribing }
    let printer = try context.printer(of: ContactRecord.self, isSingle: true)
    let number = try context.phoneNumber(number, of: "NUMBER", inquiry.settings)
    try inquiry.check(inquiry.adapter.objection(toUnsubscribing: number, from: list))
    let (session, unsubscriber) = try inquiry.open()
    try session.finish(
      printer, with: [try session.ask(unsubscriber.unsubscribe(number, from: list))], "the contact was unsubscribed")
  }
}
