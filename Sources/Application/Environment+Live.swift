import Configuration
import Delivery
import HTTPTransport
import Ledger
import Messaging
import Platform
import Synchronization

extension Environment {
  /// The actual machine. Removes secrets from the environment that child processes inherit; no other thread may run
  /// yet.
  package static func live() -> Environment {
    var variables = CurrentProcess.environment
    CurrentProcess.dropVariables(SecretVariables.names(in: variables.values))
    // Some system services have no home folder. Then it is that of the user database, as in a shell.
    if variables.values["HOME"]?.isEmpty ?? true, let home = CurrentUser.home { variables.values["HOME"] = home }
    let values = variables.values
    var environment = Environment(
      variables: values,
      now: { Timestamp(unixSeconds: SystemClock.now().unixSeconds) },
      timeZone: { TimeZoneRules(systemZone: $0) },
      files: .live, streams: .live, terminal: .live,
      runShell: { (command, timeout, hidden) throws(SubprocessError) in
        try ShellCommand.run(command, timeout: timeout, hiding: hidden)
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
        return StopSignal(descriptor: watch.descriptor) { watch.received }
      },
      startPager: { (command) throws(SystemError) in try PagerFeed(starting: command, values) },
      diagnostics: .live)
    environment.streams.errorHasRoom = { FileDescriptor.standardError.hasRoom }
    environment.notUTF8Variables = variables.invalid
    environment.leaveLastWords = { SignalWatch.leaveLastWords($0) }
    environment.errorWidth = { Terminal.size(.standardError).width }
    environment.loadTransport = { CurlTransport.loadAhead() }
    return environment
  }
}

extension PagerFeed {
  /// Starts a pager. Unless the user has configured it, `less` shows colors and doesn't clear the screen.
  fileprivate init(starting command: String, _ variables: [String: String]) throws(SystemError) {
    let usual = ["LESS": "FRX", "LV": "-c"].filter { variables[$0.key] == nil }
    let pager = RunningPager(try PagerProcess(command, adding: usual))
    self.init(
      write: { (bytes) throws(SystemError) in try pager.process.write(bytes) }, end: { pager.process.end() })
  }
}

/// Safe to share: only the one thread that prints feeds it and ends it.
private final class RunningPager: @unchecked Sendable {
  let process: PagerProcess

  init(_ process: PagerProcess) {
    self.process = process
  }
}

extension TimeZoneRules {
  /// The rules of an IANA zone, or for nil of the machine's zone; nil if the machine doesn't know the zone.
  fileprivate init?(systemZone name: String?) {
    guard let name else {
      guard TimeZones.unknownLocalName == nil else { return nil }
      let zone = LocalZone()
      self.init(name: "local") { zone.offset($0.unixSeconds) }
      return
    }
    guard let offset = TimeZones.named(name) else { return nil }
    self.init(name: name) { offset($0.unixSeconds) }
  }
}

/// The machine's own zone, read on first use: most commands don't need it.
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
