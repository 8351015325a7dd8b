import Application
import CommandLineKit

/// Writes what `make generate` puts into `docs`; hidden, since it is no use to users.
struct ReferenceCommand: Command {
  /// What can be written.
  enum Form: String, CaseIterable, Sendable {
    case markdown, man, capabilities, fields
  }

  static let form = Operand<Form>("FORM", value: .enumeration(), help: "What to write.")
  static let spec = CommandSpec<any Command>(
    "__reference", summary: "Write the reference.", isHidden: true, operands: [form], make: ReferenceCommand.init)

  private let form: Form

  init(_ parsed: Parsed) throws(UsageError) {
    form = try parsed[Self.form]
  }

  func run(_ context: Context) throws {
    try context.print(form.text(of: context.program))
  }
}

extension ReferenceCommand.Form {
  /// The whole text.
  func text(of program: ProgramOutline) -> String {
    switch self {
    case .markdown: "<!-- generated: make generate -->\n\n" + program.markdown()
    case .man: program.manPage(date: Version.date)
    case .capabilities: ReferenceTables.capabilities
    case .fields: ReferenceTables.fields
    }
  }
}
