import HTTPTransport
import Ledger
import Messaging
import Platform
import Synchronization

extension Environment {
  /// The machine as it is.
  public static func live() -> Environment {
    let variables = CurrentProcess.environment
    var environment = Environment(
      variables: variables.values,
      now: { Timestamp(unixSeconds: SystemClock.now().unixSeconds) },
      timeZone: { TimeZoneRules(systemZone: $0) },
      files: .live, streams: .live, terminal: .live,
      runShell: { (command, timeout) throws(SubprocessError) in
        try Subprocess.run(["/bin/sh", "-c", command], timeout: timeout)
      },
      makeTransport: { (options) throws(TransportSetupError) in try CurlTransport(options) },
      pause: { duration, descriptor in
        guard let descriptor else { return SystemClock.sleep(for: duration) }
        _ = try? descriptor.waitUntilReadable(atMost: duration)
      },
      openLedger: { (folder) throws(LedgerError) in
        try Ledger(folder: folder) { Timestamp(unixSeconds: SystemClock.now().unixSeconds) }
      },
      watchSignals: { () throws(SystemError) in
        let watch = try SignalWatch()
        return Signals(descriptor: watch.descriptor) { watch.received }
      },
      diagnostics: .live)
    environment.notUTF8Variables = variables.invalid.mapValues(\.offset)
    return environment
  }
}

extension TimeZoneRules {
  /// The rules of an IANA zone, or of the machine's own for nil; nil where the machine doesn't know the name.
  fileprivate init?(systemZone name: String?) {
    guard let name else {
      let zone = LocalZone()
      self.init(name: "local") { zone.offset($0.unixSeconds) }
      return
    }
    guard let offset = TimeZones.named(name) else { return nil }
    self.init(name: name) { offset($0.unixSeconds) }
  }
}

/// The machine's own zone, read when it is first asked for: most commands never do.
private final class LocalZone: Sendable {
  private let rules = Mutex<TimeZones.Offset?>(nil)

  func offset(_ unixSeconds: Int64) -> Int {
    let rules = self.rules.withLock { rules in
      let offset = rules ?? TimeZones.local
      rules = offset
      return offset
    }
    return rules(unixSeconds)
  }
}
