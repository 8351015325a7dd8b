import CommandLineKit
import Testing

/// What a line of arguments to the example leads to.
func ask(_ arguments: String...) -> Invocation<any Action> {
  Post.program.parse(arguments)
}

extension Invocation {
  var error: UsageError? {
    if case .failure(let error) = request { error } else { nil }
  }

  var problem: UsageError.Problem? { error?.problem }

  var action: Action? {
    if case .run(let action) = request { action } else { nil }
  }

  /// What it asks for in one word: `run`, `help`, `briefHelp`, `version`, `usage` or `failure`.
  var kind: String {
    switch request {
    case .run: "run"
    case .help: "help"
    case .briefHelp: "briefHelp"
    case .version: "version"
    case .usage: "usage"
    case .failure: "failure"
    }
  }
}
