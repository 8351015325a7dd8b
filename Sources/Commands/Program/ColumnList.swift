import Application
import CommandLineKit
import Configuration
import TextFormats

extension SMSProgram {
  /// The reply to `--columns help`, regardless of the other arguments; nil if it wasn't given.
  func columnList(of invocation: Invocation<any Command>, _ context: Context) throws -> String? {
    guard invocation.request.isForCommand, invocation.parsed[GlobalOptions.columns] == ["help"],
      let command = context.program.command(at: invocation.path), !command.isGroup
    else { return nil }
    let columns = command.columns
    guard !columns.isEmpty else {
      throw UsageError.noColumns(invocation.path)
    }
    let width = columns.map(\.name.count).max() ?? 0
    return columns.map { column in
      let padding = String(repeating: " ", count: width - column.name.count + 2)
      return "\(column.name)\(column.meaning.isEmpty ? "" : padding + column.meaning.replacing("`", with: ""))\n"
    }.joined()
  }
}

extension Invocation.Request {
  /// Whether neither help nor the version was requested.
  fileprivate var isForCommand: Bool {
    switch self {
    case .run, .failure: true
    case .help, .briefHelp, .version, .usage: false
    }
  }
}

extension UsageError {
  static func noColumns(_ path: [String]) -> UsageError {
    UsageError(.other("'\(path.joined(separator: " "))' prints no columns", hint: "omit --columns"), at: path)
  }
}
