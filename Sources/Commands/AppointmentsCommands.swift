import Application
import CommandLineKit
import Messaging

/// The commands for appointments, which the provider stores.
enum AppointmentsCommands {
  static let spec = CommandSpec<any Command>(
    "appointments", summary: "Add appointments with contacts.", group: "Account",
    subcommands: [AppointmentsAddCommand.spec])
}

/// Adds an appointment with a contact.
struct AppointmentsAddCommand: Command {
  static let capability = Capability("appointments add") { $0 is any AppointmentAdding.Type }
  static let number = Operand("NUMBER", help: "The contact's phone number.")
  static let at = RequiredOption("at", value: .time, help: "Time of the appointment, to the minute.")
  static let status = RequiredOption(
    "status", value: .enumeration(AppointmentStatus.self).named("STATUS"), help: "Status of the appointment.")
  static let spec = CommandSpec<any Command>(
    "add", summary: "Add an appointment with a contact.",
    examples: [
      Example(
        "sms -p smsit appointments add +15550100001 --at +7d --status confirmed",
        "Add an appointment a week from now.")
    ],
    options: [at, status], operands: [number], columns: AppointmentRecord.listedColumns,
    exits: .ordering, make: AppointmentsAddCommand.init
  )

  private let number: String
  private let at: TimeExpression
  private let status: AppointmentStatus

  init(_ parsed: Parsed) throws(UsageError) {
    number = try parsed[Self.number]
    at = try parsed[Self.at]
    status = try parsed[Self.status]
  }

  func run(_ context: Context) throws {
    let inquiry = try PreparedCall(context, for: Self.capability) { $0 as? any AppointmentAdding }
    let printer = try context.printer(of: AppointmentRecord.self, isSingle: true)
    let appointment = NewAppointment(
      number: try context.phoneNumber(number, of: "NUMBER", inquiry.settings),
      at: try context.futureMoment(at, of: "--at"), status: status)
    try inquiry.check(inquiry.adapter.objection(to: appointment))
    let (session, adder) = try inquiry.open()
    try session.finish(printer, with: [try session.ask(adder.add(appointment))], "the appointment was added")
  }
}
