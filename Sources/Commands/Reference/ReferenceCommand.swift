import Application
import CommandLineKit

/// Prints the pages that `make generate` writes to `docs`; hidden, because users don't need it.
struct ReferenceCommand: Command {
  /// The kinds of output.
  enum Form: String, CaseIterable, Sendable {
    case markdown, man, capabilities, fields, messages
  }

  static let form = Operand<Form>("FORM", value: .enumeration(), help: "What to write.")
  static let command = RepeatedOperand<String>(
    "COMMAND", help: "With markdown or man: the command whose page to write; the program's without it.")
  static let spec = CommandSpec<any Command>(
    "__reference", summary: "Write the reference.", isHidden: true, operands: [form, command],
    make: ReferenceCommand.init)

  private let form: Form
  private let command: [String]

  init(_ parsed: Parsed) throws(UsageError) {
    form = try parsed[Self.form]
    command = parsed[Self.command]
  }

  func run(_ context: Context) throws {
    let program = context.program
    let path = [program.name] + command
    guard let text = form == .messages ? MessageCatalog(context: context).text : form.text(of: program, path) else {
      throw UsageError(.unknownCommand(command.joined(separator: " "), suggestion: nil), at: [program.name])
    }
    try context.print(text)
  }
}

extension ReferenceCommand.Form {
  /// The whole text; nil if there is no such command.
  func text(of program: ProgramOutline, _ path: [String]) -> String? {
    switch self {
    case .markdown:
      (path.count > 1 ? program.markdownPage(for: path, index: "../commands.md") : index(of: program))
        .map { "<!-- generated: make generate -->\n\n\($0)" }
    case .man: program.manPage(for: path, date: Version.date, version: Version.current)
    case .capabilities: ReferenceTables.capabilities
    case .fields: ReferenceTables.fields
    case .messages: nil
    }
  }

  private func index(of program: ProgramOutline) -> String? { program.markdownIndex(folder: "commands") }
}
