import Application
import Configuration
import Messaging
import Providers

/// The capability table as the documentation has it: commands, and options of sending, by provider.
enum CapabilityTables {
  static var markdown: String {
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

  private static func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
}
