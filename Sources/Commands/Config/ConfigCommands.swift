import Application
import CommandLineKit
import Configuration
import Messaging

/// The commands for the configuration.
enum ConfigCommands {
  static let spec = CommandSpec<any Command>(
    "config", summary: "Create, check, and show the configuration.", group: "Setup",
    subcommands: [
      ConfigInitCommand.spec, ConfigAddCommand.spec, ConfigRemoveCommand.spec, ConfigCheckCommand.spec,
      ConfigShowCommand.spec, ConfigPathCommand.spec,
    ])
}

/// Prints the path of the configuration file in use.
struct ConfigPathCommand: Command {
  static let spec = CommandSpec<any Command>(
    "path", summary: "Print the path of the configuration file.",
    discussion: """
      If there is no file yet, this is the path that 'sms config init' would write to. With --json, prints an object \
      with the path.
      """,
    examples: [Example("$EDITOR \"$(sms config path)\"", "Edit the configuration.")],
    exits: .configuring, make: { _ in ConfigPathCommand() })

  func run(_ context: Context) throws {
    let path = try ConfigurationPath(context.inputs, context.globals).preferred()
    guard context.outputFormat.isJSON else { return try context.print("\(path)\n") }
    try context.printer(of: ConfigurationFile.self, isSingle: true).finish(with: [ConfigurationFile(path: path)])
  }
}

/// The configuration file in use, as a JSON record.
private struct ConfigurationFile: Record {
  var path: String

  static let fields: [RecordField<ConfigurationFile>] = [
    RecordField("path", \.path, meaning: "the path of the configuration file")
  ]
}
