import Application
import CommandLineKit
import Messaging

/// Lists the phones that the provider sends through.
struct DevicesCommand: Command {
  static let capability = Capability("devices") { $0 is any DeviceListing.Type }
  static let spec = CommandSpec<any Command>(
    "devices", summary: "List the devices that send your messages.",
    examples: [
      Example("sms devices", "List the account's phones and their SIM slots."),
      Example("sms devices -o csv --columns id,name", "Print only IDs and names."),
    ],
    group: "Account", columns: DeviceRecord.listedColumns, exits: .asking, make: { _ in DevicesCommand() })

  func run(_ context: Context) throws {
    let inquiry = try Inquiry(context, for: Self.capability) { $0 as? any DeviceListing }
    let printer = try context.printer(of: DeviceRecord.self, isPaged: true)
    let (session, lister) = try inquiry.open()
    try session.finish(printer, with: try session.ask(lister.devices()))
  }
}
