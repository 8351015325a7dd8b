import Application
import CommandLineKit

/// The commands that make phones dial codes such as `*150#`.
enum USSDCommands {
  static let spec = CommandSpec<any Command>(
    "ussd", summary: "Dial USSD codes and read the answers.", group: "Account",
    subcommands: [USSDSendCommand.spec, USSDStatusCommand.spec, USSDListCommand.spec])
}
