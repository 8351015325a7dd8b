import Application
import Configuration
import Messaging
import Providers

/// The tables of the documentation that are generated from declarations.
enum ReferenceTables {
  /// What each provider supports: commands, and options for sending.
  static var capabilities: String {
    [table("Command", CapabilityRow.commands), table("Option of sending", CapabilityRow.sendOptions)]
      .joined(separator: "\n")
  }

  private static func table(_ heading: String, _ rows: [CapabilityRow]) -> String {
    let head = [
      line([heading] + ProviderRegistry.all.map { $0.descriptor.title }),
      line(Array(repeating: "---", count: 1 + ProviderRegistry.all.count)),
    ]
    return (head + rows.map { line(["`\($0.name)`"] + $0.providers.map { $0 ? "yes" : "–" }) })
      .map { $0 + "\n" }.joined()
  }

  /// The fields of a message record, as `docs/output.md` lists them.
  static var fields: String {
    ([line(["field", ""]), line(["---", "---"])] + MessageRecord.fields.map { line(["`\($0.name)`", $0.meaning]) })
      .map { $0 + "\n" }.joined()
  }

  private static func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
}
