import Application
import CommandLineKit

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
