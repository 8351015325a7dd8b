import Application
import CommandLineKit
import Configuration
import Ledger
import Messaging

/// Prints the completion script of a shell.
struct CompletionsCommand: Command {
  static let shell = Operand<Shell>("SHELL", value: .enumeration(), help: "The shell to complete for.")
  static let spec = CommandSpec<any Command>(
    "completions", summary: "Print a shell's completion script.",
    examples: [
      Example("sms completions bash > ~/.local/share/bash-completion/completions/sms", "Install it for bash."),
      Example("sms completions zsh > ~/.zfunc/_sms", "Install it for zsh, with ~/.zfunc in $fpath."),
      Example("sms completions fish > ~/.config/fish/completions/sms.fish", "Install it for fish."),
    ],
    group: "Setup", operands: [shell], make: CompletionsCommand.init)

  private let shell: Shell

  init(_ parsed: Parsed) throws(UsageError) {
    shell = try parsed[Self.shell]
  }

  func run(_ context: Context) throws {
    try context.print(context.program.completions(for: shell))
  }
}

/// Answers the completion scripts; hidden, since it is no use to people.
struct CompletionHookCommand: Command {
  static let kind = Operand("KIND", help: "What is to be completed.")
  static let spec = CommandSpec<any Command>(
    "__complete", summary: "Print what can be completed.", isHidden: true, operands: [kind],
    make: CompletionHookCommand.init)

  private let kind: String

  init(_ parsed: Parsed) throws(UsageError) {
    kind = try parsed[Self.kind]
  }

  /// Reads the file only: no network, no secret. A broken configuration completes to nothing.
  func run(_ context: Context) throws {
    switch kind {
    case "profiles":
      try context.print(profiles(context).map { "\($0.name)\t\(($0.provider ?? "").escapingControls)\n" }.joined())
    case "jobs-and-actions":
      try context.print(JobsCommand.Action.allCases.map { "\($0.rawValue)\n" }.joined())
      fallthrough
    case "jobs": try context.print(jobs(context).map { "\($0.job.escapingControls)\t\($0.state.rawValue)\n" }.joined())
    default: return
    }
  }

  private func profiles(_ context: Context) -> [ConfigurationFile.Profile] {
    let profiles = ((try? context.configuration.file()) ?? nil)?.profiles ?? []
    // What would be shown escaped can't be typed either.
    return profiles.filter { !$0.name.isEmpty && $0.name.escapingControls == $0.name }
  }

  private func jobs(_ context: Context) -> [JobRecord] {
    (try? context.existingLedger()?.jobs(JobQuery())) ?? []
  }
}
