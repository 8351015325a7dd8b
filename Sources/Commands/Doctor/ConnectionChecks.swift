import Application
import Configuration
import HTTPTransport
import Messaging
import TextFormats

/// How far a connection to a profile's provider comes.
struct ConnectionChecks {
  private let context: Context
  private let profile: ProfileChecks

  init(_ context: Context, _ profile: ProfileChecks) {
    self.context = context
    self.profile = profile
  }

  /// None for a profile whose settings are wrong.
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
      let trial = try context.environment.diagnostics.connect(settings.baseURL, settings.timeout, options)
      return records(of: trial, url: settings.baseURL)
    } catch {
      switch error {
      // That was said of TLS.
      case .noLibrary: return [record.unchecked("not tried without libcurl")]
      case .noCertificates, .caFile:
        return [record.failed(error.message, hint: context.environment.explained(error).hint, .configuration)]
      case .library:
        return [record.failed("\(CommonSettings.proxy.name): \(error.message)", hint: "look at proxy", .configuration)]
      }
    }
  }

  private func records(of trial: ConnectionTrial, url: String) -> [CheckRecord] {
    let host = url.host
    let dns = profile.record("dns", subject: host, ok: trial.isTunnel ? "left to the proxy" : host.lookupWords)
    let place = "\(trial.address.map { " at \($0)" } ?? "")\(trial.isTunnel ? ", a proxy" : "")"
    let connection = profile.record("connection", subject: url, ok: "reached\(place)")
    switch trial.ending {
    case .connected: return [dns, connection]
    case .nameUnknown:
      let hint = "look at base_url, and at this machine's name servers: getent hosts \(host.shellQuoted)"
      return [dns.failed(trial.reason, hint: hint, .unavailable)]
    case .proxyUnknown:
      return [dns.failed(trial.reason, hint: "look at proxy, https_proxy and all_proxy", .unavailable)]
    case .notConnected, .timedOut, .insecure, .failed:
      return [dns, connection.failed(trial.reason, hint: hint(trial, url), .unavailable)]
    }
  }

  private func hint(_ trial: ConnectionTrial, _ url: String) -> String {
    switch trial.ending {
    case .insecure: "set ca_file to the certificates of whoever signed for it; see: curl -v \(url.shellQuoted)"
    case .timedOut: "is a firewall in the way? A proxy is set by proxy or https_proxy; see: curl -v \(url.shellQuoted)"
    default: "look at base_url and proxy; see: curl -v \(url.shellQuoted)"
    }
  }
}

extension String {
  /// Of a host that was found.
  fileprivate var lookupWords: String {
    first == "[" || allSatisfy("0123456789.".contains) ? "an address, which needs no name" : "the name is known"
  }

  /// The host of an address that was checked before.
  fileprivate var host: String {
    let rest = firstRange(of: "://").map { self[$0.upperBound...] } ?? self[...]
    let authority = rest.prefix { $0 != "/" }
    if authority.first == "[" { return String(authority.prefix { $0 != "]" }) + "]" }
    return String(authority.prefix { $0 != ":" })
  }
}
