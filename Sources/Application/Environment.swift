import Configuration
import Delivery
import HTTPTransport
import Ledger
import Messaging
import Platform
import Synchronization
import TextFormats

/// Everything a command can access outside its own memory, passed down from `main`. Tests pass substitutes.
package struct Environment: Sendable {
  /// Environment variables that are valid UTF-8.
  package var variables: [String: String]
  /// Names of variables that are not UTF-8, with the offset of the first bad byte.
  package var notUTF8Variables: [String: Int] = [:]
  package var now: @Sendable () -> Timestamp
  /// Monotonic time since an arbitrary start.
  package var clock: @Sendable () -> Duration = { .nanoseconds(SystemClock.monotonicNanoseconds()) }
  /// The rules of an IANA time zone, or for nil of the machine's zone; nil if the machine doesn't know the zone.
  package var timeZone: @Sendable (String?) -> TimeZoneRules?
  package var files: FileAccess
  package var streams: Streams
  package var terminal: TerminalState
  /// Current columns of standard error's terminal, which can be resized; nil if it isn't a terminal.
  package var errorWidth: @Sendable () -> Int? = { nil }
  /// Runs a shell command of the user's. If standard error is a terminal, the command writes to it directly.
  package var runShell: ShellRunner
  /// Runs a program for at most a minute, and kills it if its output exceeds `outputLimit` bytes.
  package var runProgram:
    @Sendable (_ arguments: [String], _ outputLimit: Int) throws(SubprocessError) -> Subprocess.Output = {
      (arguments, limit) throws(SubprocessError) in
      try Subprocess.run(arguments, timeout: .seconds(60), outputLimit: limit)
    }
  /// Runs a program with this process's streams and signals, and waits until it exits.
  package var runInPlace: @Sendable (_ arguments: [[UInt8]]) throws(SystemError) -> Subprocess.ExitStatus = {
    (arguments) throws(SystemError) in try ProgramInPlace.run(arguments)
  }
  /// The machine's name, without its domain.
  package var hostName: @Sendable () -> String = { CurrentProcess.hostName }
  /// Creates an HTTP client; connects with the first request.
  package var makeTransport: @Sendable (TransportOptions) throws(TransportSetupError) -> any HTTPExchanging
  /// Starts loading what `makeTransport` needs, without waiting for it.
  package var loadTransport: @Sendable () -> Void = {}
  /// Waits for `duration`, or until the descriptor is readable.
  package var pause: @Sendable (_ duration: Duration, _ wakingOn: FileDescriptor?) -> Void
  /// Opens the ledger in a directory; creates both if necessary.
  package var openLedger: @Sendable (_ folder: String) throws(LedgerError) -> Ledger
  /// Starts watching for signals that ask the program to stop.
  package var watchSignals: @Sendable () throws(SystemError) -> StopSignal
  /// Sets the text that is printed to standard error if a second signal ends the program at once; nil for none.
  package var leaveLastWords: @Sendable ([UInt8]?) -> Void = { _ in }
  /// Starts the user's pager.
  package var startPager: @Sendable (_ command: String) throws(SystemError) -> PagerFeed
  /// Starts a program that filters results; `output` receives what it prints.
  package var startFilter:
    @Sendable (
      _ arguments: [String], _ output: @escaping @Sendable ([UInt8]) throws(SystemError) -> Void
    ) throws(SystemError) -> FilterFeed = { (arguments, output) throws(SystemError) in
      let filter = try FilterProcess(arguments, output: output)
      return FilterFeed(
        write: { (bytes) throws(SystemError) in try filter.write(bytes) },
        end: { () throws(SystemError) in try filter.end() })
    }
  /// The checks of `sms doctor`.
  package var diagnostics: Diagnostics

  package init(
    variables: [String: String], now: @escaping @Sendable () -> Timestamp,
    timeZone: @escaping @Sendable (String?) -> TimeZoneRules?, files: FileAccess, streams: Streams,
    terminal: TerminalState,
    runShell: @escaping ShellRunner,
    makeTransport: @escaping @Sendable (TransportOptions) throws(TransportSetupError) -> any HTTPExchanging,
    pause: @escaping @Sendable (Duration, FileDescriptor?) -> Void,
    openLedger: @escaping @Sendable (String) throws(LedgerError) -> Ledger,
    watchSignals: @escaping @Sendable () throws(SystemError) -> StopSignal,
    startPager: @escaping @Sendable (String) throws(SystemError) -> PagerFeed, diagnostics: Diagnostics
  ) {
    self.variables = variables
    self.now = now
    self.timeZone = timeZone
    self.files = files
    self.streams = streams
    self.terminal = terminal
    self.runShell = runShell
    self.makeTransport = makeTransport
    self.pause = pause
    self.openLedger = openLedger
    self.watchSignals = watchSignals
    self.startPager = startPager
    self.diagnostics = diagnostics
  }
  /// What the configuration is read from.
  package var configurationInputs: ConfigurationInputs {
    ConfigurationInputs(
      variables: variables, notUTF8Variables: notUTF8Variables, files: files, readInput: streams.readInput,
      inputIsTerminal: terminal.inputIsTerminal, runShell: runShell, timeZone: timeZone)
  }
}

extension Environment {
  /// How to install a missing part on this system.
  package func installation(of part: SystemDependency) -> String {
    let osRelease = (try? files.read("/etc/os-release", 65_536)).map { String(decoding: $0, as: UTF8.self) }
    return part.installation(osRelease: osRelease ?? Self.unnamedSystem)
  }

  /// Adds installation instructions to the error's hint if a part of the system is missing.
  package func explained(_ error: any UserError) -> any UserError {
    guard let part = error.missingPart else { return error }
    let hint = [installation(of: part), error.hint].compactMap(\.self).joined(separator: ", or ")
    return Failure(error.kind, error.exitCode, error.message, hint: hint, details: error.details)
  }

  #if os(macOS)
    private static let unnamedSystem = "ID=macos"
    /// Shows the addresses of the name that follows.
    package static let lookUpCommand = "dscacheutil -q host -a name"
    /// Sets the clock.
    package static let clockCommand = "sudo sntp -sS time.apple.com"
  #else
    private static let unnamedSystem = ""
    /// Shows the addresses of the name that follows.
    package static let lookUpCommand = "getent hosts"
    /// Sets the clock.
    package static let clockCommand = "sudo timedatectl set-ntp true"
  #endif
}

extension Environment {
  /// The actual machine. Removes secrets from the environment that child processes inherit; no other thread may run
  /// yet.
  package static func live() -> Environment {
    var variables = CurrentProcess.environment
    CurrentProcess.dropVariables(SecretVariables.names(in: variables.values))
    // Some system services don't set HOME; like shells, take the home directory from the user database then.
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

/// Checks of the machine that only `sms doctor` makes.
package struct Diagnostics: Sendable {
  /// Whether this user can read and write a file, or create files in a directory.
  package var isWritable: @Sendable (_ path: String) -> Bool
  /// Loads libcurl and describes it.
  package var transportLibrary: @Sendable () throws(TransportSetupError) -> TransportLibrary
  /// Connects to the host of a URL, without a request.
  package var connect:
    @Sendable (_ url: String, _ timeout: Duration, TransportOptions) throws(TransportSetupError) -> ConnectionAttempt
  /// Checks the ledger in a directory.
  package var examineLedger: @Sendable (_ folder: String) throws(LedgerError) -> LedgerExamination
  /// Accepts the ledger in a directory as it is now; returns how many messages became `unknown`.
  package var repairLedger: @Sendable (_ folder: String) throws(LedgerError) -> Int

  package init(
    isWritable: @escaping @Sendable (String) -> Bool,
    transportLibrary: @escaping @Sendable () throws(TransportSetupError) -> TransportLibrary,
    connect:
      @escaping @Sendable (String, Duration, TransportOptions) throws(TransportSetupError) -> ConnectionAttempt,
    examineLedger: @escaping @Sendable (String) throws(LedgerError) -> LedgerExamination,
    repairLedger: @escaping @Sendable (String) throws(LedgerError) -> Int = { (_) throws(LedgerError) in 0 }
  ) {
    self.isWritable = isWritable
    self.transportLibrary = transportLibrary
    self.connect = connect
    self.examineLedger = examineLedger
    self.repairLedger = repairLedger
  }

  /// Checks of the actual machine.
  package static let live = Diagnostics(
    isWritable: { Files.isWritable($0) },
    transportLibrary: { () throws(TransportSetupError) in try TransportLibrary.loaded() },
    connect: { (url, timeout, options) throws(TransportSetupError) in
      try ConnectionAttempt.run(url, timeout: timeout, options)
    },
    examineLedger: { (folder) throws(LedgerError) in try Ledger.examine(folder: folder) },
    repairLedger: { (folder) throws(LedgerError) in try Ledger.repair(folder: folder) })
}
