import Application
import CommandLineKit
import Ledger
import Messaging
import TextFormats

/// Checks everything that a run depends on, and says how to fix problems.
struct DoctorCommand: Command {
  static let repair = Flag(
    "repair", help: "Accept damaged or restored state files. Rows not sent yet become unknown.")
  static let spec = CommandSpec<any Command>(
    "doctor", summary: "Check this machine and the configuration for problems.",
    discussion: """
      Checks the configuration and its permissions, the secrets of each profile (commands are run to get them, but \
      secrets are never shown), the state directory, the ledger, TLS, and the connection to each provider. It makes \
      no API request and changes nothing. To test credentials, run 'sms config check --online'. With --profile, only \
      that profile is checked.

      Each line says ok, or what to do. The exit code is 0 if nothing failed; warnings don't count.

      If state files are damaged, or an older copy was restored, other commands exit with code 10, because it is \
      uncertain which messages were sent. --repair accepts the files as they are. Messages that unfinished jobs had \
      not sent become unknown; 'sms bulk --resume JOB --reconcile' asks the provider about them.
      """,
    examples: [
      Example("sms doctor", "Check everything."),
      Example("sms doctor -o json | jq -r '.[] | select(.status != \"ok\") | .hint'", "List what to do."),
    ],
    group: "Setup", options: [repair], columns: CheckRecord.listedColumns,
    exits: [.usage, .configuration, .unavailable, .io], make: DoctorCommand.init)

  private let repairs: Bool

  init(_ parsed: Parsed) {
    repairs = parsed[Self.repair]
  }

  func run(_ context: Context) throws {
    let isBeyondRepair = repairs ? try !repair(context) : false
    var report = try CheckReport(context)
    let configuration = ConfigurationChecks(context)
    for record in configuration.records { try report.add(record) }
    let profiles = configuration.profiles
    for profile in profiles {
      for record in profile.settingsRecords { try report.add(record) }
    }
    let state = StateChecks(context, isBeyondRepair: isBeyondRepair)
    for record in state.records + MachineChecks(context, profiles).records { try report.add(record) }
    for profile in profiles {
      for record in ConnectionChecks(context, profile).records { try report.add(record) }
    }
    try report.finish()
  }

  /// Returns false if what remains of the ledger can't be trusted at all.
  private func repair(_ context: Context) throws -> Bool {
    guard let folder = try context.configuration.stateDirectory()?.path else { throw LedgerError.noFolder }
    let condition = try? context.environment.diagnostics.examineLedger(folder)
    for damage in condition?.rowDamages ?? [] { context.note(damage) }
    do {
      let doubtful = try context.environment.diagnostics.repairLedger(folder)
      context.note(Notes.repaired(doubtful))
      return true
    } catch {
      // The checks that follow say what to do instead.
      context.note(Notes.notRepaired(error))
      return !error.isBeyondRepair
    }
  }
}

extension Notes {
  static func repaired(_ doubtful: Int) -> String {
    "ledger repaired; \(counted(doubtful, "message")) with an outcome that is now unknown"
  }

  static func notRepaired(_ error: LedgerError) -> String { "can't repair the ledger: \(error.message)" }
}
