import Application
import Configuration
import Messaging
import TextFormats

/// Tests a profile's credentials with a call that is free and changes nothing: asking for the balance.
struct CredentialTrial {
  private let context: Context
  private let settings: Settings

  init(_ context: Context, _ settings: Settings) {
    self.context = context
    var settings = settings
    // No retries by default: the check reports the current state.
    if context.globals[GlobalOptions.retries] == nil {
      settings.entries[CommonSettings.retries.name]?.value = .integer(0)
    }
    self.settings = settings
  }

  /// The result of the test. Throws only if a signal was received.
  var record: CheckRecord {
    get throws {
      let record = CheckRecord("credentials", of: settings, ok: "accepted")
      guard BalanceCommand.capability.isProvided(settings.provider) else { return unchecked(record) }
      do {
        return try asked(record)
      } catch {
        guard let error = error as? any UserError, !(error is Interruption) else { throw error }
        return record.failed(error.message, hint: error.hint, error.exitCode)
      }
    }
  }

  private func asked(_ record: CheckRecord) throws -> CheckRecord {
    let session = try ProviderSession(context, settings, for: BalanceCommand.capability)
    let balance = try session.ask(try session.role { $0 as? any BalanceReading }.balance(.messages))
    var record = record
    record.message = "accepted; \(balance.words)"
    return record
  }

  /// Only sending a message would test the credentials.
  static func noFreeCall(_ title: String) -> String {
    "not tested: \(title) has no free call for this"
  }

  private func unchecked(_ record: CheckRecord) -> CheckRecord {
    var record = record
    record.status = .unchecked
    record.message = Self.noFreeCall(settings.descriptor.title)
    return record
  }
}

extension CheckRecord {
  /// A passed check of a profile.
  init(_ check: String, of settings: Settings, ok message: String) {
    self.init(check, profile: settings.profile?.name, provider: settings.descriptor.name, ok: message)
  }
}

extension BalanceRecord {
  /// For example, `17.25 USD left`.
  fileprivate var words: String {
    guard let amount else { return "no limit" }
    return "\(amount) \(currency ?? "messages") left"
  }
}
