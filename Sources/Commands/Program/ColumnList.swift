import Application
import CommandLineKit
import Configuration
import Messaging
import Output
import TextFormats

extension Record {
  /// Every name that `--columns` takes, and what it stands for.
  static var listedColumns: [ListedColumn] {
    schema.fields.flatMap { field in
      [ListedColumn(field.name, meaning: field.meaning)]
        + field.parts.map { ListedColumn("\(field.name).\($0)", meaning: "the \($0) of \(field.name)") }
    }
  }
}

extension SMSProgram {
  /// The answer to `--columns help`, whatever else is on the line; nil where that isn't asked.
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
  /// Neither help nor version is asked for.
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
