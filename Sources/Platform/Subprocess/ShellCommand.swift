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
