import Application
import HTTPTransport
import Messaging
import Platform

/// What is to be said of the machine itself: TLS, its clock, programs that are needed.
struct MachineChecks {
  /// 2025-01-01T00:00:00Z: before any version of this program.
  private static let past = Timestamp(unixSeconds: 1_735_689_600)

  private let environment: Environment
  private let profiles: [ProfileChecks]

  init(_ context: Context, _ profiles: [ProfileChecks]) {
    environment = context.environment
    self.profiles = profiles
  }

  var records: [CheckRecord] { [tls, openssl, clock].compactMap(\.self) }

  private var tls: CheckRecord {
    let record = CheckRecord("tls", ok: "")
    do throws(TransportSetupError) {
      return judged(try environment.diagnostics.transportLibrary(), record)
    } catch {
      let hint = "install libcurl 4 (Debian and Ubuntu: apt install libcurl4)"
      return record.failed(error.message, hint: hint, .configuration)
    }
  }

  private func judged(_ library: TransportLibrary, _ record: CheckRecord) -> CheckRecord {
    let name = "libcurl \(library.version)"
    guard let tls = library.tls else {
      return record.failed("\(name) has no TLS", hint: "install a libcurl with TLS", .configuration)
    }
    let places = library.certificatePaths
    guard places.isEmpty || places.contains(where: { environment.files.status($0) != nil }) else {
      return record.warning(
        "\(name) with \(tls) finds no certificates at \(places.joined(separator: " or "))",
        hint: "install them (Debian and Ubuntu: apt install ca-certificates), or set ca_file")
    }
    var record = record
    record.message = "\(name) with \(tls)\(places.first.map { ", certificates at \($0)" } ?? "")"
    return record
  }

  /// Service accounts need it to sign.
  private var openssl: CheckRecord? {
    guard profiles.contains(where: { (try? $0.settings.get())?.entries["service_account"] != nil }) else { return nil }
    let record = CheckRecord("openssl", ok: "there, to sign for service accounts")
    let output = try? environment.runShell("command -v openssl", .seconds(10), [])
    guard output?.status == .exited(0) else {
      return record.failed(
        "the program openssl is needed to sign for service accounts", hint: "install openssl", .configuration)
    }
    return record
  }

  private var clock: CheckRecord {
    let now = environment.now()
    let record = CheckRecord("clock", ok: now.rfc3339)
    guard now < Self.past else { return record }
    return record.warning(
      "\(now.rfc3339) is long over: certificates and signatures will not pass",
      hint: "set the clock, best by NTP (timedatectl set-ntp true)")
  }
}
