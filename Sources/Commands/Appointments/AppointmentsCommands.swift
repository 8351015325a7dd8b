import Application
import CommandLineKit

/// The commands about appointments that a provider keeps.
enum AppointmentsCommands {
  static let spec = CommandSpec<any Command>(
    "appointments", summary: "Note appointments with contacts.", group: "Account",
    subcommands: [AppointmentsAddCommand.spec])
}
