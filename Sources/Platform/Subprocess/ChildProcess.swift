import CLibrary

/// The process group that a program is started in.
enum ProcessGroup {
  /// Its own group, or ours if there is a controlling terminal.
  case byTerminal
  case own, ours
}

/// A program that was started, and isn't reaped yet.
struct ChildProcess {
  let id: pid_t
  /// Whether it leads its own process group.
  let leadsGroup: Bool

  /// Starts a program with copies of our descriptors as its descriptors `theirs`, and no others.
  ///
  /// Without a controlling terminal, it leads its own process group, so that its child processes can be killed with
  /// it. With one, it stays in our group: a background group could neither ask for a passphrase nor be interrupted
  /// by Ctrl-C. `group` overrides this.
  static func spawn(
    _ arguments: [[UInt8]], environment: [String: String]?, descriptors: [(ours: FileDescriptor, theirs: Int32)],
    group: ProcessGroup = .byTerminal
  ) throws(SystemError) -> ChildProcess {
    let variables = environment?.map { Array("\($0.key)=\($0.value)".utf8) }
    guard let program = arguments.first, !(arguments + (variables ?? [])).contains(where: { $0.contains(0) })
    else { throw SystemError(code: EINVAL, operation: "posix_spawn") }
    let leadsGroup = group == .own || group == .byTerminal && !hasControllingTerminal
    let raised = try descriptors.raised()
    defer { for (ours, _) in raised { ours.close() } }
    var plan = SpawnPlan(leadsGroup: leadsGroup, descriptors: raised)
    defer { plan.destroy() }
    let argumentVector = CStringArray(arguments)
    defer { argumentVector.deallocate() }
    let environmentVector = variables.map(CStringArray.init)
    defer { environmentVector?.deallocate() }
    var id: pid_t = 0
    let name = String(decoding: program, as: UTF8.self)
    let code = posix_spawnp(
      &id, program.cString, &plan.actions, &plan.attributes, argumentVector.pointer,
      environmentVector?.pointer ?? environmentBlock)
    guard code == 0 else { throw SystemError(code: code, operation: "posix_spawn", path: name) }
    return ChildProcess(id: id, leadsGroup: leadsGroup)
  }

  /// Starts a program with arguments that are text.
  static func spawn(
    _ arguments: [String], environment: [String: String]?, descriptors: [(ours: FileDescriptor, theirs: Int32)],
    group: ProcessGroup = .byTerminal
  ) throws(SystemError) -> ChildProcess {
    try spawn(arguments.map { Array($0.utf8) }, environment: environment, descriptors: descriptors, group: group)
  }

  /// Closes a descriptor, which it takes ownership of, when the program ends. The program must still be reaped.
  func closeWhenEnded(_ descriptor: FileDescriptor) throws(SystemError) {
    try DetachedThread.start { [self] in
      waitForEnd()
      descriptor.close()
    }
  }

  /// Kills the program and its child processes: its group, or if the group is ours, its descendants.
  func kill() {
    guard !leadsGroup else {
      CLibrary.kill(-id, SIGKILL)
      return
    }
    // Stopped first, so that it can't start any more processes.
    CLibrary.kill(id, SIGSTOP)
    for process in [id] + ProcessTree.descendants(of: id) { CLibrary.kill(process, SIGKILL) }
  }

  /// Waits until it ends, without reaping it, so that its process ID isn't reused.
  func waitForEnd() {
    var information = siginfo_t()
    while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
  }

  /// Waits until it ends, and reaps it; must be called only once.
  func reap() -> Subprocess.ExitStatus {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 && errno == EINTR {}
    // The values of WIFEXITED, WEXITSTATUS, and WTERMSIG, which are macros that Swift doesn't import.
    let signal = status & 0x7f
    return signal == 0 ? .exited(status >> 8 & 0xff) : .signaled(signal)
  }

  private static var hasControllingTerminal: Bool {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { return false }
    FileDescriptor(rawValue: terminal).close()
    return true
  }
}

extension [(ours: FileDescriptor, theirs: Int32)] {
  /// Copies with numbers from 10 on, so that none of them is overwritten by another one's target.
  fileprivate func raised() throws(SystemError) -> Self {
    var copies: Self = []
    do {
      for (ours, theirs) in self {
        let copy = try SystemError.check("fcntl") { fcntl(ours.rawValue, F_DUPFD_CLOEXEC, 10) }
        copies.append((FileDescriptor(rawValue: copy), theirs))
      }
      return copies
    } catch {
      for (ours, _) in copies { ours.close() }
      throw error
    }
  }
}

/// What `posix_spawn` does in the child before the program starts.
private struct SpawnPlan {
  var attributes = SpawnAttributes.unset
  var actions = SpawnActions.unset

  init(leadsGroup: Bool, descriptors: [(ours: FileDescriptor, theirs: Int32)]) {
    posix_spawn_file_actions_init(&actions)
    for (ours, theirs) in descriptors { posix_spawn_file_actions_adddup2(&actions, ours.rawValue, theirs) }
    posix_spawnattr_init(&attributes)
    // We ignore these signals and may block others; the child would inherit both.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    sigaddset(&signals, SIGXFSZ)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    if leadsGroup { flags |= Int32(POSIX_SPAWN_SETPGROUP) }
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  mutating func destroy() {
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
  }
}

extension [UInt8] {
  /// With a terminating null, for C functions.
  var cString: [CChar] { map(CChar.init(bitPattern:)) + [0] }
}

/// A null-terminated array of C strings, as `exec` requires.
private struct CStringArray {
  let pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ texts: [[UInt8]]) {
    count = texts.count
    pointer = .allocate(capacity: count + 1)
    pointer.initialize(repeating: nil, count: count + 1)
    for (index, text) in texts.enumerated() { pointer[index] = strdup(text.cString) }
  }

  func deallocate() {
    for index in 0..<count { free(pointer[index]) }
    pointer.deallocate()
  }
}

/// The descendants of processes, as far as the system reports them.
enum ProcessTree {
  /// The child processes of a process, and their descendants.
  static func descendants(of process: Int32) -> [Int32] {
    let children = systemChildren(of: process) { try? Files.read($0, limit: 1 << 20) }
    return children.flatMap { [$0] + descendants(of: $0) }
  }
}
