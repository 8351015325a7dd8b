import Application
import CommandLineKit
import Configuration
import Messaging
import Platform
import Providers
import TextFormats

/// Writes a first configuration file, never over an existing one.
struct ConfigInitCommand: Command {
  static let provider = Option(
    "provider", value: .choice(ProviderRegistry.all.map { $0.descriptor.name }),
    help: "Write a profile for this provider, and ask nothing.")
  static let spec = CommandSpec<any Command>(
    "init", summary: "Write a commented configuration file.",
    discussion: """
      The file goes to where 'sms config path' says, readable by you alone. An existing file is never touched. \
      At a terminal it asks for the provider and its secrets, which are not shown and go into the file. With \
      --provider it asks nothing, and the profile takes its secrets from environment variables; with --no-input, and \
      off a terminal, all is commented out.
      """,
    examples: [
      Example("sms config init", "Answer some questions, and start."),
      Example("sms config init --provider sendapp", "Start with a profile for Sendapp, its key in $SENDAPP_KEY."),
      Example("sms -c work.toml config init", "Write it to another place."),
    ],
    options: [provider], make: ConfigInitCommand.init)

  private let provider: String?

  init(_ parsed: Parsed) throws(UsageError) {
    provider = parsed[Self.provider]
  }

  func run(_ context: Context) throws {
    let path = try freePath(context)
    let template = try template(context)
    try write(template.text, to: path, context.environment.files)
    try context.print("\(path)\n")
    let option = context.globals[GlobalOptions.config].map { " --config \($0.shellQuoted)" } ?? ""
    context.note(Notes.afterInit(template, option: option))
  }

  private func template(_ context: Context) throws -> ConfigurationTemplate {
    guard provider == nil, context.canAsk else { return ConfigurationTemplate(active: provider) }
    return try ConfigurationQuestions(context).answers()
  }

  /// Where the file goes: found out before anybody types a secret for nothing.
  private func freePath(_ context: Context) throws(ConfigurationError) -> String {
    let path = try ConfigurationPath(context.inputs, context.globals).preferred()
    guard context.environment.files.status(path) == nil else { throw ConfigurationError(.fileExists(path: path)) }
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
  /// After a configuration was written; `option` is what says where, for the next command.
  static func afterInit(_ template: ConfigurationTemplate, option: String) -> String {
    let next = "sms\(option) config check --online"
    guard let provider = template.active else {
      return "written; take the # away from a profile and fill it in, then run: \(next)"
    }
    let unfilled = template.unfilled.joined(separator: " and ")
    guard template.variables.isEmpty else {
      let filling = unfilled.isEmpty ? "" : ", fill in \(unfilled)"
      return "written, with the profile \(provider), which needs \(template.variables.joined(separator: " and ")); "
        + "set it\(filling), then run: \(next)"
    }
    let filling = unfilled.isEmpty ? "" : "; before sending, fill in \(unfilled)"
    return "written, with the profile \(provider), for you alone to read\(filling); next: \(next)"
  }
}
