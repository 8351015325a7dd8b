import Application
import CommandLineKit
import Configuration
import Ledger
import Messaging

/// Prints the completion script of a shell.
struct CompletionsCommand: Command {
  static let shell = Operand<Shell>("SHELL", value: .enumeration(), help: "The shell.")
  static let spec = CommandSpec<any Command>(
    "completions", summary: "Print a shell completion script.",
    examples: [
      Example("sms completions bash > ~/.local/share/bash-completion/completions/sms", "Install for bash."),
      Example("sms completions zsh > ~/.zfunc/_sms", "Install for zsh, with ~/.zfunc in $fpath."),
      Example("sms completions fish > ~/.config/fish/completions/sms.fish", "Install for fish."),
    ],
    group: "Setup", operands: [shell], exits: .printing, make: CompletionsCommand.init)

  private let shell: Shell

  init(_ parsed: Parsed) throws(UsageError) {
    shell = try parsed[Self.shell]
  }

  func run(_ context: Context) throws {
    try context.print(context.program.completions(for: shell))
  }
}

/// Replies to the completion scripts; hidden, because users don't type it.
struct CompletionHookCommand: Command {
  /// The name of a dynamic completion.
  enum Kind: String, CaseIterable {
    case profiles, jobs, statuses, columns, groups, devices
    case jobsAndActions = "jobs-and-actions"
  }

  static let kind = Operand<Kind>("KIND", value: .enumeration(), help: "What to complete.")
  static let command = OptionalOperand("COMMAND", help: "The command typed so far, with the program's name.")
  static let spec = CommandSpec<any Command>(
    "__complete", summary: "Print what can be completed.", isHidden: true, operands: [kind, command],
    make: CompletionHookCommand.init)

  private let kind: Kind
  private let command: String

  init(_ parsed: Parsed) throws(UsageError) {
    kind = try parsed[Self.kind]
    command = parsed[Self.command] ?? ""
  }

  /// Reads only files, and doesn't use the network or secrets. Prints nothing if the configuration or the ledger is
  /// broken.
  func run(_ context: Context) throws {
    try context.print(candidates(context).map { "\($0)\n" }.joined())
  }

  private func candidates(_ context: Context) -> [String] {
    switch kind {
    case .profiles: profiles(context)
    case .jobs: jobs(context)
    case .jobsAndActions: JobsCommand.Action.allCases.map(\.rawValue) + jobs(context)
    case .statuses:
      MessageStatus.allCases.map(\.rawValue)
        + known(.providerStatus, context).filter { MessageStatus(rawValue: $0) == nil }
    case .columns:
      context.program.command(at: command.split(separator: " ").map(String.init))?.columns.map(\.name) ?? []
    case .groups: known(.groupID, context)
    case .devices: known(.device, context)
    }
  }

  private func profiles(_ context: Context) -> [String] {
    let profiles = ((try? context.configuration.file()) ?? nil)?.profiles ?? []
    return profiles.filter { $0.name.isTypeable }
      .map { "\($0.name)\t\(($0.provider ?? "").escapingControls)" }
  }

  private func jobs(_ context: Context) -> [String] {
    var query = JobQuery()
    query.profile = context.globals[GlobalOptions.profile]
    query.limit = 100
    let jobs = (try? context.existingLedger()?.jobs(query)) ?? []
    return jobs.filter { $0.job.isTypeable }.map { "\($0.job)\t\($0.state.rawValue)" }
  }

  private func known(_ field: KnownField, _ context: Context) -> [String] {
    let values = (try? context.existingLedger()?.known(field, profile: context.globals[GlobalOptions.profile])) ?? []
    return values.filter(\.isTypeable)
  }
}

extension String {
  /// Whether it can be typed: it isn't empty, and contains nothing that would be escaped.
  fileprivate var isTypeable: Bool { !isEmpty && escapingControls == self }
}
