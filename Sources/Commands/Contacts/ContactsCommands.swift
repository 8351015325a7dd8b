import Application
import CommandLineKit

/// The commands about the contacts that a provider keeps.
enum ContactsCommands {
  static let number = Operand("NUMBER", help: "The contact's phone number.")
  static let list = RequiredOption(
    "list", value: .line.named("LIST"), help: "The list's id, or the group's name with SMS-iT.")
  static let name = Option("name", value: .line.named("NAME"), help: "The contact's name.")
  static let email = Option("email", value: .line.named("ADDRESS"), help: "The contact's e-mail address.")

  static let spec = CommandSpec<any Command>(
    "contacts", summary: "Add, unsubscribe and list contacts.", group: "Account",
    subcommands: [ContactsAddCommand.spec, ContactsUnsubscribeCommand.spec, ContactsListCommand.spec])
}
