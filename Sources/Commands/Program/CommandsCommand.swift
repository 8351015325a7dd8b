import Application
import CommandLineKit
import Configuration
import Messaging
import TextFormats

/// Lists the commands; in JSON, with all details.
struct CommandsCommand: Command {
  static let spec = CommandSpec<any Command>(
    "commands", summary: "List all commands and their options.",
    discussion: """
      With --json, prints a single document with every command, option, default, and exit code, for use by other \
      programs.
      """,
    examples: [
      Example("sms commands", "List the commands, one per line."),
      Example("sms commands --json > commands.json", "Print a complete description as JSON."),
    ],
    group: "Setup", columns: CommandRow.listedColumns, exits: .printing, make: { _ in CommandsCommand() })

  func run(_ context: Context) throws {
    guard context.outputFormat != .json || context.globals[GlobalOptions.columns] != nil else {
      let text = ProgramDocument(outline: context.program).text
      guard let filter = try context.filteredOutput() else { return try context.print(text) }
      try filter.write(Array(text.utf8))
      return try filter.finish()
    }
    let printer = try context.printer(of: CommandRow.self)
    for (path, command) in context.program.commands {
      try printer.print(CommandRow(command: path.dropFirst().joined(separator: " "), summary: command.summary))
    }
    try printer.finish()
  }
}

/// A row of the list.
struct CommandRow: Record, Hashable {
  var command: String
  var summary: String

  static let fields: [RecordField<CommandRow>] = [
    RecordField("command", \.command, [.inTable, .name], meaning: "the command, without sms"),
    RecordField("summary", \.summary, .inTable, meaning: "what it does"),
  ]
}

/// The program's whole command line, as a JSON document.
private struct ProgramDocument {
  let outline: ProgramOutline

  var text: String {
    var bytes: [UInt8] = []
    json.write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self) + "\n"
  }

  private var json: JSONValue {
    [
      "name": .string(outline.name), "version": .string(Version.current), "summary": .string(outline.root.summary),
      "global_options": .array(outline.globals.map(\.json)),
      "commands": .array(outline.commands.map { json(of: $0.command, at: $0.path) }),
      "exit_codes": .array(
        ExitCode.documented.map { ["code": .number(String($0.number)), "meaning": .string($0.words)] }),
    ]
  }

  private func json(of command: CommandOutline, at path: [String]) -> JSONValue {
    [
      "command": .string(path.dropFirst().joined(separator: " ")), "usage": .string(outline.usage(for: path)),
      "summary": .string(command.summary), "description": .string(command.discussion),
      "group": .optional(command.group), "is_group": .bool(command.isGroup),
      "arguments": .array(command.operands.map(\.json)),
      "options": .array(command.options.filter { !$0.isHidden }.map(\.json)),
      "columns": .array(command.columns.map { .string($0.name) }),
      "exit_codes": .array(command.exitCodes.map { .number(String($0.number)) }),
      "examples": .array(
        command.examples.map { ["line": .string($0.line), "meaning": .string($0.meaning)] }),
    ]
  }
}

extension OptionSpec {
  fileprivate var json: JSONValue {
    [
      "name": .string(longName), "short": .optional(shortName), "value": .optional(value?.placeholder),
      "choices": .optional(value?.choices), "default": .optional(`default`), "variable": .optional(variable),
      "required": .bool(isRequired), "repeatable": .bool(isRepeated), "list": .bool(value?.isList ?? false),
      "group": .optional(group),
      "help": .string(help),
    ]
  }
}

extension OperandSpec {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "choices": .optional(value.choices), "required": .bool(isRequired),
      "repeatable": .bool(isRepeated), "help": .string(help),
    ]
  }
}

extension JSONValue {
  fileprivate static func optional(_ words: [String]?) -> JSONValue {
    words.map { .array($0.map(JSONValue.string)) } ?? .null
  }
}
