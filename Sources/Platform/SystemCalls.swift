import CLibrary

// Calls whose names our methods hide where they are used. What differs between systems is in `CLibrary`.

func systemOpen(_ path: String, _ flags: Int32, mode: UInt32 = 0) -> Int32 { open(path, flags, mode_t(mode)) }

func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}

func systemClose(_ descriptor: Int32) { _ = close(descriptor) }

func systemLock(_ descriptor: Int32, _ operation: Int32) -> Int32 { flock(descriptor, operation) }

func systemKill(_ process: pid_t, _ signal: Int32) { _ = kill(process, signal) }

func systemExit(_ code: Int32) -> Never { _exit(code) }

extension sigaction {
  /// Whether a signal leads to this handler, `SIG_DFL` or `SIG_IGN`.
  func leads(to disposition: (@convention(c) (Int32) -> Void)?) -> Bool {
    address == unsafeBitCast(disposition, to: Int.self)
  }
}

/// The mark of the file at a path, or of an open one.
func systemFileMark(_ path: String, of descriptor: Int32?) -> FileMark? {
  var status = stat()
  guard (descriptor.map { fstat($0, &status) } ?? stat(path, &status)) == 0 else { return nil }
  #if canImport(Glibc)
    let birth = birthTime(path, of: descriptor)
  #else
    let time = status.st_birthtimespec
    let birth = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  #endif
  return FileMark(inode: UInt64(status.st_ino), birth: birth)
}

#if canImport(Glibc)
  private typealias Statx =
    @convention(c) (Int32, UnsafePointer<CChar>, Int32, UInt32, UnsafeMutableRawPointer?) -> Int32

  /// By `statx`, which is shown only to those who ask for GNU's extensions, and which some containers forbid. The kernel
  /// never changes the places of what it fills in.
  private func birthTime(_ path: String, of descriptor: Int32?) -> Int64? {
    let (emptyPath, birth): (Int32, UInt32) = (0x1000, 0x800)
    guard let address = dlsym(nil, "statx") else { return nil }
    let statx = unsafeBitCast(address, to: Statx.self)
    return withUnsafeTemporaryAllocation(byteCount: 256, alignment: 8) { status in
      let flags = descriptor == nil ? 0 : emptyPath
      guard statx(descriptor ?? AT_FDCWD, path, flags, birth, status.baseAddress) == 0,
        status.load(as: UInt32.self) & birth != 0
      else { return nil }
      let seconds = status.load(fromByteOffset: 80, as: Int64.self)
      return seconds &* 1_000_000_000 &+ Int64(status.load(fromByteOffset: 88, as: UInt32.self))
    }
  }
#endif

extension sigaction {
  /// Calls a handler that is told who sent the signal; system calls that it comes into go on.
  init(
    informing handler:
      @escaping @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void
  ) {
    self.init()
    #if canImport(Glibc)
      __sigaction_handler.sa_sigaction = handler
    #else
      __sigaction_u.__sa_sigaction = handler
    #endif
    sa_flags = Int32(SA_SIGINFO) | Int32(SA_RESTART)
  }
}

extension siginfo_t {
  /// Whether another process sent the signal, and not the terminal or the system.
  var isFromProcess: Bool {
    #if canImport(Glibc)
      si_code <= 0
    #else
      si_code == SI_USER
    #endif
  }
}
