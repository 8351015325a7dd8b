import Configuration
import Delivery
import HTTPTransport
import Ledger
import Messaging
import Platform
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
  package func installation(of part: SystemPart) -> String {
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
