import Application
import CommandLineKit
import Messaging

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
    let inquiry = try Inquiry(context, for: Self.capability) { $0 as? any ContactListing }
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
