import Application
import CommandLineKit

/// The commands for what providers post to the user's web address.
enum WebhookCommands {
  static let spec = CommandSpec<any Command>(
    "webhook", summary: "Verify webhook requests from a provider.", group: "Account",
    subcommands: [WebhookVerifyCommand.spec])
}
