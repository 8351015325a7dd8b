/// A command of the user's, which doesn't outlive this program.
public enum ShellCommand {
  /// Runs it with `/bin/sh -c` and without those variables of ours; on a terminal its standard error is ours.
  ///
  /// A signal that asks this program to end kills the command with all that it started, and then ends the program, with
  /// the exit code that a shell gives for the signal: while a secret is fetched, nothing is under way.
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
