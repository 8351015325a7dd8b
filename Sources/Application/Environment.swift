import Configuration
import Delivery
import HTTPTransport
import Ledger
import Messaging
import Platform
import TextFormats

/// All that a command may touch of the world, handed down from `main`. Tests hand down what they say it is.
package struct Environment: Sendable {
  /// Environment variables that are text.
  package var variables: [String: String]
  /// Names of variables that are not UTF-8, with the offset of the first bad byte.
  package var notUTF8Variables: [String: Int] = [:]
  package var now: @Sendable () -> Timestamp
  /// Time from any fixed moment on, never going back.
  package var clock: @Sendable () -> Duration = { .nanoseconds(SystemClock.monotonicNanoseconds()) }
  /// The rules of an IANA time zone, or of the machine's own for nil; nil where the machine doesn't know the name.
  package var timeZone: @Sendable (String?) -> TimeZoneRules?
  package var files: FileAccess
  package var streams: Streams
  package var terminal: TerminalState
  /// Columns of the terminal of standard error as it is now, since a window can be resized; nil off one.
  package var errorWidth: @Sendable () -> Int? = { nil }
  /// Runs a command of the user's. Its standard error is ours at a terminal.
  package var runShell: ShellRunner
  /// Runs a program with these arguments, at most a minute; it is killed when it writes more than so many bytes.
  package var runProgram:
    @Sendable (_ arguments: [String], _ outputLimit: Int) throws(SubprocessError) -> Subprocess.Output = {
      (arguments, limit) throws(SubprocessError) in
      try Subprocess.run(arguments, timeout: .seconds(60), outputLimit: limit)
    }
  /// Runs a program in place of this one, with the same streams and signals, and waits for its end.
  package var runInPlace: @Sendable (_ arguments: [[UInt8]]) throws(SystemError) -> Subprocess.ExitStatus = {
    (arguments) throws(SystemError) in try ProgramInPlace.run(arguments)
  }
  /// The machine's name, without its domain.
  package var hostName: @Sendable () -> String = { CurrentProcess.hostName }
  /// Opens the way to the network; nothing is connected before the first request.
  package var makeTransport: @Sendable (TransportOptions) throws(TransportSetupError) -> any HTTPExchanging
  /// Begins to load what `makeTransport` needs, so that it takes less time; nobody waits for it.
  package var loadTransport: @Sendable () -> Void = {}
  /// Waits that long, or until the descriptor is readable.
  package var pause: @Sendable (_ duration: Duration, _ wakingOn: FileDescriptor?) -> Void
  /// Opens the ledger in a folder, both made where they are missing.
  package var openLedger: @Sendable (_ folder: String) throws(LedgerError) -> Ledger
  /// Starts to watch for signals that ask the program to end.
  package var watchSignals: @Sendable () throws(SystemError) -> StopSignal
  /// What to say on standard error if a second signal ends the program at once; nil for nothing.
  package var leaveLastWords: @Sendable ([UInt8]?) -> Void = { _ in }
  /// Starts a pager by the command that the user wants for it.
  package var startPager: @Sendable (_ command: String) throws(SystemError) -> PagerFeed
  /// Starts a program that results go through, and what becomes of its output.
  package var startFilter:
    @Sendable (
      _ arguments: [String], _ output: @escaping @Sendable ([UInt8]) throws(SystemError) -> Void
    ) throws(SystemError) -> FilterFeed = { (arguments, output) throws(SystemError) in
      let filter = try FilterProcess(arguments, output: output)
      return FilterFeed(
        write: { (bytes) throws(SystemError) in try filter.write(bytes) },
        end: { () throws(SystemError) in try filter.end() })
    }
  /// What `sms doctor` looks into.
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
  /// How to install on this system what it lacks.
  package func installation(of part: SystemPart) -> String {
    let osRelease = (try? files.read("/etc/os-release", 65_536)).map { String(decoding: $0, as: UTF8.self) }
    return part.installation(osRelease: osRelease ?? Self.unnamedSystem)
  }

  /// The error with how to install what it is about, where something is missing.
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
