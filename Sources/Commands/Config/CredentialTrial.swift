import Application
import Configuration
import Messaging
import TextFormats

/// Tries a profile's credentials by a call that costs and changes nothing: asking for the balance.
struct CredentialTrial {
  private let context: Context
  private let settings: Settings

  init(_ context: Context, _ settings: Settings) {
    self.context = context
    var settings = settings
    // A check says how it is now.
    if context.globals[GlobalOptions.retries] == nil {
      settings.entries[CommonSettings.retries.name]?.value = .integer(0)
    }
    self.settings = settings
  }

  /// What came of it. Throws only when the user wants to end.
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

  /// Nothing but sending would tell.
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
  /// A check of a profile that is passed.
  init(_ check: String, of settings: Settings, ok message: String) {
    self.init(check, profile: settings.profile?.name, provider: settings.descriptor.name, ok: message)
  }
}

extension BalanceRecord {
  /// Such as `17.25 USD left`.
  fileprivate var words: String {
    guard let amount else { return "no limit" }
    return "\(amount) \(currency ?? "messages") left"
  }
}
