import Application
import CommandLineKit
import Ledger
import Messaging
import TextFormats

/// Looks at all that a run relies on, and says what to do about what is wrong.
struct DoctorCommand: Command {
  static let repair = Flag(
    "repair", help: "Trust damaged or restored state files again; rows still to be sent become unknown.")
  static let spec = CommandSpec<any Command>(
    "doctor", summary: "Find out what keeps this machine from sending.",
    discussion: """
      Looks at the configuration and its permissions, the secrets of each profile (commands of secrets are run; nothing \
      of a secret is shown), the state directory, the ledger, TLS, and at how far a connection to each provider comes. \
      No request is made and nothing is changed; 'sms config check --online' tries the credentials. With --profile it \
      looks at that profile alone.

      Each line is ok, or says what to do. The exit code is 0 when nothing failed: a warning is no failure.

      When state files are damaged, or older than they were, other commands end with exit code 10: nobody can tell which \
      messages were sent. --repair trusts what is left of them. What unfinished jobs still had to send becomes unknown: \
      'sms bulk --resume JOB --reconcile' asks the provider about it.
      """,
    examples: [
      Example("sms doctor", "Look at everything."),
      Example("sms doctor -o json | jq -r '.[] | select(.status != \"ok\") | .hint'", "What is to be done?"),
    ],
    group: "Setup", options: [repair], make: DoctorCommand.init)

  private let repairs: Bool

  init(_ parsed: Parsed) {
    repairs = parsed[Self.repair]
  }

  func run(_ context: Context) throws {
    if repairs { try repair(context) }
    var report = try CheckReport(context)
    let configuration = ConfigurationChecks(context)
    for record in configuration.records { try report.add(record) }
    let profiles = configuration.profiles
    for profile in profiles {
      for record in profile.settingsRecords { try report.add(record) }
    }
    for record in StateChecks(context).records + MachineChecks(context, profiles).records { try report.add(record) }
    for profile in profiles {
      for record in ConnectionChecks(context, profile).records { try report.add(record) }
    }
    try report.finish()
  }

  private func repair(_ context: Context) throws {
    guard let folder = try context.configuration.stateDirectory()?.path else { throw LedgerError.noFolder }
    do {
      let doubtful = try context.environment.diagnostics.repairLedger(folder)
      context.note(
        "the ledger is trusted again; \(counted(doubtful, "message")) may have been sent, and became unknown")
    } catch {
      // What follows says what to do instead.
      context.note("the ledger can't be repaired: \(error.message)")
    }
  }
}
