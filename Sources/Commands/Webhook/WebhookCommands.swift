import Application
import CommandLineKit

/// The commands about what providers post to addresses of the user's.
enum WebhookCommands {
  static let spec = CommandSpec<any Command>(
    "webhook", summary: "Verify webhook requests from a provider.", group: "Account",
    subcommands: [WebhookVerifyCommand.spec])
}
