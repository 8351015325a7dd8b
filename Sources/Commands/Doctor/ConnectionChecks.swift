import Application
import Configuration
import HTTPTransport
import Messaging
import TextFormats

/// Checks the connection to a profile's provider, step by step.
struct ConnectionChecks {
  private let context: Context
  private let profile: ProfileChecks

  init(_ context: Context, _ profile: ProfileChecks) {
    self.context = context
    self.profile = profile
  }

  /// Empty for a profile with invalid settings.
  var records: [CheckRecord] {
    guard let settings = try? profile.settings.get() else { return [] }
    let record = profile.record("connection", subject: settings.baseURL, ok: "")
    do throws(ConfigurationError) {
      let options = context.transportOptions(settings, caFile: try settings.caFile(context.inputs))
      return records(of: settings, options, record)
    } catch {
      return [record.failed(error)]
    }
  }

  private func records(
    of settings: Settings, _ options: TransportOptions, _ record: CheckRecord
  ) -> [CheckRecord] {
    do throws(TransportSetupError) {
      let timeout = settings[CommonSettings.timeout]
      let trial = try context.environment.diagnostics.connect(settings.baseURL, timeout, options)
      return records(of: trial, url: settings.baseURL)
    } catch {
      switch error {
      // Already reported by the TLS check.
      case .noLibrary: return [record.unchecked(CheckWords.notTried)]
      case .noCertificates, .caFile:
        return [record.failed(error.message, hint: context.environment.explained(error).hint, .configuration)]
      case .library:
        return [
          record.failed("\(CommonSettings.proxy.name): \(error.message)", hint: Hint.proxySetting, .configuration)
        ]
      }
    }
  }

  private func records(of trial: ConnectionAttempt, url: String) -> [CheckRecord] {
    let host = url.host
    let dns = profile.record("dns", subject: host, ok: trial.isTunnel ? CheckWords.viaProxy : host.lookupWords)
    let reached = CheckWords.reached(trial.address, isProxy: trial.isTunnel)
    let connection = profile.record("connection", subject: url, ok: reached)
    switch trial.ending {
    case .connected: return [dns, connection]
    case .nameUnknown:
      return [dns.failed(trial.reason, hint: Hint.name(host), .unavailable)]
    case .proxyUnknown:
      return [dns.failed(trial.reason, hint: Hint.proxy, .unavailable)]
    case .notConnected, .timedOut, .insecure, .failed:
      return [dns, connection.failed(trial.reason, hint: hint(trial, url), .unavailable)]
    }
  }

  private func hint(_ trial: ConnectionAttempt, _ url: String) -> String {
    switch trial.ending {
    case .insecure: Hint.insecure(url)
    case .timedOut: Hint.timedOut(url)
    default: Hint.failed(url)
    }
  }
}

extension String {
  /// The message for a host that was found.
  fileprivate var lookupWords: String {
    first == "[" || allSatisfy("0123456789.".contains) ? CheckWords.isAddress : CheckWords.nameFound
  }

  /// The host of a URL that is already known to be valid.
  fileprivate var host: String {
    let rest = firstRange(of: "://").map { self[$0.upperBound...] } ?? self[...]
    let authority = rest.prefix { $0 != "/" }
    if authority.first == "[" { return String(authority.prefix { $0 != "]" }) + "]" }
    return String(authority.prefix { $0 != ":" })
  }
}

extension ConnectionChecks {
  /// How to fix a failed connection.
  enum Hint {
    static let proxySetting = "check the setting proxy"
    static let proxy = "check the setting proxy, and the variables https_proxy and all_proxy"

    static func name(_ host: String) -> String {
      "check base_url, and this machine's name servers: \(Environment.lookUpCommand) \(host.shellQuoted)"
    }

    static func insecure(_ url: String) -> String {
      "set ca_file to the CA's certificate; for details: curl -v \(url.shellQuoted)"
    }

    static func timedOut(_ url: String) -> String {
      "check for a firewall, or set proxy; for details: curl -v \(url.shellQuoted)"
    }

    static func failed(_ url: String) -> String { "check base_url and proxy; for details: curl -v \(url.shellQuoted)" }
  }

  static var examples: [ExampleMessage] {
    let (host, url) = ("sms.sendapp.live", "https://sms.sendapp.live")
    return [
      .result("Could not resolve host: \(host)", hint: Hint.name(host)),
      .result("Could not resolve proxy: proxy.example", hint: Hint.proxy),
      .result("SSL certificate problem: self-signed certificate", hint: Hint.insecure(url)),
      .result("Connection timed out after 10 seconds", hint: Hint.timedOut(url)),
      .result("Failed to connect to \(host) port 443: Connection refused", hint: Hint.failed(url)),
      .result("proxy: libcurl: unsupported proxy scheme", hint: Hint.proxySetting),
    ]
  }
}

/// Tests a profile's credentials with a call that is free and changes nothing: asking for the balance.
struct CredentialCheck {
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
