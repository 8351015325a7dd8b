import Application
import CommandLineKit

/// The commands about the configuration itself.
enum ConfigCommands {
  static let spec = CommandSpec<any Command>(
    "config", summary: "Make, check and show the configuration.", group: "Setup",
    subcommands: [ConfigInitCommand.spec, ConfigCheckCommand.spec, ConfigShowCommand.spec, ConfigPathCommand.spec])
}
