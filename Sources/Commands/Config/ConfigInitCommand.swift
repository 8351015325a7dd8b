import Application
import CommandLineKit
import Configuration
import Messaging
import Platform
import Providers
import TextFormats

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

/// Writes an initial configuration file; never overwrites one.
struct ConfigInitCommand: Command {
  static let provider = Option(
    "provider", value: .choice(ProviderRegistry.all.map { $0.descriptor.name }).named("PROVIDER"),
    help: "Write a profile for this provider. Asks no questions.")
  static let spec = CommandSpec<any Command>(
    "init", summary: "Create a configuration file.",
    discussion: """
      Writes the file at the path that 'sms config path' prints, readable only by you. An existing file is never \
      changed. At a terminal, it asks for the provider and its secrets, which aren't shown and are stored in the \
      file. With --provider, it asks nothing, and the profile takes its secrets from environment variables. With \
      --no-input, or without a terminal, everything in the file is commented out.
      """,
    examples: [
      Example("sms config init", "Answer a few questions."),
      Example("sms config init --provider sendapp", "Start with a Sendapp profile, with its key in $SENDAPP_KEY."),
      Example("sms -c work.toml config init", "Write another file."),
    ],
    options: [provider], exits: .configuring + .signals, make: ConfigInitCommand.init)

  private let provider: String?

  init(_ parsed: Parsed) throws(UsageError) {
    provider = parsed[Self.provider]
  }

  func run(_ context: Context) throws {
    let path = try freePath(context)
    let template = try template(context)
    try write(template.text, to: path, context.environment.files)
    try context.print("\(path)\n")
    context.note(Notes.afterInit(template, option: context.configOption))
  }

  private func template(_ context: Context) throws -> ConfigurationTemplate {
    guard provider == nil, context.canAsk else { return ConfigurationTemplate(active: provider) }
    return try ConfigurationQuestions(context).answers()
  }

  /// The path of the new file, checked before the user types any secrets.
  private func freePath(_ context: Context) throws(ConfigurationError) -> String {
    let path = try ConfigurationPath(context.inputs, context.globals).preferred()
    guard context.environment.files.status(path) == nil else { throw ConfigurationError(.fileExists(path: path)) }
    try context.inputs.requireSafeFolder(of: path)
    return path
  }

  private func write(_ text: String, to path: String, _ files: FileAccess) throws(ConfigurationError) {
    do {
      if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try files.makeFolders(String(path[..<slash])) }
      try files.create(path, Array(text.utf8))
    } catch {
      throw ConfigurationError(error.isAlreadyThere ? .fileExists(path: path) : .unwritable(path: path, error))
    }
  }
}

extension Notes {
  /// Follows when the configuration is written; `option` selects the same file in the next command.
  static func afterInit(_ template: ConfigurationTemplate, option: String) -> String {
    let next = "sms\(option) config check --online"
    guard let provider = template.active else {
      return "created; next: uncomment a profile and fill it in, then run: \(next)"
    }
    let unfilled = template.unfilled.joined(separator: " and ")
    guard template.variables.isEmpty else {
      let filling = unfilled.isEmpty ? "" : " and fill in \(unfilled)"
      return
        "created with profile '\(provider)'; set \(template.variables.joined(separator: " and "))\(filling), then run: \(next)"
    }
    let filling = unfilled.isEmpty ? "" : "; before sending, fill in \(unfilled)"
    return "created with profile '\(provider)', readable only by you\(filling); next: \(next)"
  }
}

extension Notes {
  /// The notes for each way to create a configuration.
  static var configExamples: [String] {
    var typed = ConfigurationTemplate(active: "voipcomm")
    typed.values = ["key": "k", "password": "p"]
    var senderless = ConfigurationTemplate(active: "smsit")
    senderless.values = ["key": "k"]
    return [
      afterInit(ConfigurationTemplate(active: nil), option: ""),
      afterInit(ConfigurationTemplate(active: "sendapp"), option: ""),
      afterInit(ConfigurationTemplate(active: "voximplant"), option: ""), afterInit(senderless, option: ""),
      afterInit(ConfigurationTemplate(active: "voipcomm"), option: " -c work.toml"), afterInit(typed, option: ""),
      defaultKept("office"), noDefault, next("sms -p home config check --online"),
    ]
  }
}
