import CLibrary

/// Runs programs and waits until they end.
public enum Subprocess {
  /// How a program ended, and its output.
  public struct Output: Hashable, Sendable {
    /// The exit code, or the signal that ended it.
    public var status: ExitStatus
    /// Everything that it wrote to standard output.
    public var stdout: [UInt8]
    /// Everything that it wrote to standard error, unless that was ours.
    public var stderr: [UInt8]

    public init(status: ExitStatus, stdout: [UInt8], stderr: [UInt8]) {
      self.status = status
      self.stdout = stdout
      self.stderr = stderr
    }
  }

  /// How a program ended.
  public enum ExitStatus: Hashable, Sendable {
    /// It exited, with a code from 0 to 255.
    case exited(Int32)
    /// A signal ended it.
    case signaled(Int32)
  }

  /// Runs a program, found through `PATH` if its name has no slash, and waits until it ends.
  ///
  /// Its standard input is `input`, its descriptor 3 (`/dev/fd/3`) is `secondInput`; it gets none of our other
  /// descriptors. Its environment is `environment`, or ours if nil. It is killed at the timeout, if it writes more
  /// than `outputLimit` bytes to one of its streams, and when `stop` becomes readable. With `sharesErrors`, its
  /// standard error is ours, so that it can talk to the user. Background processes that it leaves running aren't
  /// waited for. It doesn't have to read all of its input.
  public static func run(
    _ arguments: [String], input: [UInt8] = [], secondInput: [UInt8]? = nil, environment: [String: String]? = nil,
    sharesErrors: Bool = false, timeout: Duration, outputLimit: Int = 1_048_576, stop: FileDescriptor? = nil
  ) throws(SubprocessError) -> Output {
    let deadline = MonotonicInstant.now + timeout
    var pipes = SubprocessPipes(outputLimit: outputLimit)
    defer { pipes.close() }
    let child: ChildProcess
    do {
      try pipes.feed(input, to: 0)
      if let secondInput { try pipes.feed(secondInput, to: 3) }
      try pipes.collectOutput()
      if !sharesErrors { try pipes.collectErrors() }
      child = try ChildProcess.spawn(arguments, environment: environment, descriptors: pipes.programEnds)
    } catch {
      throw .notStarted(error)
    }
    pipes.closeProgramEnds()
    let ending = Result { () throws(SystemError) in try child.await(with: &pipes, until: deadline, stop) }
    if ending != .success(.programEnded) { child.kill() }
    let status = child.reap()
    switch ending {
    case .success(.programEnded): return Output(status: status, stdout: pipes.stdout.bytes, stderr: pipes.stderr.bytes)
    case .success(.deadlinePassed): throw .timedOut
    case .success(.stopped): throw .stopped
    case .success(.tooMuchOutput): throw .outputTooLarge(limit: outputLimit)
    case .failure(let error): throw .failed(error)
    }
  }
}

extension ChildProcess {
  /// Moves bytes through the pipes until the program ends, which another thread waits for.
  fileprivate func await(
    with pipes: inout SubprocessPipes, until deadline: MonotonicInstant, _ stop: FileDescriptor?
  ) throws(SystemError) -> SubprocessPipes.Ending {
    let end = try Pipe()
    defer { end.reading.close() }
    do {
      try closeWhenEnded(end.writing)
    } catch {
      end.writing.close()
      throw error
    }
    return try pipes.move(until: deadline, stop: stop, ended: end.reading)
  }
}

/// Why a program has no output.
public enum SubprocessError: Error, Hashable, Sendable {
  /// There is no such program, permission denied, or out of resources.
  case notStarted(SystemError)
  /// Killed at the timeout.
  case timedOut
  /// Killed because the caller wanted to stop.
  case stopped
  /// Killed because it wrote more than `limit` bytes.
  case outputTooLarge(limit: Int)
  /// Reading or writing a pipe failed.
  case failed(SystemError)
}

extension SubprocessError {
  package var reason: String {
    switch self {
    case .notStarted(let error), .failed(let error): "the command can't be run: \(error.reason)"
    case .timedOut: "the command took too long"
    case .stopped: "the command was stopped"
    case .outputTooLarge: "the command printed too much"
    }
  }
}

extension Subprocess.ExitStatus {
  /// Follows the program's name.
  package var words: String {
    switch self {
    case .exited(let code): "exited with code \(code)"
    case .signaled(let signal): "was killed by signal \(signal)"
    }
  }
}

/// A command of the user's, which doesn't outlive this program.
public enum ShellCommand {
  /// Runs a command with `/bin/sh -c`, without the variables in `hiding`. If standard error is a terminal, the
  /// command writes to it directly.
  ///
  /// A signal that asks this program to stop kills the command and its child processes, and then ends this program
  /// with the exit code that shells use for the signal: while a secret is being read, nothing else is in progress.
  public static func run(
    _ command: String, timeout: Duration, hiding variables: [String] = []
  ) throws(SubprocessError) -> Subprocess.Output {
    let watch: SignalWatch
    do { watch = try SignalWatch() } catch { throw .notStarted(error) }
    let environment = CurrentProcess.environment.values.filter { !variables.contains($0.key) }
    let output = Result { () throws(SubprocessError) in
      try Subprocess.run(
        ["/bin/sh", "-c", command], environment: environment, sharesErrors: Terminal.isTerminal(.standardError),
        timeout: timeout, stop: watch.descriptor)
    }
    watch.end()
    if let signal = watch.received { CurrentProcess.exit(128 + signal) }
    return try output.get()
  }
}
