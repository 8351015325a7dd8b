import CLibrary
import Synchronization

/// A program that runs in place of this one, with our streams, other descriptors, and process group.
public enum ProgramInPlace {
  /// Runs a program, found through `PATH` if its name has no slash, and waits until it ends.
  ///
  /// Signals from other processes are forwarded. Those from the terminal, such as Ctrl-C, reach the program
  /// directly, and don't end this process. Ignored signals stay ignored in both. After a signal was forwarded, it
  /// is ignored when the program has ended: `timeout` and others send each signal twice, to the process and to its
  /// group.
  public static func run(_ arguments: [[UInt8]]) throws(SystemError) -> Subprocess.ExitStatus {
    let former = handlePassedOn()
    defer { restore(former) }
    let child = try spawn(arguments)
    receiver.store(child.id, ordering: .sequentiallyConsistent)
    // A signal that was received before the program was started.
    let early = earlySignal.exchange(0, ordering: .sequentiallyConsistent)
    if early != 0 { CLibrary.kill(child.id, early) }
    child.waitForEnd()
    // After it is reaped, its process ID can be reused.
    receiver.store(0, ordering: .sequentiallyConsistent)
    return child.reap()
  }

  /// Runs a script without `#!` in the shell, as `execvp` (POSIX) and all shells do; `posix_spawnp` fails.
  private static func spawn(_ arguments: [[UInt8]]) throws(SystemError) -> ChildProcess {
    do {
      return try ChildProcess.spawn(arguments, environment: nil, descriptors: [], group: .ours)
    } catch {
      guard error.code == ENOEXEC, let script = arguments.first.flatMap(path(ofProgram:)) else { throw error }
      let line = ["/bin/sh", "--"].map { Array($0.utf8) } + [script] + arguments.dropFirst()
      return try ChildProcess.spawn(line, environment: nil, descriptors: [], group: .ours)
    }
  }

  /// The path of a program: found through `PATH`, unless its name has a slash.
  private static func path(ofProgram name: [UInt8]) -> [UInt8]? {
    if name.contains(UInt8(ascii: "/")) { return name }
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return folders.split(separator: ":").map { Array("\($0)/".utf8) + name }.first { access($0.cString, X_OK) == 0 }
  }

  private static func handlePassedOn() -> [(number: Int32, action: sigaction)] {
    earlySignal.store(0, ordering: .sequentiallyConsistent)
    seenSignals.store(0, ordering: .sequentiallyConsistent)
    return passedOn.filter { !isIgnored($0) }.map { number in
      var (former, action) = (sigaction(), sigaction(informing: passOn))
      sigaction(number, &action, &former)
      return (number, former)
    }
  }

  private static func restore(_ former: [(number: Int32, action: sigaction)]) {
    let seen = seenSignals.load(ordering: .sequentiallyConsistent)
    for (number, action) in former {
      var action = action
      if seen & (1 << UInt64(number)) != 0 { signal(number, SIG_IGN) } else { sigaction(number, &action, nil) }
    }
  }
}

private let passedOn = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM]

// A signal handler gets only the signal, so its state is global.

/// The process that signals are forwarded to; 0 for none.
private let receiver = Atomic<Int32>(0)
/// The last signal that was received before there was a receiver; 0 for none.
private let earlySignal = Atomic<Int32>(0)
/// One bit per signal number that was received.
private let seenSignals = Atomic<UInt64>(0)

/// The handler: only atomics and async-signal-safe functions (POSIX).
private func passOn(
  _ number: Int32, _ information: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
) {
  let saved = errno
  defer { errno = saved }
  guard information?.pointee.isFromProcess ?? true else { return }
  seenSignals.bitwiseOr(1 << UInt64(number), ordering: .sequentiallyConsistent)
  let process = receiver.load(ordering: .sequentiallyConsistent)
  if process == 0 { earlySignal.store(number, ordering: .sequentiallyConsistent) } else { kill(process, number) }
}
