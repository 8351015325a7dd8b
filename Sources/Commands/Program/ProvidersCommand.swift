import Application
import CommandLineKit
import Configuration
import Messaging
import Output
import Providers
import TextFormats

/// Shows what each provider supports.
struct ProvidersCommand: Command {
  static let spec = CommandSpec<any Command>(
    "providers", summary: "Show what each provider supports.",
    examples: [
      Example("sms providers", "Show a table of commands and options by provider."),
      Example("sms providers -o csv --columns capability,smsit", "Print the column of one provider."),
    ],
    group: "Setup", columns: CapabilityRow.listedColumns, exits: .printing, make: { _ in ProvidersCommand() })

  func run(_ context: Context) throws {
    let printer = try context.printer(of: CapabilityRow.self, isPaged: true)
    for row in CapabilityRow.all { try printer.print(row) }
    try printer.finish()
  }
}

/// A feature, and the providers that support it.
struct CapabilityRow: Record, Hashable {
  var name: String
  /// In the order of the registry.
  var providers: [Bool]

  static let fields: [RecordField<CapabilityRow>] =
    [RecordField("capability", \.name, [.inTable, .name], meaning: "a command or option")]
    + ProviderRegistry.all.enumerated().map {
      RecordField(
        $1.descriptor.name, \.providers[$0], [.inTable, .mark], meaning: "whether \($1.descriptor.title) supports it")
    }

  init(_ name: String, isProvided: (any Provider.Type) -> Bool) {
    self.name = name
    providers = ProviderRegistry.all.map(isProvided)
  }

  static let all = commands + sendOptions

  static let commands =
    [CapabilityRow("send") { _ in true }, CapabilityRow("bulk") { _ in true }]
    + CommandTree.capabilities.map { CapabilityRow($0.command, isProvided: $0.isProvided) }

  static let sendOptions = SendFeature.allCases.map { feature in
    CapabilityRow(feature.capabilityName) { $0.descriptor.features.contains(feature) }
  }
}
