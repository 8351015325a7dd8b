import CLibrary
import Synchronization

/// A program that is run in place of this one: it has our streams, our other descriptors and our process group.
public enum ProgramInPlace {
  /// Runs a program, found through `PATH` where its name has no slash, and waits for its end.
  ///
  /// Signals that another process sends to this one are passed on. Those of the terminal, such as Ctrl-C, reach the
  /// program by themselves, and don't end this process. A signal that is ignored stays so in both, and one that was passed
  /// on is ignored from then on: `timeout` and others send each twice, to the process and to its group.
  public static func run(_ arguments: [[UInt8]]) throws(SystemError) -> Subprocess.ExitStatus {
    let former = handlePassedOn()
    defer { restore(former) }
    let child = try spawn(arguments)
    receiver.store(child.id, ordering: .sequentiallyConsistent)
    // One that came before there was somebody to have it.
    let early = earlySignal.exchange(0, ordering: .sequentiallyConsistent)
    if early != 0 { CLibrary.kill(child.id, early) }
    child.waitForEnd()
    // From here on, its number may soon be another program's.
    receiver.store(0, ordering: .sequentiallyConsistent)
    return child.reap()
  }

  /// A script without `#!` runs in the shell, as `execvp` (POSIX) and every shell do it; `posix_spawnp` refuses it.
  private static func spawn(_ arguments: [[UInt8]]) throws(SystemError) -> ChildProcess {
    do {
      return try ChildProcess.spawn(arguments, environment: nil, descriptors: [], group: .ours)
    } catch {
      guard error.code == ENOEXEC, let script = arguments.first.flatMap(path(ofProgram:)) else { throw error }
      let line = ["/bin/sh", "--"].map { Array($0.utf8) } + [script] + arguments.dropFirst()
      return try ChildProcess.spawn(line, environment: nil, descriptors: [], group: .ours)
    }
  }

  /// Where a program lies: what `PATH` leads to, unless its name has a slash.
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

// A handler gets nothing but the signal, so what it needs is global.

/// The process that gets the signals; 0 for none.
private let receiver = Atomic<Int32>(0)
/// The last signal that came before there was a receiver; 0 for none.
private let earlySignal = Atomic<Int32>(0)
/// A bit for the number of each signal that came.
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
