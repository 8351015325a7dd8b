import Application
import HTTPTransport
import Ledger
import Messaging
import Platform

/// Checks the machine itself: TLS, the clock, and required programs.
struct MachineChecks {
  /// 2025-01-01T00:00:00Z, which is before any version of this program.
  private static let past = Timestamp(unixSeconds: 1_735_689_600)

  private let context: Context
  private var environment: Environment { context.environment }
  private let profiles: [ProfileChecks]

  init(_ context: Context, _ profiles: [ProfileChecks]) {
    self.context = context
    self.profiles = profiles
  }

  var records: [CheckRecord] { [tls, sqlite, openssl, clock, timeZone].compactMap(\.self) }

  private var tls: CheckRecord {
    let record = CheckRecord("tls", ok: "")
    do throws(TransportSetupError) {
      return judged(try environment.diagnostics.transportLibrary(), record)
    } catch {
      return record.failed(error.message, hint: environment.explained(error).hint, .configuration)
    }
  }

  private func judged(_ library: TransportLibrary, _ record: CheckRecord) -> CheckRecord {
    guard library.tls != nil else {
      return record.failed(.noTLS(library: library.title), .configuration)
    }
    do throws(TransportSetupError) {
      let isThere = { environment.files.status($0) != nil }
      let found = try CertificatePaths.found(context.namedCertificates, library, isThere: isThere)
      let place = (found ?? library.certificates)?.paths.first
      var record = record
      record.message = CheckWords.library(library.title, certificates: place)
      return record
    } catch {
      return record.warning("\(library.title): \(error.message)", hint: environment.explained(error).hint)
    }
  }

  private var sqlite: CheckRecord {
    let record = CheckRecord("sqlite", ok: "SQLite \(SQLiteLibrary.version)")
    guard let problem = SQLiteLibrary.problem else { return record }
    return record.failed(problem.reason, hint: environment.explained(problem).hint, .io)
  }

  /// Required for signing with service accounts.
  private var openssl: CheckRecord? {
    guard profiles.contains(where: { (try? $0.settings.get())?.entries["service_account"] != nil }) else { return nil }
    let record = CheckRecord("openssl", ok: CheckWords.openSSL)
    let output = try? environment.runShell("command -v openssl", .seconds(10), [])
    guard output?.status == .exited(0) else {
      return record.failed(.noOpenSSL(installation: environment.installation(of: .openssl)), .configuration)
    }
    return record
  }

  private var clock: CheckRecord {
    let now = environment.now()
    let record = CheckRecord("clock", ok: now.rfc3339)
    guard now < Self.past else { return record }
    return record.warning(.clockBehind(now.rfc3339))
  }

  /// Checked only if the zone is unknown: then times without a zone are rejected, and times are shown in UTC.
  private var timeZone: CheckRecord? {
    guard environment.timeZone(nil) == nil else { return nil }
    let problem = environment.unknownLocalZone
    return CheckRecord("time zone", ok: "").warning(problem.message, hint: problem.hint)
  }
}
